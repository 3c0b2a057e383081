import { expect, test } from 'vitest';
import { defaultDialect } from '../../spec/pure-bt/dialect.ts';
import { cases } from '../pure-bt/cases/all-cases.ts';
import { precedenceCases } from '../pure-bt/cases/precedence.ts';
import { suite } from '../pure-bt/suite.ts';
import { openReferenceTarget } from '../pure-bt/targets/reference.ts';
import { runContract } from '../run/run-contract.ts';
import { baselineText } from './baseline-text.ts';
import { toBehaviour } from './behaviour.ts';
import { readBaseline } from './read-baseline.ts';

const chosen = cases.filter(({ id }) =>
  /^(dk|race|replay|robustness\/(method|long-name|larger)|timing|property)/.test(id),
);

async function record(seed: number, concurrency: number, showSecrets = false): Promise<string> {
  await using target = await openReferenceTarget();
  const options = { target, dialect: defaultDialect, seed, runs: 1, concurrency, showSecrets };
  const run = await runContract({ ...options, cases: chosen });
  const precedence = await runContract({ ...options, cases: precedenceCases });
  const facts = { name: 'this run', catalogue: 7, dialect: defaultDialect };
  return baselineText(toBehaviour(run.results, precedence.results, facts));
}

test('a server is recorded alike whatever the seed, the concurrency and what is shown', async () => {
  const [one, two, three] = [await record(1, 12), await record(2, 1), await record(3, 40, true)];
  expect(two).toBe(one);
  expect(three).toBe(one);
  const lines = one.trimEnd().split('\n');
  expect(lines[0]).toBe('bindgate.baseline/1 catalogue 7');
  expect(lines[1]).toMatch(/^dialect successCode=200 /);
  const facts = lines.slice(2, -1);
  expect(facts).toEqual([...facts].sort());
  expect(lines.at(-1)).toBe(`end ${facts.length}`);
});

test('a record says what came back, step by step, and no value of a device', async () => {
  const text = await record(3, 12);
  const failure = 'application/json {code:number,data:null,extMsg:null,msg:string} charset=utf-8';
  expect(text).toContain(`case dk/too-short: 200 5361 ${failure}\n`);
  // Which of twenty came first is chance, so they are a set.
  expect(text).toMatch(/^case race\/identical: 200 200 [^|>]+ \| 200 5049 [^|>]+$/m);
  expect(text).toMatch(/^case replay\/same-request: 200 200 [^|>]+ > 200 5049 [^|>]+$/m);
  // Who holds the device after two users raced for it is chance as well; what follows is not.
  expect(text).toMatch(/^case race\/two-users-alternate: left-out > left-out > 200 200 [^|>]+ > 200 200 [^|>]+$/m);
  expect(text).not.toMatch(/^case (timing|property)/m);
  expect(text).toContain('precedence dk/too-short + name/too-long: 200 5361\n');
  expect(text).not.toMatch(/[0-9A-F]{12}/);
});

test('a record is read back as it was', async () => {
  const text = await record(4, 12);
  expect(baselineText(readBaseline(text, 'baseline.txt', suite))).toBe(text);
  // As git on Windows checks it out, and as an editor there saves it.
  expect(baselineText(readBaseline(`\ufeff${text.replaceAll('\n', '\r\n')}`, 'baseline.txt', suite))).toBe(text);
});

test('every pair of faults that can meet is tried, about 25 of them', () => {
  const pairs = precedenceCases.map(({ pair }) => pair?.names ?? []);
  const names = new Set(pairs.flat());
  expect(names.size).toBe(25);
  expect(new Set(pairs.map((pair) => [...pair].sort().join())).size).toBe(precedenceCases.length);
  expect(pairs.some((pair) => pair.every((name) => name.startsWith('dk/')))).toBe(false);
});
