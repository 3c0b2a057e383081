import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { defaultRuns } from '../../../contract/run/run-contract.ts';
import { contractPage } from '../../../spec/document/testing/contract-page.ts';
import { type Bench, inTurn, type Line, type Measured, pairs, type Row } from '../row.ts';
import { type Ran, runBindgate, startReferenceProcess } from '../run-process.ts';
import { untimedMutants } from '../sampled-servers.ts';
import { payload } from './rows.ts';
import { verify } from './verify.ts';

/** A job of two sizes. The CPU time of the larger one is divided by how many times larger it is. */
type Job = {
  readonly part: string;
  readonly what: string;
  /** The larger size, as a multiple of the smaller one. */
  readonly times: number;
  readonly run: (times: number, bench: Bench, server: { readonly url: string }) => Promise<Ran>;
};

const pageRows = 300;

const jobs: readonly Job[] = [
  {
    part: 'rows',
    what: '`payload --count`, 10 times as many rows',
    times: 10,
    run: (times, bench) => payload((bench.quick ? 10_000 : 50_000) * times, bench),
  },
  ...[10, 100].map(
    (times): Job => ({
      part: `runs × ${times}`,
      what: `the properties of \`verify\`, \`--runs\` ${times} times as many`,
      times,
      run: (by, bench, server) => verify(server, bench, ['--only', 'property/*', '--runs', String(defaultRuns * by)]),
    }),
  ),
  { part: 'page', what: '`spec diff`, 10 times as many rows of a page', times: 10, run: diff },
  { part: 'mutants', what: '`mutants`, twice as many', times: 2, run: mutants },
];

/** Whether time and memory grow with the size and no faster. */
export const growthRow: Row = {
  id: 'growth',
  lines: jobs.flatMap(({ part, what }): readonly Line[] => [
    { part, what: `${what}: CPU time for a like share`, nextTo: 'the smaller job', unit: 'ms', goal: { atMost: 1.1 } },
    {
      part: `${part}, memory`,
      what: `${what}: peak memory`,
      nextTo: 'the smaller job',
      unit: 'MB',
      goal: { atMost: 1.5 },
    },
  ]),
  measure: async (bench) => {
    await using server = await startReferenceProcess(bench.signal);
    const all: Measured[] = [];
    for (const { part, times, run } of jobs) {
      // A hundred times as many runs take minutes.
      const left = bench.quick && times === 100 ? 'left out with --quick' : undefined;
      bench.say(`growth ${part} …`);
      all.push(
        ...(left === undefined
          ? await grow(times, (by) => run(by, bench, server), bench)
          : [left, left].map((note) => ({ samples: [], note }))),
      );
    }
    return all;
  },
};

async function grow(
  times: number,
  run: (times: number) => Promise<Ran>,
  { quick, signal }: Bench,
): Promise<readonly Measured[]> {
  const { large, small } = await inTurn(
    quick || times === 100 ? 1 : 3,
    { small: () => run(1), large: () => run(times) },
    signal,
  );
  const unit = (runs: readonly Ran[], size: number): readonly number[] =>
    runs.map(({ cpuSeconds }) => (cpuSeconds * 1000) / size);
  const memory = (runs: readonly Ran[]): readonly number[] => runs.map(({ peakMb }) => peakMb);
  return [{ samples: pairs(unit(large, times), unit(small, 1)) }, { samples: pairs(memory(large), memory(small)) }];
}

/** Compares a page with many status codes with its next version, which renames every tenth of them. */
async function diff(times: number, bench: Bench): Promise<Ran> {
  const page = (version: string): string => {
    const rows = Array.from(
      { length: pageRows * times },
      (_, at) => `| ${10_000 + at} | Refusal ${at}${at % 10 === 0 ? version : ''} |  |`,
    );
    return contractPage().replace('| 200 |', `${rows.join('\n')}\n| 200 |`);
  };
  const files = ['before', 'after'].map((name) => join(bench.folder, `${name}.md`));
  for (const file of files) await writeFile(file, page(file === files[0] ? '' : ' now'));
  return runBindgate(['spec', 'diff', ...files, '--fail-on', 'never', '--json'], bench);
}

function mutants(times: number, bench: Bench): Promise<Ran> {
  const ids = untimedMutants().slice(0, (bench.quick ? 40 : 120) * times);
  return runBindgate(['mutants', '--only', ...ids], bench);
}
