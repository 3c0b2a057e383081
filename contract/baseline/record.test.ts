import { beforeAll, expect, test } from 'vitest';
import { defaultDialect } from '../../spec/pure-bt/dialect.ts';
import { cases } from '../pure-bt/cases/all-cases.ts';
import { precedenceCases } from '../pure-bt/cases/precedence.ts';
import { suite } from '../pure-bt/suite.ts';
import { openReferenceTarget } from '../pure-bt/targets/reference.ts';
import { runContract } from '../run/run-contract.ts';
import { baselineText, readBaseline } from './baseline-file.ts';
import { toBehaviour } from './behaviour.ts';

const chosen = cases.filter(({ id }) =>
  /^(dk|race|replay|robustness\/(method|long-name|larger)|timing\/signature$|property)/.test(id),
);

async function record(seed: number, concurrency: number, showSecrets = false): Promise<string> {
  await using target = await openReferenceTarget();
  const options = { target, dialect: defaultDialect, seed, runs: 1, concurrency, showSecrets };
  const run = await runContract({ ...options, cases: chosen });
  const precedence = await runContract({ ...options, cases: precedenceCases });
  const facts = { name: 'this run', catalogue: 7, dialect: defaultDialect };
  return baselineText(toBehaviour([...run.results, ...precedence.results], facts));
}

let text: string;
beforeAll(async () => {
  text = await record(1, 12);
});

test('records the same for any seed and concurrency', async () => {
  expect(await record(2, 1)).toBe(text);
  expect(await record(3, 40, true)).toBe(text);
  const lines = text.trimEnd().split('\n');
  expect(lines[0]).toBe('bindgate.baseline/1 catalogue 7');
  expect(lines[1]).toMatch(/^dialect successCode=200 /);
  const facts = lines.slice(2, -1);
  expect(facts).toEqual([...facts].sort());
  expect(lines.at(-1)).toBe(`end ${facts.length}`);
});

test('records each step and no value of a device', () => {
  const failure = 'application/json {code:number,data:null,extMsg:null,msg:string} charset=utf-8';
  expect(text).toContain(`case dk/too-short: 200 5361 ${failure}\n`);
  // It is chance which of twenty requests comes first, so the answers are a set.
  expect(text).toMatch(/^case race\/identical: 200 200 [^|>]+ \| 200 5049 [^|>]+$/m);
  expect(text).toMatch(/^case replay\/same-request: 200 200 [^|>]+ > 200 5049 [^|>]+$/m);
  // It is chance which of two users gets the device. The later steps are not.
  expect(text).toMatch(/^case race\/two-users-alternate: left-out > left-out > 200 200 [^|>]+ > 200 200 [^|>]+$/m);
  expect(text).not.toMatch(/^case (timing|property)/m);
  expect(text).toContain('precedence dk/too-short + name/too-long: 200 5361\n');
  expect(text).not.toMatch(/[0-9A-F]{12}/);
});

test('reads back what it recorded', () => {
  expect(baselineText(readBaseline(text, 'baseline.txt', suite))).toBe(text);
  // With a byte order mark and the line ends of Windows.
  expect(baselineText(readBaseline(`\ufeff${text.replaceAll('\n', '\r\n')}`, 'baseline.txt', suite))).toBe(text);
});

test('tries every possible pair of 25 faults', () => {
  const pairs = precedenceCases.map(({ pair }) => pair?.names ?? []);
  const names = new Set(pairs.flat());
  expect(names.size).toBe(25);
  expect(new Set(pairs.map((pair) => [...pair].sort().join())).size).toBe(precedenceCases.length);
  expect(pairs.some((pair) => pair.every((name) => name.startsWith('dk/')))).toBe(false);
});
