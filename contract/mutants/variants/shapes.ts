import { randomUUID } from 'node:crypto';
import type { Variant } from '../mutant.ts';
import type { Envelope } from '../wires.ts';
import { answering, codeOf, withBody, withEnvelope } from '../wires.ts';

/** Every envelope that says the same. Source: DOMAIN section 1. */
export const shapeVariants: readonly Variant[] = [
  bound('verified-text', 'writes verified as text, as the page has it', (envelope) => ({
    ...envelope,
    data: { verified: '1' },
  })),
  bound('verified-0', 'answers that the bind is not verified', (envelope) => ({ ...envelope, data: { verified: 0 } })),
  bound('data-more', 'has more in data than verified', (envelope) => ({
    ...envelope,
    data: { verified: 1, deviceId: 7 },
  })),
  bound('msg-success', 'has words for a success', (envelope) => ({ ...envelope, msg: 'success' })),
  refused('data-absent', 'leaves data and extMsg away in a refusal', ({ code, msg }) => ({ code, msg })),
  refused('verified-0-refused', 'has data in a refusal', (envelope) => ({ ...envelope, data: { verified: 0 } })),
  refused('localised', 'answers in Chinese', (envelope) => ({ ...envelope, msg: '请求被拒绝' })),
  refused('msg-empty', 'has no words for a refusal', (envelope) => ({ ...envelope, msg: '' })),
  refused('request-id', 'gives every refusal an id', (envelope) => ({
    ...envelope,
    msg: `Refused (request ${randomUUID()})`,
  })),
  refused('ext-msg', 'says more in extMsg', (envelope) => ({ ...envelope, extMsg: 'see the manual' })),
  every('extra-fields', 'has more fields than the page', (envelope) => ({
    ...envelope,
    success: envelope['code'] === 200,
    timestamp: Date.now(),
    traceId: randomUUID(),
  })),
  every('keys-backwards', 'writes its fields in another order', (envelope) =>
    Object.fromEntries(Object.entries(envelope).reverse()),
  ),
  {
    id: 'shape/indented',
    differs: 'writes JSON on many lines',
    wire: answering((answer) =>
      withBody(answer, `${JSON.stringify(JSON.parse(Buffer.from(answer.body).toString()), undefined, 2)}\r\n`),
    ),
  },
  typed('bare', 'application/json'),
  typed('upper-case', 'Application/JSON;charset=UTF-8'),
  typed('vendor', 'application/vnd.example.v2+json'),
  typed('text', 'text/json; charset="utf-8"'),
  {
    id: 'shape/headers',
    differs: 'sends headers of its own',
    wire: answering((answer) => ({
      ...answer,
      headers: [
        ...answer.headers,
        ['X-Request-Id', randomUUID()],
        ['Server', 'nginx/1.27.0'],
        ['Cache-Control', 'no-store'],
        ['Set-Cookie', `route=${randomUUID()}`],
      ],
    })),
  },
];

type Change = (envelope: Envelope) => unknown;

function bound(name: string, differs: string, change: Change): Variant {
  return {
    id: `shape/${name}`,
    differs,
    wire: answering((answer) => (codeOf(answer) === 200 ? withEnvelope(answer, change) : answer)),
  };
}

function refused(name: string, differs: string, change: Change): Variant {
  return {
    id: `shape/${name}`,
    differs,
    wire: answering((answer) => (codeOf(answer) === 200 ? answer : withEnvelope(answer, change))),
  };
}

function every(name: string, differs: string, change: Change): Variant {
  return { id: `shape/${name}`, differs, wire: answering((answer) => withEnvelope(answer, change)) };
}

function typed(name: string, contentType: string): Variant {
  return { id: `shape/content-type-${name}`, differs: `calls its JSON ${contentType}`, override: { contentType } };
}
