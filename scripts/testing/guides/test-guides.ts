import { expect, test } from 'vitest';
import { type CodeBlock, guideNames, readGuide } from './read-guide.ts';
import { refreshGuide } from './refresh-guide.ts';

/** Tests that each page shows what its chosen blocks print. */
export function testGuides(chosen: (block: CodeBlock) => boolean): void {
  const guides = guideNames.map(readGuide).filter(({ blocks }) => blocks.some(chosen));
  test.each(guides.map((guide) => [guide.name, guide] as const))(
    'shows what its commands print: %s',
    async (_, guide) => {
      expect(await refreshGuide(guide, chosen)).toBe(guide.text);
    },
    20 * 60_000,
  );
}
