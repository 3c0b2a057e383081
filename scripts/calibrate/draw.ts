import { readFile } from 'node:fs/promises';
import type { Random } from '../../generators/random.ts';
import { seededRandom } from '../../generators/random.ts';
import { decide } from '../../load/compare/decide.ts';
import { windowsPerBlock } from '../../load/compare/order.ts';
import type { WindowSummary } from '../../load/compare/record.ts';
import type { Session } from '../../load/compare/session.ts';
import type { Settings } from '../../load/compare/settings.ts';
import { defaultSettings } from '../../load/compare/settings.ts';
import type { Chunk, Recorded } from './recorded.ts';
import { blockWindows, conditions, floorSide, leadingWindows } from './recorded.ts';
import type { Tally } from './tally.ts';
import { tallyOf } from './tally.ts';

/** Neighbouring blocks that are drawn together, so that a disturbance that lasts is drawn as one. */
const drawnTogether = 5;

/**
 * Draws comparisons of A with every other condition from a recording, by resampling runs of neighbouring blocks, and decides
 * each as the command would.
 */
export async function drawComparisons(
  file: string,
  comparisons: number,
  settings: Settings = defaultSettings,
): Promise<readonly Tally[]> {
  const whole = JSON.parse(await readFile(file, 'utf8')) as Recorded;
  // The command refuses a session with drops as a whole; here a session is a mixture of chunks.
  const recorded = { ...whole, chunks: whole.chunks.filter(({ dropped }) => dropped === 0) };
  const random = seededRandom(settings.seed, 'draw');
  return conditions.slice(1).map(({ name }, index) => {
    const decisions = Array.from({ length: comparisons }, () =>
      decide(drawSession(recorded, index + 1, settings, random), settings),
    );
    return tallyOf(name, decisions);
  });
}

function drawSession(recorded: Recorded, other: number, settings: Settings, random: Random): Session {
  const blocks = recorded.chunks.map((chunk) => pairBlocks(chunk, other)).filter(({ length }) => length > 0);
  const all = blocks.flat();
  const needed = settings.windows / windowsPerBlock;
  const drawn: (readonly WindowSummary[])[] = [];
  while (drawn.length < needed) {
    const start = random.number.int({ max: all.length - 1 });
    for (let next = 0; next < drawnTogether && drawn.length < needed; next += 1) {
      drawn.push(all[(start + next) % all.length] ?? []);
    }
  }
  const windows = drawn.flat();
  const chunk = random.helpers.arrayElement(recorded.chunks);
  const answers = windows.reduce((sum, window) => sum + window.answers, 0);
  return {
    windows,
    outcomes: [chunk.outcomes[0] ?? {}, chunk.outcomes[other] ?? {}],
    floor: chunk.windows.find(({ side }) => side === floorSide),
    requests: answers,
    iterations: answers,
    dropped: chunk.dropped,
    generatorCpu: chunk.generatorCpu,
    exitCode: chunk.exitCode,
    said: '',
    interrupted: false,
    cores: recorded.machine.cores,
    isSuccess: (outcome) => outcome === '200',
  };
}

/** A's and another condition's windows of each block of a chunk, as sides 0 and 1. */
function pairBlocks({ windows }: Chunk, other: number): readonly (readonly WindowSummary[])[] {
  const blocks = Math.floor((windows.length - leadingWindows) / blockWindows);
  return Array.from({ length: blocks }, (_, block) => {
    const start = leadingWindows + block * blockWindows;
    return windows
      .slice(start, start + blockWindows)
      .filter(({ side }) => side === 0 || side === other)
      .map((window) => ({ ...window, side: window.side === 0 ? 0 : 1 }));
  });
}
