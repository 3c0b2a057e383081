/** The commands of the guides that run a load or take long; `docs.test.ts` has the others. */
import { expect, test } from 'vitest';
import { guideNames, readGuide } from './testing/guides/read-guide.ts';
import { refreshGuide } from './testing/guides/refresh-guide.ts';

const slow = guideNames.map(readGuide).filter(({ blocks }) => blocks.some(({ words }) => words.includes('slow')));

test.each(slow.map((guide) => [guide.name, guide] as const))(
  'shows the output of long commands: %s',
  async (_, guide) => {
    expect(await refreshGuide(guide, () => true)).toBe(guide.text);
  },
  20 * 60_000,
);
