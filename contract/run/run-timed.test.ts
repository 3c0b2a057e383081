import { expect, test } from 'vitest';
import { sha256Hex } from '../../generators/crypto.ts';
import { signedField } from '../../generators/pure-bt/faults/fault.ts';
import { buildRequest } from '../../generators/pure-bt/request.ts';
import type { Fixture } from '../../spec/family/states.ts';
import { defaultDialect } from '../../spec/pure-bt/dialect.ts';
import { textToSign } from '../../spec/pure-bt/formulas.ts';
import { cases } from '../pure-bt/cases/all-cases.ts';
import type { Case } from '../pure-bt/cases/steps.ts';
import { openReferenceTarget } from '../pure-bt/targets/reference.ts';
import type { Target } from '../targets/target.ts';
import type { CaseResult } from './outcome.ts';
import { runContract } from './run-contract.ts';

/** The reference server with answer times from `delayMs`, which gets the index and the body of the request. */
async function openSlow(delayMs: (at: number, body: string, other: boolean) => number): Promise<Target> {
  const reference = await openReferenceTarget();
  let count = 0;
  return {
    ...reference,
    send: async (request, signal) => {
      const body = request.body instanceof Uint8Array ? new TextDecoder().decode(request.body) : '';
      const other = request.headers.some(([name]) => name === 'x-other');
      const addedMs = delayMs(count++, body, other);
      const exchange = await reference.send(request, signal);
      if (exchange.kind !== 'answer') return exchange;
      // The time is set, not waited for, so the test does not depend on a clock.
      return { ...exchange, response: { ...exchange.response, durationMs: addedMs } };
    },
  };
}

const wrongSignature = signedField('signature', () => '0'.repeat(64));

async function timed(id: string, target: Target): Promise<CaseResult | undefined> {
  const chosen = cases.filter((tested) => tested.id === id);
  return (await runContract({ target, cases: chosen, dialect: defaultDialect, seed: 42 })).results[0];
}

test('passes equal times', async () => {
  await using target = await openSlow((at) => 1 + (at % 7) / 10);
  expect(await timed('timing/new-secret', target)).toMatchObject({ outcome: 'passed' });
});

test('finds a signature compared digit by digit', async () => {
  let fixture: Fixture | undefined;
  await using target = await openSlow((_, body) => {
    const { pk, dk, bindingCode, signature = '' } = JSON.parse(body) as Record<string, string>;
    const expected = sha256Hex(textToSign({ pk, dk, bindingCode, pwd: '' }, fixture?.userDomainSecret ?? ''));
    // Each right digit before the first wrong one takes 0.2 ms.
    return 1 + [...expected].findIndex((digit, at) => digit !== signature[at]) / 5;
  });
  const { setup } = target.states;
  const watched: Target = {
    ...target,
    states: {
      ...target.states,
      setup: async (state, signal) => {
        const made = await setup(state, signal);
        if (made.kind === 'ready') fixture = made.fixture as Fixture;
        return made;
      },
    },
  };
  const result = await timed('timing/signature', watched);
  expect(result).toMatchObject({ outcome: 'failed', cause: 'the response time reveals what was wrong' });
  expect(result?.reason).toContain('a wrong last digit takes 12.6 ms longer');
});

/** A case of two kinds that differ only in a header, by which the target distinguishes them. */
const twoKinds: Case = {
  id: 'timing/two-kinds',
  code: 200,
  title: 'two kinds',
  rule: 'timing-signature',
  given: 'a device ready to bind',
  alone: true,
  steps: [
    {
      what: 'two kinds of request',
      timed: [
        { name: 'one', request: (context) => buildRequest(context, [wrongSignature]) },
        {
          name: 'the other',
          request: (context) => {
            const { http, ...built } = buildRequest(context, [wrongSignature]);
            return { ...built, http: { ...http, headers: [...http.headers, ['x-other', '1']] } };
          },
        },
      ],
    },
  ],
};

/** A sample has one warm-up round and ten counted rounds, with three requests each. */
const sampleSize = 33;

test.each([
  ['both samples', () => true, /^two kinds of request: the other takes 19\.0 ms longer than one, in two samples/],
  [
    'the first sample alone',
    (at: number) => at < sampleSize,
    /^not decided: .* the first sample differed, the second did not/,
  ],
  ['neither', () => false, undefined],
])('judges a difference in %s', async (_, slow, reason) => {
  await using target = await openSlow((at, _body, other) => (other && slow(at) ? 20 : 1));
  const { results } = await runContract({ target, cases: [twoKinds], dialect: defaultDialect, seed: 42 });
  if (reason === undefined) expect(results[0]).toMatchObject({ outcome: 'passed' });
  else expect(results[0]?.reason).toMatch(reason);
});

test('decides nothing if the times are unstable', async () => {
  let count = 0;
  // The times get slow in the middle of the run, so the two halves differ.
  await using target = await openSlow(() => (count++ < 40 ? 1 : 60) + (count % 2));
  const { results } = await runContract({ target, cases: [twoKinds], dialect: defaultDialect, seed: 42 });
  expect(results[0]?.outcome).not.toBe('failed');
});
