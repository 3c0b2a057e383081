import { readFile } from 'node:fs/promises';
import { type Random, seededRandom } from '../../generators/random.ts';
import { inBlocks, windowsPerBlock } from '../../load/compare/blocks.ts';
import { decide } from '../../load/compare/decide.ts';
import type { WindowSummary } from '../../load/compare/record.ts';
import { defaultSettings, type Settings } from '../../load/compare/results.ts';
import type { Session } from '../../load/compare/validity.ts';
import { blockWindows, type Chunk, conditions, floorSide, leadingWindows, type Recorded } from './record.ts';
import { countDecisions, type Tally } from './tally.ts';

/** Neighbouring blocks that are drawn together, so that a long disturbance stays in one piece. */
const drawnTogether = 5;

/**
 * Draws comparisons of A with every other condition from a recording, by resampling neighbouring blocks, and decides
 * each as the command would. Repeats it with A and A' exchanged at random in every block: then all differences are chance,
 * while the recording itself may have a small bias.
 */
export async function drawComparisons(
  file: string,
  comparisons: number,
  settings: Settings = defaultSettings,
): Promise<{ readonly about: string; readonly tallies: readonly Tally[] }> {
  const recorded = JSON.parse(await readFile(file, 'utf8')) as Recorded;
  const random = seededRandom(settings.seed, 'draw');
  const tallyOfDrawn = (condition: string, other: number, exchanged: boolean): Tally =>
    countDecisions(
      condition,
      Array.from({ length: comparisons }, () =>
        decide(drawSession(recorded, other, settings, { random, exchanged }), settings),
      ),
    );
  return {
    about: describe(recorded),
    tallies: [
      ...conditions.slice(1).map(({ name }, index) => tallyOfDrawn(name, index + 1, false)),
      tallyOfDrawn("A' exchanged", 1, true),
    ],
  };
}

function describe({ chunks, machine, rate, windowSeconds, medianMs, spread }: Recorded): string {
  const blocks = chunks.flatMap(allBlocks).length;
  const whole = chunks.flatMap(wholeBlocks).length;
  const loads = chunks.map(({ loadAverage }) => loadAverage).sort((a, b) => a - b);
  return [
    `${blocks * 2} windows of ${windowSeconds} s for each condition at ${rate}/s, delays of ${medianMs} ms (log-normal, ${spread});`,
    `${machine.cores} cores (${machine.cpu}), load average ${loads[0]?.toFixed(1)} to ${loads.at(-1)?.toFixed(1)},`,
    `Node ${machine.node}, k6 ${machine.k6}; ${whole} of ${blocks} blocks without a drop are used`,
  ].join(' ');
}

function drawSession(
  { chunks, machine }: Recorded,
  other: number,
  settings: Settings,
  { random, exchanged }: { readonly random: Random; readonly exchanged: boolean },
): Session {
  const all = chunks.flatMap((each) => pairBlocks(each, other));
  const needed = settings.windows / windowsPerBlock;
  const drawn: (readonly WindowSummary[])[] = [];
  while (drawn.length < needed) {
    const start = random.number.int({ max: all.length - 1 });
    for (let next = 0; next < drawnTogether && drawn.length < needed; next += 1) {
      const turn = exchanged && random.datatype.boolean() ? 1 : 0;
      const block = all[(start + next) % all.length] ?? [];
      drawn.push(block.map((window) => ({ ...window, side: window.side ^ turn })));
    }
  }
  const windows = drawn.flat();
  const chunk = random.helpers.arrayElement(chunks);
  const answers = windows.reduce((sum, window) => sum + window.answers, 0);
  return {
    ...chunk,
    windows,
    outcomes: [chunk.outcomes[0] ?? {}, chunk.outcomes[other] ?? {}],
    floor: chunk.windows.find(({ side }) => side === floorSide),
    requests: answers,
    iterations: answers,
    dropped: 0,
    cores: machine.cores,
    isSuccess: (outcome) => outcome === '200',
  };
}

/** The windows of A and another condition in each block of a chunk, as sides 0 and 1. */
function pairBlocks(chunk: Chunk, other: number): readonly (readonly WindowSummary[])[] {
  return wholeBlocks(chunk).map((block) =>
    block
      .filter(({ side }) => side === 0 || side === other)
      .map((window) => ({ ...window, side: window.side === 0 ? 0 : 1 })),
  );
}

/**
 * The blocks of a chunk that have every answer (k6 may start one late). The command rejects a whole session with drops;
 * here a session is a mixture, and the missing part of a window is not known.
 */
function wholeBlocks(chunk: Chunk): readonly (readonly WindowSummary[])[] {
  const most = Math.max(...chunk.windows.map(({ answers }) => answers));
  return allBlocks(chunk).filter((block) => block.every(({ answers }) => answers >= most - 1));
}

function allBlocks({ windows }: Chunk): readonly (readonly WindowSummary[])[] {
  return inBlocks(windows.slice(leadingWindows), blockWindows);
}
