import { setImmediate as nextTurn } from 'node:timers/promises';
import { foreignKeyPem } from '../../generators/tokens.ts';
import { declareAll } from '../../spec/dialect.ts';
import type { Dialect } from '../../spec/pure-bt/dialect.ts';
import { defaultDialect } from '../../spec/pure-bt/dialect.ts';
import { generateTokenKey } from '../../spec/pure-bt/reference/token.ts';
import type { ConformingServer } from '../pure-bt/mutants/readings/draw.ts';
import { describeServer, dialectOf, differenceOf, shrink } from '../pure-bt/mutants/readings/draw.ts';
import type { Case } from '../run/case.ts';
import { casesUnder } from '../run/case.ts';
import type { CaseResult } from '../run/outcome.ts';
import { runContract } from '../run/run.ts';
import type { InProcessTarget, SharedKeys } from './in-process.ts';
import { openInProcess } from './in-process.ts';
import type { CaseId, Mutant, Variant } from './mutant.ts';

/** What came of one mutant. A crash is a mistake in the mutant and no kill. */
export type MutantResult = {
  readonly mutant: Mutant;
  readonly outcome: 'killed' | 'survived' | 'crashed';
  /** Those of the cases it names that failed. */
  readonly killedBy: readonly CaseId[];
  /** How those ended that did not. */
  readonly missed: readonly { readonly id: CaseId; readonly ended: string }[];
};

/** What came of one conforming variant. */
export type VariantResult = {
  readonly variant: Variant;
  /** The cases that failed, or ended in an error, under any of its dialects. */
  readonly alarms: readonly { readonly id: CaseId; readonly reason: string }[];
};

/** Where servers are run: what they share, and the suite that is measured. */
export type Lab = {
  readonly keys: SharedKeys;
  readonly cases: readonly Case[];
  readonly seed: number;
  readonly signal: AbortSignal;
};

/** Arbitrary requests of each property: as many as a gate tries, and fewer where all cases are run many times. */
const runs = { mutant: 25, variant: 8 };
/** How often a mutant is measured that only its time gives away: a busy machine hides 8 ms most of the time. */
const timings = 40;
/** Shorter than the platform's own: these tokens leave the process with nobody, and each state signs one. */
const keyBits = 1024;

/** Makes a lab; the RSA keys take a tenth of a second. */
export async function openLab({ cases, seed = 42, signal = new AbortController().signal }: LabOptions): Promise<Lab> {
  const [tokenKey, foreignKey] = await Promise.all([generateTokenKey(keyBits), foreignKeyPem()]);
  return { keys: { tokenKey, foreignKeyPem: foreignKey }, cases, seed, signal };
}

/** The suite to be measured. */
export type LabOptions = {
  readonly cases: readonly Case[];
  readonly seed?: number;
  readonly signal?: AbortSignal;
};

/** Runs a mutant against the cases it names. */
export async function runMutant(mutant: Mutant, lab: Lab): Promise<MutantResult> {
  const isTimed = needsQuiet(mutant, lab.cases);
  let result = await runMutantOnce(mutant, lab);
  for (let again = 1; isTimed && again < timings && result.outcome === 'survived'; again += 1) {
    result = await runMutantOnce(mutant, lab);
  }
  return result;
}

/** Whether a mutant is seen by its time alone, so that nothing else may be under way. */
export function needsQuiet(mutant: Mutant, cases: readonly Case[]): boolean {
  return namedCases(mutant, cases).some(({ alone }) => alone === true);
}

/** Runs a conforming variant against every case, under each of its dialects. */
export async function runVariant(variant: Variant, lab: Lab): Promise<VariantResult> {
  const alarms = new Map<CaseId, string>();
  for (const changed of variant.dialects ?? [{}]) {
    await using target = await openInProcess(variant, lab.keys);
    const results = await resultsOn(target, lab, { ...defaultDialect, ...changed }, runs.variant);
    for (const { case: tested, outcome, reason } of results) {
      if (outcome === 'failed' || outcome === 'error') alarms.set(tested.id, reason ?? outcome);
    }
    const crash = target.crash();
    if (crash !== undefined) alarms.set('(crash)', String(crash));
  }
  return { variant, alarms: [...alarms].map(([id, reason]) => ({ id, reason })) };
}

/** What came of a random conforming server. */
export type ServerResult = {
  readonly at: number;
  readonly alarms: readonly Alarm[];
};

/** A case that fails on a server that is right, and the least of the server that makes it fail. */
export type Alarm = { readonly id: CaseId; readonly reason: string; readonly because: string };

/** Cases that are shrunk for one server; the others are named alone. */
const mostShrunk = 3;

/** Runs a random conforming server against every case, and shrinks the first alarms to the reading that matters. */
export async function runServer(server: ConformingServer, lab: Lab): Promise<ServerResult> {
  const found = await alarmsOf(server, lab);
  const alarms: Alarm[] = [];
  for (const [index, { id, reason }] of found.entries()) {
    const tested = lab.cases.filter((one) => one.id === id);
    const fails = async (smaller: ConformingServer): Promise<boolean> =>
      (await alarmsOf(smaller, { ...lab, cases: tested })).length > 0;
    const least = index < mostShrunk && tested.length > 0 ? await shrink(server, fails) : server;
    alarms.push({ id, reason, because: index < mostShrunk ? describeServer(least) : '' });
  }
  return { at: server.at, alarms };
}

async function alarmsOf(server: ConformingServer, lab: Lab): Promise<readonly { id: CaseId; reason: string }[]> {
  await using target = await openInProcess(differenceOf(server), lab.keys);
  const results = await resultsOn(target, lab, dialectOf(server), runs.variant);
  const crash = target.crash();
  if (crash !== undefined) return [{ id: '(crash)', reason: String(crash) }];
  return results.flatMap(({ case: { id }, outcome, reason }) =>
    outcome === 'failed' || outcome === 'error' ? [{ id, reason: reason ?? outcome }] : [],
  );
}

async function runMutantOnce(mutant: Mutant, lab: Lab): Promise<MutantResult> {
  await using target = await openInProcess(mutant, lab.keys);
  const named = { ...lab, cases: namedCases(mutant, lab.cases) };
  // As a team runs it that has declared its formats: what is only a reading would not fail.
  const results = await resultsOn(target, named, declareAll(defaultDialect), runs.mutant);
  const crash = target.crash();
  const failed = crash === undefined ? results.filter(({ outcome }) => outcome === 'failed') : [];
  const missed = mutant.killedBy
    .filter((id) => !failed.some((result) => result.case.id === id))
    .map((id) => ({ id, ended: crash === undefined ? endOf(id, results) : `crashed: ${String(crash)}` }));
  const otherwise = crash === undefined ? 'survived' : 'crashed';
  const killedBy = failed.map((result) => result.case.id);
  return { mutant, outcome: killedBy.length > 0 ? 'killed' : otherwise, killedBy, missed };
}

async function resultsOn(
  target: InProcessTarget,
  { cases, seed, signal }: Lab,
  dialect: Dialect,
  requests: number,
): Promise<readonly CaseResult[]> {
  // Nothing else gives way to an interruption: a run without sockets never waits.
  await nextTurn();
  // Nothing of it is written, so nothing has to be masked.
  const run = await runContract({
    target,
    cases: casesUnder(dialect, cases),
    dialect,
    seed,
    signal,
    runs: requests,
    showSecrets: true,
  });
  return run.results;
}

function namedCases({ killedBy }: Mutant, cases: readonly Case[]): readonly Case[] {
  return cases.filter(({ id }) => killedBy.includes(id));
}

function endOf(id: CaseId, results: readonly CaseResult[]): string {
  const result = results.find((ended) => ended.case.id === id);
  if (result === undefined) return 'there is no such case';
  return result.reason === undefined ? result.outcome : `${result.outcome}: ${result.reason}`;
}
