import type { Alarm, MutantsFile } from '../mutants.generated.ts';
import { eachAtOnce } from '../run/each-at-once.ts';
import type { Mutant, MutantSet } from './mutant.ts';
import { type MutantResult, needsQuiet, type RightResult, runMutant, runRight } from './run-mutant.ts';
import { runInThread } from './thread.ts';

/** How much a suite detects, and how many false alarms it raises. Results are in the order of the set. */
export type Detection = {
  readonly mutants: readonly MutantResult[];
  /** Variants, then random conforming servers. */
  readonly right: readonly RightResult[];
  readonly seed: number;
  readonly durationMs: number;
  readonly interrupted: boolean;
};

/** Every false alarm, with its server. */
export function alarmsIn({ right }: Detection): readonly (Alarm & Pick<RightResult, 'server'>)[] {
  return right.flatMap(({ server, alarms }) => alarms.map((alarm) => ({ server, ...alarm })));
}

/** The number of concurrent mutants. Some of them wait on purpose. */
const atOnce = 8;

/** Runs each mutant against its named cases, and each conforming server against all. Mutants that only times detect run alone, last. */
export async function detect(
  set: MutantSet,
  options: {
    /** How many random conforming servers to draw from the seed. */
    readonly readings?: number;
    readonly seed?: number;
    readonly signal?: AbortSignal;
    /** Runs half of the conforming servers in another thread, because a run of all cases keeps a core busy. */
    readonly inThread?: boolean;
    /** Called after each server. */
    readonly onResult?: (id: string, done: number, total: number) => void;
  } = {},
): Promise<Detection> {
  const { readings = 0, seed = 42, signal = new AbortController().signal, inThread = false, onResult } = options;
  const started = performance.now();
  const lab = { set, seed, signal };
  const right: readonly RightResult['server'][] = [...set.variants.map(({ id }) => id), ...new Array(readings).keys()];
  const measured = new Map<Mutant, MutantResult>();
  const judged = new Map<RightResult['server'], RightResult>();
  const reportProgress = (id: string): void =>
    onResult?.(id, measured.size + judged.size, set.mutants.length + right.length);
  const measure = async (mutant: Mutant): Promise<void> => {
    const result = await runMutant(mutant, lab);
    // An interrupted result means nothing.
    if (signal.aborted) return;
    measured.set(mutant, result);
    reportProgress(mutant.id);
  };
  const judge = (result: RightResult): void => {
    judged.set(result.server, result);
    reportProgress(typeof result.server === 'number' ? `random server ${result.server}` : result.server);
  };

  const [quiet, others] = [true, false].map((isQuiet) =>
    set.mutants.filter((mutant) => needsQuiet(mutant, set) === isQuiet),
  );
  const isForThread = (at: number): boolean => inThread && at % 2 === 1;
  const forThread = right.filter((_, at) => isForThread(at));
  const runHere = async (): Promise<void> => {
    await eachAtOnce(others ?? [], atOnce, signal, measure);
    await eachAtOnce(
      right.filter((_, at) => !isForThread(at)),
      1,
      signal,
      async (server) => {
        const result = await runRight(server, lab);
        if (!signal.aborted) judge(result);
      },
    );
  };
  await Promise.all([runInThread({ module: set.module, servers: forThread, seed }, signal, judge), runHere()]);
  await eachAtOnce(quiet ?? [], 1, signal, measure);

  return {
    mutants: set.mutants.flatMap((mutant) => measured.get(mutant) ?? []),
    right: right.flatMap((server) => judged.get(server) ?? []),
    seed,
    durationMs: performance.now() - started,
    interrupted: signal.aborted,
  };
}

/** Makes the results of a measurement, ready to be written. */
export function mutantsFile({ mutants, right, seed, interrupted }: Detection): MutantsFile {
  const drawn = right.flatMap(({ server, alarms }) => (typeof server === 'number' ? [{ server, alarms }] : []));
  const file: MutantsFile = {
    schema: 'bindgate.mutants/1',
    total: mutants.length,
    killed: mutants.filter(({ outcome }) => outcome === 'killed').length,
    survived: mutants.filter(({ outcome }) => outcome !== 'killed').map(({ mutant }) => mutant.id),
    falseAlarms: right.filter(({ alarms }) => alarms.length > 0).length,
    interrupted,
    mutants: mutants.map(({ mutant: { id, breaks }, outcome, killedBy }) => ({ id, breaks, outcome, killedBy })),
    variants: right.flatMap(({ server, alarms }) =>
      typeof server === 'string' ? [{ id: server, alarms: alarms.map(({ id }) => id) }] : [],
    ),
  };
  if (drawn.length === 0) return file;
  return { ...file, readings: { total: drawn.length, seed, alarms: drawn.filter(({ alarms }) => alarms.length > 0) } };
}
