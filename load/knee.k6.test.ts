import { expect, test } from 'vitest';
import { runBreakpoint } from './knee.ts';
import { profiles } from './profiles.ts';
import { plain } from './pure-bt/workloads.ts';
import { openNamed, sessionWith, withoutK6 } from './testing/with-k6.ts';

test.skipIf(withoutK6)('the knee of a server that takes 3 ms lies below its capacity', async () => {
  await using target = await openNamed('slow/bind');
  const [smoke] = profiles;
  if (smoke === undefined) throw new Error('no profile');
  const profile = { ...smoke, name: 'breakpoint' as const, rate: 40, seconds: 1 };
  const order = {
    profile,
    mix: [{ workload: plain, weight: 1 }],
    objectives: ['bound correctly 100 %', 'p50 < 30 ms at 20/s'],
  };
  const { results } = await runBreakpoint(sessionWith(target, { timeoutMs: 500 }), order);
  // One core at 3 ms a request ends at 333 a second, on any machine.
  expect(results.knee?.keptAt, JSON.stringify(results.knee)).toBeLessThan(400);
  expect(results.knee?.trials.length).toBeGreaterThan(3);
  expect(results.objectives.find(({ name }) => name === 'p50 < 30 ms at 20/s')).toMatchObject({ kept: true });
});
