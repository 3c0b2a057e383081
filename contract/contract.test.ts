/**
 * Runs each case of the contract as a vitest test. The target is at BINDGATE_URL with BINDGATE_STATES, or the embedded
 * reference server if these are not set.
 */
import { expect, test } from 'vitest';
import { suite } from './pure-bt/suite.ts';
import { openReferenceTarget } from './pure-bt/targets/reference.ts';
import { createStatesClient } from './targets/states-client.ts';
import type { Target } from './targets/target.ts';
import { openUrlTarget } from './targets/url.ts';
import { verify } from './verify.ts';

async function openTarget(): Promise<Target> {
  const { BINDGATE_URL: url, BINDGATE_STATES: states } = process.env;
  if (url === undefined) return openReferenceTarget();
  if (states === undefined) throw new Error('BINDGATE_URL is set and BINDGATE_STATES is not; set both');
  return openUrlTarget({ baseUrl: url }, createStatesClient({ operation: suite.operation, url: states }));
}

await using target = await openTarget();
const verified = await verify({ target, suite, seed: Number(process.env['BINDGATE_SEED'] ?? 42) });

for (const { case: tested, outcome, reason } of verified.cases) {
  test(`${tested.id}: ${tested.title}`, (context) => {
    // A server's team may decide not to support a state.
    if (outcome === 'skipped') context.skip(reason);
    if (outcome === 'failed' || outcome === 'error')
      throw new Error(`${suite.operation.rules[tested.rule]?.claim} ${reason ?? outcome}`);
  });
}

test.skipIf(process.env['BINDGATE_URL'] !== undefined)(
  'the embedded server covers every code without a warning',
  () => {
    const { codes, summary, verdict } = verified.results;
    expect(codes.filter(({ status }) => status !== 'covered')).toEqual([]);
    expect(summary).toMatchObject({ failed: 0, warned: 0, skipped: 0, errors: 0 });
    expect(verdict).toEqual({ exitCode: 0, reasons: [] });
  },
);
