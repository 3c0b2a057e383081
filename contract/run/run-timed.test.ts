import { expect, test } from 'vitest';
import { sha256Hex } from '../../generators/crypto.ts';
import { signedField } from '../../generators/pure-bt/faults/fault.ts';
import { buildRequest } from '../../generators/pure-bt/request.ts';
import type { Fixture } from '../../spec/family/states.ts';
import { defaultDialect } from '../../spec/pure-bt/dialect.ts';
import { textToSign } from '../../spec/pure-bt/formulas.ts';
import { looks } from '../judge/timing.ts';
import { cases } from '../pure-bt/cases/all-cases.ts';
import type { Case } from '../pure-bt/cases/steps.ts';
import { openReferenceTarget } from '../pure-bt/targets/reference.ts';
import { type Target, withStates } from '../targets/target.ts';
import { changeAnswers } from '../testing/targets.ts';
import type { CaseResult } from './outcome.ts';
import { runContract } from './run-contract.ts';
import { defaultTimingEffect } from './run-timed.ts';

/** The reference server with answer times from `delayMs`, which gets the index and the body of the request. */
async function openSlow(delayMs: (at: number, body: string, other: boolean) => number): Promise<Target> {
  let count = 0;
  return changeAnswers(await openReferenceTarget(), (_response, request) => {
    const body = request.body instanceof Uint8Array ? new TextDecoder().decode(request.body) : '';
    const other = request.headers.some(([name]) => name === 'x-other');
    // The time is set, not waited for, so the test does not depend on a clock.
    return { durationMs: delayMs(count++, body, other) };
  });
}

const wrongSignature = signedField('signature', () => '0'.repeat(64));

async function timed(id: string, target: Target): Promise<CaseResult | undefined> {
  const chosen = cases.filter((tested) => tested.id === id);
  return (await runContract({ target, cases: chosen, dialect: defaultDialect, seed: 42 })).results[0];
}

test('passes equal times, and says what it could have seen', async () => {
  await using target = await openSlow((at) => 1 + (at % 7) / 20);
  expect(await timed('timing/new-secret', target)).toMatchObject({
    outcome: 'passed',
    timing: { pairs: looks[0], limitMs: 0.5, visibleMs: expect.closeTo(0.2, 0) },
  });
});

test('finds a signature compared digit by digit', async () => {
  let fixture: Fixture | undefined;
  await using target = await openSlow((_, body) => {
    const { pk, dk, bindingCode, signature = '' } = JSON.parse(body) as Record<string, string>;
    const expected = sha256Hex(textToSign({ pk, dk, bindingCode, pwd: '' }, fixture?.userDomainSecret ?? ''));
    // Each right digit before the first wrong one takes 0.01 ms.
    return 1 + [...expected].findIndex((digit, at) => digit !== signature[at]) / 100;
  });
  const { setup } = target.states;
  const watched = withStates(target, {
    setup: async (state, signal) => {
      const made = await setup(state, signal);
      if (made.kind === 'ready') fixture = made.fixture as Fixture;
      return made;
    },
  });
  const result = await timed('timing/signature', watched);
  expect(result).toMatchObject({ outcome: 'failed', cause: 'the response time reveals what was wrong' });
  expect(result?.reason).toContain('a wrong last digit takes 0.63 ms longer');
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

async function compareTwoKinds(
  delayMs: Parameters<typeof openSlow>[0],
  more: Partial<Parameters<typeof runContract>[0]> = {},
): Promise<CaseResult | undefined> {
  await using target = await openSlow(delayMs);
  return (await runContract({ target, cases: [twoKinds], dialect: defaultDialect, seed: 42, ...more })).results[0];
}

/** Each answer after one of the other kind is late, whatever its own kind is. */
function lateAfterOther(): Parameters<typeof openSlow>[0] {
  let wasOther = false;
  return (_at, _body, other) => {
    const late = wasOther ? 1.6 : 1;
    wasOther = other;
    return late;
  };
}

test.each<[string, Parameters<typeof openSlow>[0], Partial<CaseResult>]>([
  [
    'finds a difference',
    (_at, _body, other) => (other ? 1.6 : 1),
    {
      outcome: 'failed',
      reason:
        'two kinds of request: the other takes 0.6 ms longer than one (0.6 to 0.6 ms in 18 pairs of requests, p < 0.0001)',
    },
  ],
  ['ignores a smaller one', (_at, _body, other) => (other ? 1.2 : 1), { outcome: 'passed' }],
  ['takes work after an answer for no difference', lateAfterOther(), { outcome: 'passed' }],
  [
    'ends when answers took the budget',
    (at) => 11 + ((at * 7919) % 101) / 10,
    {
      outcome: 'skipped',
      reason: expect.stringMatching(/after \d\d pairs of requests; that neither shows nor excludes 0.5 ms/),
    },
  ],
  [
    'waits longer for the first look',
    (_at, _body, other) => 300 + (other ? 1 : 0),
    { outcome: 'failed', reason: expect.stringContaining('in 18 pairs') },
  ],
  [
    'gives up if answers take too long for it',
    () => 1_000,
    { outcome: 'skipped', reason: expect.stringContaining('7 pairs of requests are too few') },
  ],
])('%s', async (_, delayMs, want) => {
  expect(await compareTwoKinds(delayMs)).toMatchObject(want);
});

test('uses another smallest difference if it is given', async () => {
  const delayMs = (_at: number, _body: string, other: boolean): number => (other ? 1.2 : 1);
  expect(await compareTwoKinds(delayMs, { timingEffectMs: 0.1 })).toMatchObject({
    outcome: 'failed',
    timing: { limitMs: 0.1 },
  });
});

test('does not compare the times of different answers', async () => {
  await using reference = await openReferenceTarget();
  let at = 0;
  const target = changeAnswers(reference, () => {
    at += 1;
    return at % 5 === 0 ? { httpStatus: 503 } : {};
  });
  const { results } = await runContract({ target, cases: [twoKinds], dialect: defaultDialect, seed: 42 });
  expect(results[0]).toMatchObject({
    outcome: 'skipped',
    reason: expect.stringContaining('the answers differ (HTTP 200, code 5420; HTTP 503, code 5420)'),
  });
});

test.each([
  ['reference', 'http://in-process', 0.5],
  ['url', 'http://localhost:8080', 0.5],
  ['url', 'https://[::1]:8443', 0.5],
  ['url', 'https://iot.example.com', 5],
] as const)('the smallest difference for %s %s is %d ms', (kind, url, want) => {
  expect(defaultTimingEffect({ kind, url })).toBe(want);
});
