import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { Row } from '../row.ts';
import { payload } from './rows.ts';

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
  measure: async ({ quick, signal, folder }) => {
    const million = quick ? 500_000 : 1_000_000;
    const peakOf = async (count: number): Promise<number> => {
      await using file = await open(join(folder, 'rows.ndjson'), 'w');
      return (await payload(count, { signal }, file.fd)).peakMb;
    };
    // V8 enlarges the space for new objects up to a limit, which half of the rows reach.
    const [half, all] = [await peakOf(million / 2), await peakOf(million)];
    const note = quick ? { note: `${million} rows in place of 1,000,000 (--quick)` } : {};
    return [
      { samples: [{ ours: all, peer: null }], ...note },
      { samples: [{ ours: all, peer: half }], ...note },
    ];
  },
};
