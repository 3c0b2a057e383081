import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { steadyCurve } from '../profiles.ts';
import type { LoadResults } from '../results.ts';
import schema from './compare.schema.json' with { type: 'json' };
import { type CompareResults, compareExitCode } from './results.ts';
import { compareStored } from './stored.ts';
import { storedRun } from './testing/stored-run.ts';

const validResults = new Ajv2020({ allowUnionTypes: true }).compile(schema);

function compared(after: Partial<LoadResults>): CompareResults {
  const results = compareStored(
    { name: 'before.json', results: storedRun },
    { name: 'after.json', results: { ...storedRun, ...after } },
  );
  expect(validResults(results), JSON.stringify(validResults.errors)).toBe(true);
  return results;
}

/** A run in which so many of 6,000 requests were refused. */
function refused(count: number): Partial<LoadResults> {
  const others = { code: 200, count: 6_000 - count };
  return { codes: [others, { code: 5420, count }] };
}

describe('two stored runs', () => {
  test.each<[string, Partial<LoadResults>, CompareResults['verdict'], RegExp]>([
    ['equal', {}, 'PASS', /^$/],
    ['p99 9 % higher', { latency: { ...storedRun.latency, p99: 10.9 } }, 'PASS', /^$/],
    [
      'p99 twice as high',
      { latency: { ...storedRun.latency, p99: 20 } },
      'INCONCLUSIVE',
      /^p99: \+100 % from the first.*to decide, run/,
    ],
    ['p50 halved', { latency: { ...storedRun.latency, p50: 2.5 } }, 'PASS', /^p50: −50 % .* \(better\)$/],
    ['a rate 5 % lower', { ratePerSecond: 95 }, 'PASS', /^$/],
    ['a tenth refused', refused(600), 'INCONCLUSIVE', /different codes/],
    ['one refused', refused(1), 'PASS', /^$/],
    [
      'nothing measured',
      { latency: { p50: 0, p90: 0, p95: 0, p99: 0, p999: 0, max: 0 } },
      'INCONCLUSIVE',
      /p50: one of the two runs has no value/,
    ],
  ])('never gives FAIL: %s', (_, after, verdict, reasons) => {
    const results = compared(after);
    expect(results.verdict).toBe(verdict);
    expect(results.reasons.join('; ')).toMatch(reasons);
    expect(compareExitCode(results, false)).toBe(verdict === 'PASS' ? 0 : 3);
    expect(compareExitCode(results, true)).toBe(0);
  });

  test.each<[string, Partial<LoadResults>, RegExp]>([
    ['not valid', { valid: false, reasons: ['7 dropped'] }, /the run in after\.json is not valid \(7 dropped\)/],
    ['of another profile', { profile: 'stress' }, /before\.json ran the profile "average" and after\.json "stress"/],
    [
      'at another rate',
      { curve: steadyCurve(200, 60) },
      /before\.json ran at up to 100\/s and after\.json at up to 200\/s/,
    ],
  ])('refuses a run that is %s', (_, after, message) => {
    expect(() => compared(after)).toThrow(message);
    expect(() => compared(after)).toThrow(expect.objectContaining({ exitCode: 2 }));
  });
});
