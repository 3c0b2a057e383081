import type { Mutant, Variant } from './mutant.ts';
import type { LabOptions, MutantResult, VariantResult } from './run.ts';
import { needsQuiet, openLab, runMutant, runVariant } from './run.ts';

/** What is measured, and how. */
export type DetectOptions = LabOptions & {
  readonly mutants: readonly Mutant[];
  readonly variants: readonly Variant[];
  /** Runs variants elsewhere at the same time; half of them are given to it. */
  readonly elsewhere?: Elsewhere;
  /** Called after each server. */
  readonly onResult?: (id: string, done: number, total: number) => void;
};

/** A second place for variants: reports each when it is done, and ends early when it is interrupted. */
export type Elsewhere = (
  variants: readonly Variant[],
  onResult: (result: VariantResult) => void,
  signal: AbortSignal,
) => Promise<void>;

/** How much a suite sees, and how much it sees that is not there. Results stand in the order of the lists. */
export type Detection = {
  readonly mutants: readonly MutantResult[];
  readonly variants: readonly VariantResult[];
  readonly durationMs: number;
  readonly interrupted: boolean;
};

/** Mutants under way at once: some wait on purpose. */
const atOnce = 8;

/** Runs each mutant against the cases it names and each variant against all; what only a time tells runs alone, last. */
export async function detect(options: DetectOptions): Promise<Detection> {
  const { mutants, variants, cases, elsewhere, onResult, signal = new AbortController().signal } = options;
  const started = performance.now();
  const lab = await openLab({ ...options, signal });
  const measured = new Map<Mutant, MutantResult>();
  const judged = new Map<Variant, VariantResult>();
  const tell = (id: string): void => onResult?.(id, measured.size + judged.size, mutants.length + variants.length);
  const measure = async (mutant: Mutant): Promise<void> => {
    const result = await runMutant(mutant, lab);
    // Cut off in the middle, it says nothing.
    if (signal.aborted) return;
    measured.set(mutant, result);
    tell(mutant.id);
  };
  const judge = (result: VariantResult): void => {
    judged.set(result.variant, result);
    tell(result.variant.id);
  };

  const quiet = mutants.filter((mutant) => needsQuiet(mutant, cases));
  const there = elsewhere === undefined ? [] : variants.filter((_, at) => at % 2 === 1);
  const runHere = async (): Promise<void> => {
    const others = mutants.filter((mutant) => !quiet.includes(mutant));
    await each(others, atOnce, signal, measure);
    const here = variants.filter((variant) => !there.includes(variant));
    await each(here, 1, signal, async (variant) => {
      const result = await runVariant(variant, lab);
      if (!signal.aborted) judge(result);
    });
  };
  await Promise.all([elsewhere?.(there, judge, signal), runHere()]);
  await each(quiet, 1, signal, measure);

  return {
    mutants: mutants.flatMap((mutant) => measured.get(mutant) ?? []),
    variants: variants.flatMap((variant) => judged.get(variant) ?? []),
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
