import { drawServer } from '../../contract/mutants/draw.ts';
import { mutantSet } from '../../contract/pure-bt/mutants/set.ts';

/** The seed of the random conforming servers. */
export const conformingSeed = 16;

/**
 * The numbers of the first random conforming servers that need no declared setting: no tool is told anything but the
 * document.
 */
export function conformingServers(count: number): readonly number[] {
  const found: number[] = [];
  for (let at = 0; found.length < count && at < 100 * count; at += 1) {
    const { readings } = drawServer(mutantSet, conformingSeed, at);
    if (readings.every(({ dialect }) => dialect === undefined)) found.push(at);
  }
  return found;
}
