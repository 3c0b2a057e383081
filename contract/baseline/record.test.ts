import { expect, test } from 'vitest';
import { defaultDialect } from '../spec/dialect.ts';
import { cases } from './cases/menu.ts';
import { precedenceCases } from './precedence.ts';
import { recordOf } from './record.ts';
import { runContract } from './run.ts';
import { openReferenceTarget } from './targets/reference.ts';

const chosen = cases.filter(({ id }) => /^(dk|race|replay|robustness\/method|timing|property)\b/.test(id));

async function record(seed: number): Promise<string> {
  await using target = await openReferenceTarget();
  const options = { target, dialect: defaultDialect, seed, runs: 1 };
  const run = await runContract({ ...options, cases: chosen });
  const precedence = await runContract({ ...options, cases: precedenceCases });
  return recordOf(run.results, precedence.results, { catalogue: 7, dialect: defaultDialect });
}

test('a server is recorded alike whatever the seed', async () => {
  const [one, two] = [await record(1), await record(2)];
  expect(one).toBe(two);
  const lines = one.trimEnd().split('\n');
  expect(lines[0]).toBe('bindgate.baseline/1 catalogue 7');
  expect(lines[1]).toMatch(/^dialect successCode=200 /);
  expect(lines.slice(2)).toEqual([...lines.slice(2)].sort());
});

test('a record says what came back, step by step, and no value of a device', async () => {
  const text = await record(3);
  const failure = 'application/json {code:number,data:null,extMsg:null,msg:string}';
  expect(text).toContain(`case dk/too-short: 200 5361 ${failure}\n`);
  // Which of twenty came first is chance, so they are a set.
  expect(text).toMatch(/^case race\/identical: 200 200 [^|>]+ \| 200 5049 [^|>]+$/m);
  expect(text).toMatch(/^case replay\/same-request: 200 200 [^|>]+ > 200 5049 [^|>]+$/m);
  expect(text).not.toMatch(/^case (timing|property)/m);
  expect(text).toContain('precedence dk/too-short + name/too-long: 200 5361\n');
  expect(text).not.toMatch(/[0-9A-F]{12}/);
});

test('every pair of faults that can meet is tried, about 25 of them', () => {
  const names = new Set(precedenceCases.flatMap(({ pair }) => pair));
  expect(names.size).toBe(25);
  expect(new Set(precedenceCases.map(({ pair }) => [...pair].sort().join())).size).toBe(precedenceCases.length);
  expect(precedenceCases.some(({ pair }) => pair.every((name) => name.startsWith('dk/')))).toBe(false);
});
