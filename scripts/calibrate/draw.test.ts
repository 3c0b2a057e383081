import { mkdtempDisposable, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { seededRandom } from '../../generators/random.ts';
import type { WindowSummary } from '../../load/compare/record.ts';
import { defaultSettings } from '../../load/compare/results.ts';
import { drawComparisons } from './draw.ts';
import {
  blockWindows,
  type Chunk,
  chunkOrder,
  conditions,
  floorSide,
  leadingWindows,
  type Recorded,
} from './record.ts';
import { tallyTable } from './tally.ts';

const random = seededRandom(5, 'draw test');
const quick = { ...defaultSettings, resamples: 400 };

/** Windows with the delays of the conditions and 1 % noise; the null server answers in 0.3 ms. */
function chunk(firstBlock: number, dropped = 0): Chunk {
  const windows = chunkOrder(firstBlock, 15).map((side, index): WindowSummary => {
    const ms =
      side === floorSide ? 0.3 : 5 * (1 + (conditions[side]?.slower ?? 0)) * (0.99 + 0.02 * random.number.float());
    return { side, answers: index === 40 ? 350 - dropped : 350, p50: ms, p95: ms * 1.5, p99: ms * 2, rate: 200 };
  });
  return {
    windows,
    outcomes: [...conditions, 'floor'].map(() => ({ 200: 12_400 })),
    requests: 50_000,
    iterations: 50_000,
    dropped,
    generatorCpu: 0.2,
    exitCode: 0,
    said: '',
    interrupted: false,
    startedAt: '2026-01-01T00:00:00Z',
    loadAverage: 0.5,
  };
}

test('decides comparisons drawn from known windows correctly', async () => {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'bindgate-draw-'));
  const file = join(folder.path, 'windows.json');
  const recorded: Recorded = {
    schema: 'bindgate.calibration/1',
    rate: 200,
    windowSeconds: 2,
    medianMs: 5,
    spread: 0.25,
    machine: { cpu: 'any', cores: 2, node: 'v26', k6: '2.2.0' },
    chunks: [chunk(0), chunk(15), chunk(30, 7)],
  };
  await writeFile(file, JSON.stringify(recorded));
  const { about, tallies } = await drawComparisons(file, 20, quick);
  expect(about).toMatch(/^90 windows of 2 s for each condition at 200\/s.*44 of 45 blocks without a drop are used$/);
  expect(tallies.map(({ 'A against': condition, FAIL, PASS }) => [condition, FAIL, PASS])).toEqual([
    ["A'", 0, 20],
    ['B5', 20, 0],
    ['B10', 20, 0],
    ["A' exchanged", 0, 20],
  ]);
  expect(tallyTable(tallies).split('\n')[3]).toMatch(/^\| B5 \| 20 \| 20 \| 0 \| 0 \| 0 \| 20 \| \d+ \| 0 \| 0 \|$/);
});

const blocks = Array.from({ length: 16 }, (_, block) =>
  chunkOrder(0, 16).slice(leadingWindows + block * blockWindows, leadingWindows + (block + 1) * blockWindows),
);

test('begins a chunk with every condition and the noise floor', () => {
  expect(chunkOrder(3, 2).slice(0, leadingWindows)).toEqual([...conditions.keys(), floorSide]);
  expect(chunkOrder(3, 2)).toHaveLength(leadingWindows + 2 * blockWindows);
});

test('pairs any two conditions as ABBA or BAAB in every block', () => {
  for (const other of [1, 2, 3]) {
    const met = blocks.map((block) => block.filter((side) => side === 0 || side === other).join(''));
    expect(new Set(met)).toEqual(new Set([`0${other}${other}0`, `${other}00${other}`]));
    expect(met.filter((order) => order.startsWith('0'))).toHaveLength(met.length / 2);
  }
});

test('continues the order of the chunk before', () => {
  expect(chunkOrder(2, 2).slice(leadingWindows)).toEqual(blocks.slice(2, 4).flat());
});
