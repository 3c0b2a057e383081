import { expect, test } from 'vitest';
import { type CodeBlock, guideNames, readGuide } from './read-guide.ts';
import { refreshGuide } from './refresh-guide.ts';

/** Tests that each page shows what its blocks of one pace print. */
export function testGuides(pace: CodeBlock['pace']): void {
  const guides = guideNames.map(readGuide).filter(({ blocks }) => blocks.some((block) => block.pace === pace));
  test.each(guides.map((guide) => [guide.name, guide] as const))(
    'shows what its commands print: %s',
    async (_, guide) => {
      expect(await refreshGuide(guide, [pace])).toBe(guide.text);
    },
    20 * 60_000,
  );
}
