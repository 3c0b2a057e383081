import { gzipSync } from 'node:zlib';
import type { ServedResponse } from '../../../spec/pure-bt/reference/reference.ts';
import type { Mutant } from '../../mutants/mutant.ts';
import type { Envelope } from '../../mutants/wires.ts';
import { answering, codeOf, withBody, withEnvelope } from '../../mutants/wires.ts';

/** The right code in a wrong envelope: `{ code, msg, data: { verified }, extMsg }` as JSON. Source: DOMAIN section 1. */
export const envelopeMutants: readonly Mutant[] = [
  refused('code-as-text', 'writes the code of a refusal as text', ({ code, ...rest }) => ({
    code: String(code),
    ...rest,
  })),
  bound('code-as-text-200', 'writes the code of a success as text', ({ code, ...rest }) => ({
    code: String(code),
    ...rest,
  })),
  refused('code-absent', 'leaves the code to the msg', ({ code, msg, ...rest }) => ({
    msg: `${code} ${msg}`,
    ...rest,
  })),
  refused('code-renamed', 'calls the code errorCode', ({ code, ...rest }) => ({ errorCode: code, ...rest })),
  refused('code-in-data', 'hides the code in data', ({ code, ...rest }) => ({ ...rest, data: { code } })),
  refused('code-negative', 'writes codes as negative numbers', ({ code, ...rest }) => ({
    code: -Number(code),
    ...rest,
  })),
  refused('msg-null', 'has no words for a refusal', (envelope) => ({ ...envelope, msg: null })),
  bound('msg-null-200', 'has no words for a success', (envelope) => ({ ...envelope, msg: null })),
  refused('msg-absent', 'leaves msg away', ({ msg: _, ...rest }) => rest),
  refused('msg-object', 'writes msg in several languages at once', ({ msg, ...rest }) => ({
    ...rest,
    msg: { en: msg },
  })),
  bound('data-absent', 'leaves data away in a success', ({ data: _, ...rest }) => rest),
  bound('data-null', 'has null for the data of a success', (envelope) => ({ ...envelope, data: null })),
  bound('data-empty', 'has empty data in a success', (envelope) => ({ ...envelope, data: {} })),
  bound('data-list', 'has a list for data', ({ data, ...rest }) => ({ ...rest, data: [data] })),
  bound('verified-2', 'has verified 2', (envelope) => ({ ...envelope, data: { verified: 2 } })),
  bound('verified-true', 'has verified true', (envelope) => ({ ...envelope, data: { verified: true } })),
  bound('verified-null', 'has verified null', (envelope) => ({ ...envelope, data: { verified: null } })),
  bound('verified-in-place-of-data', 'has verified beside the code', ({ data: _, ...rest }) => ({
    ...rest,
    verified: 1,
  })),
  refused('data-in-refusal', 'has the data of a success in a refusal', (envelope) => ({
    ...envelope,
    data: { verified: 1 },
  })),
  refused('data-text', 'has a text for the data of a refusal', (envelope) => ({ ...envelope, data: '' })),
  refused('ext-msg-object', 'has an object for extMsg', (envelope) => ({ ...envelope, extMsg: {} })),
  refused('list', 'answers a list of errors', (envelope) => [envelope]),
  bound('wrapped', 'wraps the envelope in a result', (envelope) => ({ result: envelope })),
  raw('twice-encoded', 'encodes its JSON twice', (text) => JSON.stringify(text)),
  raw('trailing', 'writes something behind the JSON', (text) => `${text}\nnull`),
  raw('prefixed', 'writes a guard before the JSON', (text) => `)]}',\n${text}`),
  raw('cut', 'cuts the last brace off', (text) => text.slice(0, -1)),
  raw('callback', 'wraps its JSON in a callback', (text) => `callback(${text})`),
  raw('empty', 'answers nothing', () => ''),
  raw('html', 'answers with a page', () => '<!doctype html><title>200</title>'),
  raw('single-quotes', 'writes single quotes', (text) => text.replaceAll('"', "'")),
  raw('byte-order-mark', 'writes a byte order mark before the JSON', (text) => `\ufeff${text}`),
  raw('utf-16', 'writes UTF-16 without a byte order mark', (text) => Buffer.from(text, 'utf16le')),
  {
    ...raw('gzip-said', 'compresses without being asked, and says so', (text) => text),
    wire: answering((answer) => ({
      ...withBody(answer, gzipSync(answer.body)),
      headers: [...answer.headers, ['content-encoding', 'gzip']],
    })),
  },
  raw('gzip', 'compresses without being asked', (text) => gzipSync(text)),
  {
    ...raw('latin-1', 'writes msg in Latin-1', (text) => Buffer.from(text.replace('"msg":"', '"msg":"ü'), 'latin1')),
    killedBy: ['dk/too-short', 'bind/plain'],
  },
  {
    id: 'envelope/two-megabytes',
    breaks: 'answers two megabytes where it has bound',
    killedBy: ['bind/plain', 'mode-multi'],
    wire: answering((answer) =>
      codeOf(answer) === 200
        ? withBody(
            answer,
            Buffer.from(answer.body)
              .toString()
              .padEnd(2 * 1024 * 1024),
          )
        : answer,
    ),
  },
  typed('html', 'text/html; charset=utf-8'),
  typed('script', 'application/javascript'),
  typed('xml', 'application/xml'),
  typed('xhtml', 'application/xhtml+xml'),
  typed('style', 'text/css'),
  typed('form', 'application/x-www-form-urlencoded'),
  typed('image', 'image/svg+xml'),
];

type Change = (envelope: Envelope) => unknown;

function refused(name: string, breaks: string, change: Change): Mutant {
  const wire = answering((answer) => (codeOf(answer) === 200 ? answer : withEnvelope(answer, change)));
  return { id: `envelope/${name}`, breaks, killedBy: ['dk/absent', 'mode-single'], wire };
}

function bound(name: string, breaks: string, change: Change): Mutant {
  const wire = answering((answer) => (codeOf(answer) === 200 ? withEnvelope(answer, change) : answer));
  return { id: `envelope/${name}`, breaks, killedBy: ['bind/plain', 'mode-multi'], wire };
}

function raw(name: string, breaks: string, change: (text: string) => string | Uint8Array): Mutant {
  const wire = answering((answer) => withBody(answer, change(Buffer.from(answer.body).toString())));
  return { id: `envelope/${name}`, breaks, killedBy: ['bind/plain', 'dk/too-short'], wire };
}

function typed(name: string, contentType: string): Mutant {
  const headers: ServedResponse['headers'] = [['content-type', contentType]];
  return {
    id: `content-type/${name}`,
    breaks: `calls its JSON ${contentType}`,
    killedBy: ['bind/plain', 'dk/too-short'],
    wire: answering((answer) => ({ ...answer, headers })),
  };
}
