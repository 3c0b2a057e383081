import { drawServer } from '../../contract/mutants/draw.ts';
import { mutantSet } from '../../contract/pure-bt/mutants/set.ts';

/** The seed of the random servers. */
export const serverSeed = 16;

/**
 * The numbers of the first random conforming servers that need no declared setting: no tool is told anything but the
 * document.
 */
export function conformingServers(count: number): readonly number[] {
  const found: number[] = [];
  for (let at = 0; found.length < count && at < 100 * count; at += 1) {
    const { readings } = drawServer(mutantSet, serverSeed, at);
    if (readings.every(({ dialect }) => dialect === undefined)) found.push(at);
  }
  return found;
}

/** The ids of all mutants but those that only show in times: these need a quiet machine, and no peer measures them. */
export function untimedMutants(): readonly string[] {
  const timed = new Set(mutantSet.cases.flatMap(({ id, alone }) => (alone === true ? [id] : [])));
  return mutantSet.mutants.filter(({ killedBy }) => !killedBy.some((id) => timed.has(id))).map(({ id }) => id);
}
