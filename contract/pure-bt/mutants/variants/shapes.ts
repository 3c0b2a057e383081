import { randomUUID } from 'node:crypto';
import { correct } from '../../../../spec/pure-bt/reference/behaviour.ts';
import type { Variant } from '../../../mutants/mutant.ts';
import type { Envelope } from '../../../mutants/wires.ts';
import { answering, codeOf, withBody, withEnvelope } from '../../../mutants/wires.ts';

/** Ways to say that a body is JSON, each in its turn. */
const contentTypes = [
  'application/json',
  'Application/JSON;charset=UTF-8',
  'application/vnd.example.v2+json',
  'text/json; charset="utf-8"',
];

/** Envelopes that say the same in another way. Source: DOMAIN section 1. */
export const shapeVariants: readonly Variant[] = [
  bound('verified-0', 'answers that a bind is not verified, in many words', (envelope) => ({
    ...envelope,
    msg: 'success',
    data: { verified: 0, deviceId: 7 },
    extMsg: 'not verified yet',
  })),
  refused('data-absent', 'leaves data and extMsg away in a refusal', ({ code, msg }) => ({ code, msg })),
  refused('localised', 'answers in Chinese, and says in extMsg where to look', (envelope) => ({
    ...envelope,
    msg: '请求被拒绝',
    extMsg: '请参阅手册',
  })),
  refused('request-id', 'gives every refusal an id in msg', (envelope) => ({
    ...envelope,
    msg: `Refused (request ${randomUUID()})`,
  })),
  {
    id: 'shape/more-fields',
    differs: 'has more fields than the page, in another order, on many lines',
    wire: answering((answer) => {
      const envelope = JSON.parse(Buffer.from(answer.body).toString()) as Envelope;
      const more = { ...envelope, success: envelope['code'] === 200, timestamp: Date.now(), traceId: randomUUID() };
      const fields = Object.fromEntries(Object.entries(more).reverse());
      return withBody(answer, `${JSON.stringify(fields, undefined, 2)}\r\n`);
    }),
  },
  {
    id: 'shape/content-type',
    differs: 'spells the media type in other ways',
    wire: (handle) => {
      let turn = 0;
      return (request) => {
        turn += 1;
        return { ...handle(request), headers: [['Content-Type', contentTypes[turn % contentTypes.length] ?? '']] };
      };
    },
  },
  {
    id: 'shape/headers',
    differs: 'sends headers of its own, and verified as text, as the page has it',
    override: {
      envelope: (code, bound) =>
        bound ? `{"code":${code},"msg":"","data":{"verified":"1"},"extMsg":null}` : correct.envelope(code, false),
    },
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
  const wire = answering((answer) => (codeOf(answer) === 200 ? withEnvelope(answer, change) : answer));
  return { id: `shape/${name}`, differs, wire };
}

function refused(name: string, differs: string, change: Change): Variant {
  const wire = answering((answer) => (codeOf(answer) === 200 ? answer : withEnvelope(answer, change)));
  return { id: `shape/${name}`, differs, wire };
}
