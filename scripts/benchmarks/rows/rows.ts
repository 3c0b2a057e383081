import type { Bench, Row } from '../row.ts';
import { inTurn, pairs, Unmeasured } from '../row.ts';
import type { Ran } from '../run-process.ts';
import { bindgate, processFile, runNode } from '../run-process.ts';

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
    const made = await inTurn(
      quick ? 3 : 7,
      {
        bare: () => rateOf('bare', bench),
        bulk: () => rateOf('bulk', bench),
        payload: async () => count / (await payload(count, bench)).cpuSeconds,
      },
      signal,
    );
    return [{ samples: pairs(made.bulk, made.bare) }, { samples: pairs(made.payload, made.bare) }];
  },
};

async function rateOf(mode: string, { quick, signal }: Bench): Promise<number> {
  const { out, err } = await runNode([processFile('make-rows.ts'), mode, quick ? '0.6' : '2'], { signal });
  if (out === '') throw new Error(err.slice(-300));
  return (JSON.parse(out) as { rate: number }).rate;
}

/** Prints signed requests to a file, or nowhere. */
export async function payload(count: number, { signal }: Pick<Bench, 'signal'>, stdout?: number): Promise<Ran> {
  const args = [bindgate, 'payload', '--format', 'ndjson', '--seed', '1', '--count', String(count)];
  const { open } = await import('node:fs/promises');
  await using nowhere = await open('/dev/null', 'w');
  const ran = await runNode(args, { signal, stdout: stdout ?? nowhere.fd });
  if (ran.exitCode !== 0) throw new Unmeasured(`payload ended with ${ran.exitCode}: ${ran.err.slice(-200)}`);
  return ran;
}
