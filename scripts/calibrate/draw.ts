import { readFile } from 'node:fs/promises';
import type { Decision } from '../../load/compare/decide.ts';
import { decide } from '../../load/compare/decide.ts';
import { windowsPerBlock } from '../../load/compare/order.ts';
import type { WindowSummary } from '../../load/compare/record.ts';
import type { Session } from '../../load/compare/session.ts';
import type { Settings } from '../../load/compare/settings.ts';
import { defaultSettings } from '../../load/compare/settings.ts';
import type { Chunk, Recorded } from './recorded.ts';
import { blockWindows, conditions, floorSide, leadingWindows } from './recorded.ts';

/** How many comparisons of one condition ended how. */
export type Tally = {
  readonly condition: string;
  readonly comparisons: number;
  readonly FAIL: number;
  readonly PASS: number;
  readonly INCONCLUSIVE: number;
  readonly notValid: number;
  /** Over all comparisons, by metric: how often it failed. */
  readonly failed: Readonly<Record<string, number>>;
};

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
  const recorded = JSON.parse(await readFile(file, 'utf8')) as Recorded;
  const random = seeded(settings.seed);
  return conditions.slice(1).map(({ name }, index) => {
    const decisions = Array.from({ length: comparisons }, () =>
      decide(drawSession(recorded, index + 1, settings, random), settings),
    );
    return tallyOf(name, decisions);
  });
}

function tallyOf(condition: string, decisions: readonly Decision[]): Tally {
  const count = (test: (decision: Decision) => boolean): number => decisions.filter(test).length;
  const failed = ['p50', 'p95', 'p99', 'rate'].map((name) => [
    name,
    count(({ metrics }) => metrics.some((metric) => metric.name === name && metric.verdict === 'FAIL')),
  ]);
  return {
    condition,
    comparisons: decisions.length,
    FAIL: count(({ verdict }) => verdict === 'FAIL'),
    PASS: count(({ verdict }) => verdict === 'PASS'),
    INCONCLUSIVE: count(({ verdict, valid }) => valid && verdict === 'INCONCLUSIVE'),
    notValid: count(({ valid }) => !valid),
    failed: Object.fromEntries(failed),
  };
}

function drawSession(recorded: Recorded, other: number, settings: Settings, random: () => number): Session {
  const blocks = recorded.chunks.map((chunk) => pairBlocks(chunk, other)).filter(({ length }) => length > 0);
  const all = blocks.flat();
  const needed = settings.windows / windowsPerBlock;
  const drawn: (readonly WindowSummary[])[] = [];
  while (drawn.length < needed) {
    const start = Math.floor(random() * all.length);
    for (let next = 0; next < drawnTogether && drawn.length < needed; next += 1) {
      drawn.push(all[(start + next) % all.length] ?? []);
    }
  }
  const windows = drawn.flat();
  const chunk = recorded.chunks[Math.floor(random() * recorded.chunks.length)];
  const answers = windows.reduce((sum, window) => sum + window.answers, 0);
  return {
    windows,
    outcomes: [chunk?.outcomes[0] ?? {}, chunk?.outcomes[other] ?? {}],
    floor: chunk?.windows.find(({ side }) => side === floorSide),
    requests: answers,
    iterations: answers,
    dropped: chunk?.dropped ?? 0,
    generatorCpu: chunk?.generatorCpu ?? null,
    exitCode: chunk?.exitCode ?? null,
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

/** Numbers from 0 to 1 (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
