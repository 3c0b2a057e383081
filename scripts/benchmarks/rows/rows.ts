import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { type Bench, inTurn, pairs, type Row } from '../row.ts';
import { type Ran, runBindgate, runOwn } from '../run-process.ts';

const nextTo = 'hashing and AES of the same bytes with node:crypto, in a loop';

/** How many correct signed, encrypted requests one core makes. */
export const rowsRow: Row = {
  id: 'rows',
  lines: [
    { part: 'bulk', what: 'rows of a load made on one core', nextTo, unit: '/s', goal: { atLeast: 0.6 } },
    {
      part: 'payload',
      what: '`payload --count`, all values drawn for each row, whole process',
      nextTo,
      unit: '/s',
      goal: { atLeast: 0.35 },
    },
  ],
  measure: async (bench) => {
    const { quick, signal } = bench;
    const count = quick ? 50_000 : 300_000;
    const rateOf = async (mode: string): Promise<number> =>
      (await runOwn<{ rate: number }>('make-rows.ts', [mode, quick ? '0.6' : '2'], signal)).rate;
    const made = await inTurn(
      quick ? 3 : 7,
      {
        bare: () => rateOf('bare'),
        bulk: () => rateOf('bulk'),
        payload: async () => count / (await payload(count, bench)).cpuSeconds,
      },
      signal,
    );
    return [{ samples: pairs(made.bulk, made.bare) }, { samples: pairs(made.payload, made.bare) }];
  },
};

/** The memory of a large payload file. */
export const rowsMemoryRow: Row = {
  id: 'rows-memory',
  lines: [
    { what: 'peak memory of 1,000,000 rows to a file', unit: 'MB', goal: { atMost: 200 } },
    {
      part: 'flat',
      what: 'peak memory of 1,000,000 rows',
      nextTo: 'of half of them',
      unit: 'MB',
      goal: { atMost: 1.1 },
    },
  ],
  measure: async (bench) => {
    const million = bench.quick ? 500_000 : 1_000_000;
    const peakOf = async (count: number): Promise<number> => {
      await using file = await open(join(bench.folder, 'rows.ndjson'), 'w');
      return (await payload(count, bench, file.fd)).peakMb;
    };
    // V8 enlarges the space for new objects up to a limit, which half of the rows reach.
    const [half, all] = [await peakOf(million / 2), await peakOf(million)];
    const note = bench.quick ? { note: `${million} rows in place of 1,000,000 (--quick)` } : {};
    return [
      { samples: [{ ours: all, peer: null }], ...note },
      { samples: [{ ours: all, peer: half }], ...note },
    ];
  },
};

/** Prints signed requests to a file, or nowhere. */
export function payload(count: number, bench: Bench, stdout: number | 'ignore' = 'ignore'): Promise<Ran> {
  const args = ['payload', '--format', 'ndjson', '--seed', '1', '--count', String(count)];
  return runBindgate(args, bench, { stdout });
}
