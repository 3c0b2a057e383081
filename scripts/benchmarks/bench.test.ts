import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import schema from './bench.schema.json' with { type: 'json' };
import { benchNotes, benchTable, fillPage } from './pages.ts';
import { type Bench, inTurn, judgeLine, type Line, pairs, type Row, Unmeasured } from './row.ts';
import { runRows, selectRows } from './run-rows.ts';

const line: Line = { what: 'rows', nextTo: 'a loop', unit: '/s', goal: { atLeast: 0.5 } };
const never = new AbortController().signal;

test('judges the median of the ratios, not the ratio of the medians', () => {
  // The machine became ten times slower after the first pair; no single pair says so.
  const samples = pairs([60, 6, 7], [100, 10, 10]);
  expect(judgeLine('rows', line, { samples })).toMatchObject({
    ours: 7,
    peer: 10,
    ratio: 0.6,
    spread: [0.6, 0.7],
    goal: '>= 0.5',
    met: true,
    samples: 3,
  });
});

test('a goal without a peer is for the median itself', () => {
  const memory: Line = { what: 'memory', unit: 'MB', goal: { atMost: 200 } };
  const samples = [230, 190, 210].map((ours) => ({ ours, peer: null }));
  expect(judgeLine('memory', memory, { samples })).toMatchObject({
    ours: 210,
    ratio: null,
    spread: [190, 230],
    met: false,
  });
});

test('knows nothing without samples, and without the peer', () => {
  const nothing = { ratio: null, met: null, spread: null };
  expect(judgeLine('rows', line, { samples: [] })).toMatchObject({ ...nothing, ours: null });
  expect(judgeLine('rows', line, { samples: [{ ours: 5, peer: null }] })).toMatchObject({ ...nothing, ours: 5 });
});

test('a peer that found nothing has no ratio, but the goal is met', () => {
  const faults: Line = { ...line, unit: 'faults', goal: { atLeast: 2 } };
  expect(judgeLine('detection', faults, { samples: pairs([9], [0]) })).toMatchObject({
    ratio: null,
    spread: null,
    met: true,
  });
  expect(judgeLine('detection', faults, { samples: pairs([0], [0]) })).toMatchObject({ ratio: null, met: null });
});

test('runs the arms in turn, in the opposite order every second time', async () => {
  const order: string[] = [];
  const arm = (name: string) => async (): Promise<number> => order.push(name);
  expect(await inTurn(3, { a: arm('a'), b: arm('b') }, never)).toEqual({ a: [1, 4, 5], b: [2, 3, 6] });
  expect(order.join('')).toBe('abbaab');
});

test('selects rows by id, in the order of the table', () => {
  const rows = ['a', 'b', 'c'].map((id) => rowOf(id, async () => []));
  expect(selectRows(rows, ['c', 'a']).map(({ id }) => id)).toEqual(['a', 'c']);
  expect(selectRows(rows, [])).toHaveLength(3);
  expect(() => selectRows(rows, ['memory'])).toThrow('no row is called "memory"; there are a, b, c');
});

test('a row that cannot be measured says why, and the others still run', async () => {
  const interrupted = new AbortController();
  const file = await runRows(
    [
      rowOf('peer', async () => {
        throw new Unmeasured('the peer is not installed');
      }),
      rowOf('port', async () => {
        throw new Error('port 4010 is in use');
      }),
      { ...rowOf('cores', async () => [{ samples: pairs([3], [4]) }]), cores: 5_000 },
      rowOf('good', async () => [{ samples: pairs([3], [4]) }]),
      rowOf('stopped', async ({ signal }) => {
        interrupted.abort();
        await inTurn(1, { a: async () => 1 }, signal);
        return [];
      }),
      rowOf('late', async () => [{ samples: pairs([3], [4]) }]),
    ],
    { quick: true, signal: interrupted.signal, say: () => undefined },
  );
  expect(file.rows.map(({ id, ratio, met, note }) => [id, ratio, met, note])).toEqual([
    ['peer', null, null, 'the peer is not installed'],
    ['port', null, null, 'failed: port 4010 is in use'],
    ['cores', null, null, `needs 5000 cores; this process may use ${availableParallelism()}`],
    ['good', 0.75, true, undefined],
    ['stopped', null, null, 'interrupted'],
    ['late', null, null, 'interrupted'],
  ]);
  const validate = new Ajv2020({ allowUnionTypes: true }).compile(schema);
  expect(validate(JSON.parse(JSON.stringify(file))), JSON.stringify(validate.errors)).toBe(true);
  expect(benchNotes(file)[1]).toBe('port: failed: port 4010 is in use');
  expect(benchTable(file).split('\n')[5]?.replace(/ +/g, ' ')).toBe(
    '| good | rows | 3 /s | 4: a loop | 0.75 | 0.75–0.75 | >= 0.5 | met |',
  );
});

function rowOf(id: string, measure: (bench: Bench) => ReturnType<Row['measure']>): Row {
  return { id, lines: [line], measure };
}

test('writes results between the markers of a page, and nothing else', () => {
  const page = 'before\n\n<!-- bench -->\n\nold\n\n<!-- end of bench -->\n\nafter\n';
  const filled = fillPage(page, 'new');
  expect(filled).toBe(page.replace('old', 'new'));
  expect(fillPage(filled, 'new')).toBe(filled);
  expect(() => fillPage('a page', 'new')).toThrow('has no place');
});

test.each(['docs/benchmarks.md', 'README.md'])('%s has a place for the results', (name) => {
  const page = readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');
  expect(fillPage(page, 'new')).toContain('<!-- bench -->\n\nnew\n\n<!-- end of bench -->');
});
