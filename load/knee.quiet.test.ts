import { expect, test } from 'vitest';
import { runBreakpoint } from './knee.ts';
import { generatorWith, onlyPlain, openNamed, profileWith, siteAt, withoutK6 } from './testing/with-k6.ts';

test.skipIf(withoutK6)('finds the knee of a server that takes 3 ms below its capacity', async () => {
  await using target = await openNamed('slow/bind');
  const order = {
    profile: profileWith('breakpoint', 280, 1),
    mix: onlyPlain,
    objectives: ['bound correctly 100 %', 'p50 < 30 ms at 20/s'],
  };
  const { results } = await runBreakpoint(siteAt(target, { timeoutMs: 500 }), generatorWith(), order);
  // One core at 3 ms a request handles at most 333 a second, on any machine.
  expect(results.knee?.keptAt, JSON.stringify(results.knee)).toBeLessThan(400);
  expect(results.knee?.trials.length).toBeGreaterThan(3);
  expect(results.objectives.find(({ name }) => name === 'p50 < 30 ms at 20/s')).toMatchObject({ kept: true });
});
