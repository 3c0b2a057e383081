/** The strict mock is a server like any other: its states endpoint and its fixtures are enough to verify it. */
import { expect, test } from 'vitest';
import { operation } from '../../../spec/pure-bt/operation.ts';
import { createStatesClient } from '../../targets/states-client.ts';
import { createStaticFixtures } from '../../targets/static-fixtures.ts';
import { openUrlTarget } from '../../targets/url.ts';
import { verify } from '../../verify.ts';
import { suite } from '../suite.ts';
import { startStrictMock } from './strict-mock.ts';

test('is verified with its states endpoint: all 24 codes', async () => {
  await using mock = await startStrictMock({ seed: 1 });
  await using target = openUrlTarget({ baseUrl: mock.url }, createStatesClient({ operation, url: mock.statesUrl }));
  // Ten cases of each code; the reference itself is verified with every case.
  const chosen = operation.codes.flatMap(({ code }) =>
    suite.cases.filter((tested) => tested.code === code).slice(0, 10),
  );
  const { cases, results } = await verify({ target, suite, cases: chosen, seed: 42, concurrency: 4 });
  const notPassed = cases.filter(({ outcome }) => outcome !== 'passed' && outcome !== 'skipped');
  expect(notPassed.map(({ case: { id }, reason }) => [id, reason])).toEqual([]);
  expect(results.codes.filter(({ status }) => status === 'covered').length).toBe(24);
});

test('is verified with its fixtures, each used once: no case fails', async () => {
  await using mock = await startStrictMock({ seed: 1 });
  const { fixtures } = (await (await fetch(`${mock.url}/_fixtures`)).json()) as { fixtures: Record<string, unknown> };
  await using target = openUrlTarget({ baseUrl: mock.url }, createStaticFixtures(fixtures, 'fixtures', operation));
  const { cases } = await verify({ target, suite, seed: 42 });
  const count = (wanted: string): number => cases.filter(({ outcome }) => outcome === wanted).length;
  expect([count('failed'), count('error'), count('warned')]).toEqual([0, 0, 0]);
  expect(count('passed')).toBeGreaterThan(20);
});
