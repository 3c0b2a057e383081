import { setImmediate as nextTurn } from 'node:timers/promises';
import { foreignKeyPem } from '../../generators/tokens.ts';
import type { Dialect } from '../../spec/dialect.ts';
import { defaultDialect } from '../../spec/dialect.ts';
import { generateTokenKey } from '../../spec/reference/token.ts';
import type { Case } from '../case.ts';
import type { CaseResult } from '../outcome.ts';
import type { Run } from '../run.ts';
import { runContract } from '../run.ts';
import type { SharedKeys } from './in-process.ts';
import { openInProcess } from './in-process.ts';
import type { CaseId, Mutant, Variant } from './mutant.ts';

/** What came of one mutant. A crash is a mistake in the mutant and no kill. */
export type MutantResult = {
  readonly mutant: Mutant;
  readonly outcome: 'killed' | 'survived' | 'crashed';
  /** Those of the cases it names that failed. */
  readonly killedBy: readonly CaseId[];
  /** How the cases ended that did not fail. */
  readonly missed: readonly { readonly id: CaseId; readonly ended: string }[];
};

/** What came of one conforming variant. */
export type VariantResult = {
  readonly variant: Variant;
  /** The cases that failed, or ended in an error, under any of its dialects. */
  readonly alarms: readonly { readonly id: CaseId; readonly reason: string }[];
};

/** What is measured, and how. */
export type DetectionOptions = {
  readonly mutants: readonly Mutant[];
  readonly variants: readonly Variant[];
  readonly cases: readonly Case[];
  readonly seed?: number;
  readonly signal?: AbortSignal;
  /** Called after each server. */
  readonly onResult?: (id: string, done: number, total: number) => void;
};

/** How much a suite sees, and how much it sees that is not there. Results stand in the order of the lists. */
export type Detection = {
  readonly mutants: readonly MutantResult[];
  readonly variants: readonly VariantResult[];
  readonly durationMs: number;
  readonly interrupted: boolean;
};

/** Mutants under way at once: some wait on purpose. */
const atOnce = 8;
/** Arbitrary requests of each property: as many as a gate tries, and fewer where all cases are run many times. */
const runs = { mutant: 25, variant: 8 };
/** How often a mutant is measured that only its time gives away: a busy machine hides 8 ms. */
const timings = 3;
/** Shorter than the platform's own, since these tokens leave the process with nobody; signing them is half the work. */
const keyBits = 1024;

/** Runs each mutant against the cases it names, and then each variant against all. */
export async function runDetection(options: DetectionOptions): Promise<Detection> {
  const { mutants, variants, cases, signal = new AbortController().signal, onResult, seed = 42 } = options;
  const started = performance.now();
  const keys: SharedKeys = { tokenKey: await generateTokenKey(keyBits), foreignKeyPem: await foreignKeyPem() };
  const lab: Lab = { keys, cases, signal, seed };
  const killed = new Map<Mutant, MutantResult>();
  const judged = new Map<Variant, VariantResult>();
  const tell = (id: string): void => onResult?.(id, killed.size + judged.size, mutants.length + variants.length);

  const measure = async (mutant: Mutant): Promise<void> => {
    const result = await runMutant(mutant, lab);
    if (signal.aborted) return;
    killed.set(mutant, result);
    tell(mutant.id);
  };
  const timed = mutants.filter((mutant) => namedCases(mutant, cases).some(({ alone }) => alone === true));
  const queue = mutants.filter((mutant) => !timed.includes(mutant));
  const worker = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined && !signal.aborted; next = queue.shift()) await measure(next);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  for (const variant of variants) {
    // A turn for the interruption: nothing else gives way in a run without sockets.
    await nextTurn();
    if (signal.aborted) break;
    const result = await runVariant(variant, lab);
    if (signal.aborted) break;
    judged.set(variant, result);
    tell(variant.id);
  }
  for (const mutant of timed) if (!signal.aborted) await measure(mutant);

  return {
    mutants: mutants.flatMap((mutant) => killed.get(mutant) ?? []),
    variants: variants.flatMap((variant) => judged.get(variant) ?? []),
    durationMs: performance.now() - started,
    interrupted: signal.aborted,
  };
}

type Lab = {
  readonly keys: SharedKeys;
  readonly cases: readonly Case[];
  readonly signal: AbortSignal;
  readonly seed: number;
};

async function runMutant(mutant: Mutant, lab: Lab): Promise<MutantResult> {
  const named = namedCases(mutant, lab.cases);
  const isTimed = named.some(({ alone }) => alone === true);
  let result = await runMutantOnce(mutant, named, lab);
  for (let again = 1; isTimed && again < timings && result.outcome === 'survived'; again += 1) {
    result = await runMutantOnce(mutant, named, lab);
  }
  return result;
}

async function runMutantOnce(mutant: Mutant, named: readonly Case[], lab: Lab): Promise<MutantResult> {
  await using target = await openInProcess(mutant, lab.keys);
  const { results } = await contractOf(
    target,
    { ...lab, cases: named },
    { dialect: defaultDialect, runs: runs.mutant },
  );
  const crash = target.crash();
  const failed = crash === undefined ? results.filter(({ outcome }) => outcome === 'failed') : [];
  const missed = mutant.killedBy
    .filter((id) => !failed.some((result) => result.case.id === id))
    .map((id) => ({ id, ended: crash === undefined ? endOf(id, results) : `crashed: ${String(crash)}` }));
  const survived = crash === undefined ? 'survived' : 'crashed';
  return {
    mutant,
    outcome: failed.length > 0 ? 'killed' : survived,
    killedBy: failed.map((result) => result.case.id),
    missed,
  };
}

async function runVariant(variant: Variant, lab: Lab): Promise<VariantResult> {
  const alarms = new Map<CaseId, string>();
  for (const changed of variant.dialects ?? [{}]) {
    await using target = await openInProcess(variant, lab.keys);
    const { results } = await contractOf(target, lab, {
      dialect: { ...defaultDialect, ...changed },
      runs: runs.variant,
    });
    for (const { case: tested, outcome, reason } of results) {
      if (outcome === 'failed' || outcome === 'error') alarms.set(tested.id, reason ?? outcome);
    }
    const crash = target.crash();
    if (crash !== undefined) alarms.set('(crash)', String(crash));
  }
  return { variant, alarms: [...alarms].map(([id, reason]) => ({ id, reason })) };
}

function contractOf(
  target: Parameters<typeof runContract>[0]['target'],
  { cases, seed, signal }: Lab,
  more: { readonly dialect: Dialect; readonly runs: number },
): Promise<Run> {
  // Nothing of it is written, so nothing has to be masked.
  return runContract({ target, cases, seed, signal, showSecrets: true, ...more });
}

function namedCases({ killedBy }: Mutant, cases: readonly Case[]): readonly Case[] {
  return cases.filter(({ id }) => killedBy.includes(id));
}

function endOf(id: CaseId, results: readonly CaseResult[]): string {
  const result = results.find((ended) => ended.case.id === id);
  if (result === undefined) return 'no such case';
  return result.reason === undefined ? result.outcome : `${result.outcome}: ${result.reason}`;
}
