/** No false alarms: every conforming variant, and random servers that the fast tests do not draw. */
import { expect, test } from 'vitest';
import { alarmsIn, detect } from '../../mutants/detect.ts';
import { mutantSet } from './set.ts';

test('raises no alarm for a conforming server', { timeout: 600_000 }, async () => {
  const detection = await detect({ ...mutantSet, mutants: [] }, { readings: 28, seed: 7, inThread: true });
  expect(alarmsIn(detection)).toEqual([]);
  expect(detection.right).toHaveLength(mutantSet.variants.length + 28);
});
