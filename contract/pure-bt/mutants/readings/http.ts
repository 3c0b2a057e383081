import { randomUUID } from 'node:crypto';
import type { ServedResponse } from '../../../../spec/pure-bt/reference/reference.ts';
import type { Fixture } from '../../../../spec/pure-bt/states.ts';
import type { Envelope } from '../../../mutants/wires.ts';
import { answering, codeOf, headerOf, instead, refusal, withBody, withEnvelope } from '../../../mutants/wires.ts';
import type { Reading } from './reading.ts';
import { timeWire } from './reading.ts';

const page: ServedResponse = {
  httpStatus: 400,
  headers: [['content-type', 'text/html']],
  body: Buffer.from('<h1>Bad Request</h1>'),
};
const problem: ServedResponse = {
  httpStatus: 422,
  headers: [['content-type', 'application/problem+json']],
  body: Buffer.from('{"type":"about:blank","title":"Unprocessable Content","status":422}'),
};
const nothing: ServedResponse = { httpStatus: 404, headers: [], body: new Uint8Array() };

/** Envelopes, HTTP, time, and what the states endpoint hands out. */
export const httpReadings: readonly Reading[] = [
  refused('data/absent', 'leaves data out of a refusal', ({ data: _, ...rest }) => rest),
  refused('data/empty', 'has empty data in a refusal', (envelope) => ({ ...envelope, data: {} })),
  refused('data/not-verified', 'says verified 0 in a refusal', (envelope) => ({ ...envelope, data: { verified: 0 } })),
  every('ext-msg/absent', 'leaves extMsg out', ({ extMsg: _, ...rest }) => rest),
  every('ext-msg/text', 'has a text in extMsg', (envelope) => ({ ...envelope, extMsg: 'see the manual' })),
  refused('msg/localised', 'answers in Chinese', (envelope) => ({ ...envelope, msg: '请求被拒绝' })),
  refused('msg/empty', 'has no words for a refusal', (envelope) => ({ ...envelope, msg: '' })),
  refused('msg/request-id', 'gives every refusal an id', (envelope) => ({
    ...envelope,
    msg: `Refused (${randomUUID()})`,
  })),
  every('more-fields/some', 'has more fields than the page', (envelope) => ({
    ...{ success: envelope['code'] === 200, timestamp: Date.now() },
    ...envelope,
    traceId: randomUUID(),
  })),
  bound('verified/0', 'says that a bind is not verified', (envelope) => ({ ...envelope, data: { verified: 0 } })),
  bound('verified/text', 'writes verified as text', (envelope) => ({ ...envelope, data: { verified: '1' } })),
  bound('verified/more', 'has more data than verified', (envelope) => ({
    ...envelope,
    data: { verified: 1, deviceId: 7 },
  })),
  {
    id: 'json/indented',
    differs: 'writes its JSON on many lines, keys in reverse',
    wire: answering((answer) => {
      if (answer.body.length === 0) return answer;
      const text = Buffer.from(answer.body).toString();
      if (!text.startsWith('{')) return answer;
      return withBody(answer, JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(text)).reverse()), null, 2));
    }),
  },
  ...[
    ['absent', undefined],
    ['plain', 'text/plain;charset=UTF-8'],
    ['octets', 'application/octet-stream'],
    ['vendor', 'application/vnd.example.v2+json'],
    ['any-case', 'Application/JSON;charset=UTF-8'],
  ].map(([name, type]): Reading => contentType(name ?? '', type)),
  {
    id: 'headers/many',
    differs: 'sends headers of its own',
    wire: answering((answer) => ({
      ...answer,
      headers: [
        ...answer.headers,
        ['X-Request-Id', randomUUID()],
        ['Server', 'nginx/1.27.0'],
        ['Set-Cookie', 'route=a1'],
      ],
    })),
  },
  instead404('query/404', 'answers 404 to a path with a query', ({ path }) => path.includes('?'), nothing),
  instead404('query/400', 'answers 400 to a path with a query', ({ path }) => path.includes('?'), page),
  instead404(
    'query/envelope',
    'refuses a path with a query in an envelope',
    ({ path }) => path.includes('?'),
    refusal(5000),
  ),
  instead404('methods/404', 'answers 404 to other methods', ({ method }) => method !== 'POST', nothing),
  instead404('methods/page', 'answers a page to other methods', ({ method }) => method !== 'POST', {
    ...page,
    httpStatus: 405,
  }),
  instead404(
    'methods/envelope',
    'refuses other methods in an envelope',
    ({ method }) => method !== 'POST',
    refusal(5000),
  ),
  instead404(
    'media/415',
    'refuses other content types',
    (request) => !/^application\/json\b/i.test(headerOf(request, 'content-type')),
    refusal(5000, 415),
  ),
  unreadable('page', 'answers a page to what it cannot read', page),
  unreadable('problem', 'answers problem details to what it cannot read', problem),
  unreadable('empty', 'answers an empty 413 to what it cannot read', { ...nothing, httpStatus: 413 }),
  unreadable('envelope', 'answers an envelope behind HTTP 200 to what it cannot read', refusal(5000)),
  {
    id: 'success-code/0',
    differs: 'takes 0 for success',
    dialect: { successCode: 0 },
    override: () => ({ successCode: 0 }),
  },
  {
    id: 'refusal-status/400',
    differs: 'refuses with HTTP 400',
    dialect: { refusalStatus: 'any' },
    wire: answering((answer) =>
      answer.httpStatus === 200 && codeOf(answer) !== 200 && codeOf(answer) !== 0
        ? { ...answer, httpStatus: 400 }
        : answer,
    ),
  },
  { id: 'time/jitter', differs: 'takes up to two milliseconds more', wire: timeWire },
  giving('token/with-scheme', 'hands out tokens with their scheme', (fixture) => ({
    ...fixture,
    token: `Bearer ${fixture.token}`,
    ...(fixture.otherToken === undefined ? {} : { otherToken: `bearer ${fixture.otherToken}` }),
  })),
  giving('pwd/all', 'has a pwd for every device', (fixture) => ({ ...fixture, pwd: '482913' })),
  giving('secret-length/short', 'has bindingSecrets of 8 characters', (fixture) => ({
    ...fixture,
    bindingSecret: fixture.bindingSecret.slice(0, 8),
  })),
  giving('secret-length/long', 'has bindingSecrets of three blocks', (fixture) => ({
    ...fixture,
    bindingSecret: fixture.bindingSecret.repeat(3),
  })),
];

type Change = (envelope: Envelope) => unknown;

function every(id: string, differs: string, change: Change): Reading {
  return { id, differs, wire: answering((answer) => (isEnvelope(answer) ? withEnvelope(answer, change) : answer)) };
}

function refused(id: string, differs: string, change: Change): Reading {
  return every(id, differs, (envelope) => ([200, 0].includes(Number(envelope['code'])) ? envelope : change(envelope)));
}

function bound(id: string, differs: string, change: Change): Reading {
  return every(id, differs, (envelope) => ([200, 0].includes(Number(envelope['code'])) ? change(envelope) : envelope));
}

function isEnvelope({ body }: ServedResponse): boolean {
  return Buffer.from(body).toString().includes('"code":');
}

function contentType(name: string, type: string | undefined): Reading {
  return {
    id: `content-type/${name}`,
    differs: type === undefined ? 'names no content type' : `calls its JSON ${type}`,
    wire: answering((answer) => ({
      ...answer,
      headers: [
        ...answer.headers.filter(([key]) => key.toLowerCase() !== 'content-type'),
        ...(type === undefined ? [] : [['Content-Type', type] as const]),
      ],
    })),
  };
}

function instead404(
  id: string,
  differs: string,
  isMeant: Parameters<typeof instead>[0],
  answer: ServedResponse,
): Reading {
  return { id, differs, wire: instead(isMeant, answer) };
}

function unreadable(name: string, differs: string, answer: ServedResponse): Reading {
  const wire = answering((given) =>
    given.httpStatus === 400 && isEnvelope(given) && codeOf(given) === 5000 ? answer : given,
  );
  return { id: `unreadable/${name}`, differs, wire };
}

function giving(id: string, differs: string, change: (fixture: Fixture) => Fixture): Reading {
  return {
    id,
    differs,
    states: (setup) => (state, uuid) => {
      const made = setup(state, uuid);
      return made === undefined ? undefined : change(made);
    },
  };
}
