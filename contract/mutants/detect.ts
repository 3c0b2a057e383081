import { drawServer } from '../pure-bt/mutants/readings/draw.ts';
import type { Mutant, Variant } from './mutant.ts';
import type { LabOptions, MutantResult, ServerResult, VariantResult } from './run.ts';
import { needsQuiet, openLab, runMutant, runServer, runVariant } from './run.ts';

/** What is measured, and how. */
export type DetectOptions = LabOptions & {
  readonly mutants: readonly Mutant[];
  readonly variants: readonly Variant[];
  /** How many random conforming servers are drawn from the seed. */
  readonly readings?: number;
  /** Runs variants and random servers elsewhere at the same time; half of them are given to it. */
  readonly elsewhere?: Elsewhere;
  /** Called after each server. */
  readonly onResult?: (id: string, done: number, total: number) => void;
};

/** Servers that are right: the variants, and the random ones by their number. */
export type RightServers = { readonly variants: readonly Variant[]; readonly servers: readonly number[] };

/** A second place for servers that are right: reports each when it is done, and ends early when it is interrupted. */
export type Elsewhere = (
  right: RightServers,
  onResult: (result: VariantResult | ServerResult) => void,
  signal: AbortSignal,
) => Promise<void>;

/** How much a suite sees, and how much it sees that is not there. Results stand in the order of the lists. */
export type Detection = {
  readonly mutants: readonly MutantResult[];
  readonly variants: readonly VariantResult[];
  /** Random conforming servers, by number. */
  readonly servers: readonly ServerResult[];
  readonly seed: number;
  readonly durationMs: number;
  readonly interrupted: boolean;
};

/** Mutants under way at once: some wait on purpose. */
const atOnce = 8;

/** Runs each mutant against the cases it names and each variant against all; what only a time tells runs alone, last. */
export async function detect(options: DetectOptions): Promise<Detection> {
  const { mutants, variants, cases, elsewhere, onResult, readings = 0 } = options;
  const { seed = 42, signal = new AbortController().signal } = options;
  const started = performance.now();
  const lab = await openLab({ ...options, signal });
  const measured = new Map<Mutant, MutantResult>();
  const judged = new Map<Variant, VariantResult>();
  const drawn = new Map<number, ServerResult>();
  const total = mutants.length + variants.length + readings;
  const tell = (id: string): void => onResult?.(id, measured.size + judged.size + drawn.size, total);
  const measure = async (mutant: Mutant): Promise<void> => {
    const result = await runMutant(mutant, lab);
    // Cut off in the middle, it says nothing.
    if (signal.aborted) return;
    measured.set(mutant, result);
    tell(mutant.id);
  };
  const judge = (result: VariantResult | ServerResult): void => {
    if ('variant' in result) judged.set(result.variant, result);
    else drawn.set(result.at, result);
    tell('variant' in result ? result.variant.id : `random server ${result.at}`);
  };

  const quiet = mutants.filter((mutant) => needsQuiet(mutant, cases));
  const isThere = (at: number): boolean => elsewhere !== undefined && at % 2 === 1;
  const numbers = Array.from({ length: readings }, (_, at) => at);
  const there = { variants: variants.filter((_, at) => isThere(at)), servers: numbers.filter(isThere) };
  const runHere = async (): Promise<void> => {
    const others = mutants.filter((mutant) => !quiet.includes(mutant));
    await each(others, atOnce, signal, measure);
    const here = variants.filter((_, at) => !isThere(at));
    await each(here, 1, signal, async (variant) => {
      const result = await runVariant(variant, lab);
      if (!signal.aborted) judge(result);
    });
    await each(
      numbers.filter((at) => !isThere(at)),
      1,
      signal,
      async (at) => {
        const result = await runServer(drawServer(seed, at), lab);
        if (!signal.aborted) judge(result);
      },
    );
  };
  await Promise.all([elsewhere?.(there, judge, signal), runHere()]);
  await each(quiet, 1, signal, measure);

  return {
    mutants: mutants.flatMap((mutant) => measured.get(mutant) ?? []),
    variants: variants.flatMap((variant) => judged.get(variant) ?? []),
    servers: numbers.flatMap((at) => drawn.get(at) ?? []),
    seed,
    durationMs: performance.now() - started,
    interrupted: signal.aborted,
  };
}

/** Does something with each, some at once, until it is interrupted. */
async function each<Item>(
  items: readonly Item[],
  concurrency: number,
  signal: AbortSignal,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const queue = [...items];
  const worker = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined && !signal.aborted; next = queue.shift()) await work(next);
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
}
