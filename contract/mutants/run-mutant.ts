import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Dialect, declareAll } from '../../spec/dialect.ts';
import type { Alarm } from '../mutants.generated.ts';
import { type Case, casesUnder } from '../run/case.ts';
import type { CaseResult } from '../run/outcome.ts';
import { runContract } from '../run/run-contract.ts';
import { buildServer, type DrawnServer, describeServer, drawServer, shrink } from './draw.ts';
import { openInProcess } from './in-process.ts';
import type { Difference, Mutant, MutantSet } from './mutant.ts';

/** The result of one mutant. A crash is a mistake in the mutant and does not count as killed. */
export type MutantResult = {
  readonly mutant: Mutant;
  readonly outcome: 'killed' | 'survived' | 'crashed';
  /** The named cases that failed. */
  readonly killedBy: readonly string[];
  /** The named cases that did not fail, and how they ended. */
  readonly missed: readonly { readonly id: string; readonly ended: string }[];
};

/** The result of a conforming server: a variant by its id, or a random server by its number. */
export type RightResult = { readonly server: string | number; readonly alarms: readonly Alarm[] };

/** The measured set, and what its servers share. */
export type Lab = { readonly set: MutantSet; readonly seed: number; readonly signal: AbortSignal };

/** Requests of each property: as many as in a gate, and fewer for conforming servers, which run all cases. */
const runs = { mutant: 25, right: 8 };
/** How often a mutant is tried that only its times reveal: a busy machine usually hides 8 ms. */
const timings = 40;
/** So many alarms of a random server are shrunk. The others are only listed. */
const maxShrunk = 3;

/** Runs a mutant against its named cases. */
export async function runMutant(mutant: Mutant, lab: Lab): Promise<MutantResult> {
  const times = needsQuiet(mutant, lab.set) ? timings : 1;
  let result = await runMutantOnce(mutant, lab);
  for (let again = 1; again < times && result.outcome === 'survived'; again += 1) {
    result = await runMutantOnce(mutant, lab);
  }
  return result;
}

/** Whether only the times of a mutant reveal it, so that nothing else may run. */
export function needsQuiet(mutant: Mutant, set: MutantSet): boolean {
  return namedCases(mutant, set).some(({ alone }) => alone === true);
}

/** Runs a conforming server against every case. For a random server it shrinks the first alarms to the readings that cause them. */
export async function runRight(server: RightResult['server'], lab: Lab): Promise<RightResult> {
  const { set, seed } = lab;
  if (typeof server === 'number') return { server, alarms: await alarmsOfDrawn(drawServer(set, seed, server), lab) };
  const alarms = new Map<string, Alarm>();
  const { dialects = [{}], ...variant } = set.variants.find(({ id }) => id === server) ?? {};
  for (const changed of dialects) {
    const dialect = { ...set.defaultDialect, ...changed };
    for (const alarm of await findAlarms(variant, dialect, lab)) alarms.set(alarm.id, { ...alarm, because: '' });
  }
  return { server, alarms: [...alarms.values()] };
}

async function alarmsOfDrawn(drawn: DrawnServer, lab: Lab): Promise<readonly Alarm[]> {
  const { set } = lab;
  const alarms: Alarm[] = [];
  const found = async (server: DrawnServer, cases: readonly Case[]): ReturnType<typeof findAlarms> => {
    const dialect = Object.assign({}, set.defaultDialect, ...server.readings.map((reading) => reading.dialect));
    return findAlarms(buildServer(set.correct, server), dialect, { ...lab, set: { ...set, cases } });
  };
  for (const [index, alarm] of (await found(drawn, set.cases)).entries()) {
    const tested = set.cases.filter(({ id }) => id === alarm.id);
    const fails = async (smaller: DrawnServer): Promise<boolean> => (await found(smaller, tested)).length > 0;
    const least = index < maxShrunk && tested.length > 0 ? await shrink(set, drawn, fails) : drawn;
    alarms.push({ ...alarm, because: index < maxShrunk ? describeServer(set, least) : '' });
  }
  return alarms;
}

async function findAlarms(server: Difference, dialect: Dialect, lab: Lab): Promise<readonly Omit<Alarm, 'because'>[]> {
  const { results, crash } = await resultsOn(server, lab, dialect, runs.right);
  if (crash !== undefined) return [{ id: '(crash)', reason: String(crash) }];
  return results.flatMap(({ case: { id }, outcome, reason }) =>
    outcome === 'failed' || outcome === 'error' ? [{ id, reason: reason ?? outcome }] : [],
  );
}

async function runMutantOnce(mutant: Mutant, lab: Lab): Promise<MutantResult> {
  const named = { ...lab, set: { ...lab.set, cases: namedCases(mutant, lab.set) } };
  // All formats are declared, because a broken undeclared one only warns.
  const dialect = declareAll(lab.set.defaultDialect);
  const { results, crash } = await resultsOn(mutant, named, dialect, runs.mutant);
  const failed = crash === undefined ? results.filter(({ outcome }) => outcome === 'failed') : [];
  const killedBy = failed.map((result) => result.case.id);
  const missed = mutant.killedBy
    .filter((id) => !killedBy.includes(id))
    .map((id) => ({ id, ended: crash === undefined ? describeEnd(id, results) : `crashed: ${String(crash)}` }));
  const alive = crash === undefined ? 'survived' : 'crashed';
  return { mutant, outcome: killedBy.length > 0 ? 'killed' : alive, killedBy, missed };
}

async function resultsOn(
  server: Difference,
  { set, seed, signal }: Lab,
  dialect: Dialect,
  requests: number,
): Promise<{ readonly results: readonly CaseResult[]; readonly crash: unknown }> {
  // A run without sockets never waits, so this is the only chance to handle an interruption.
  await nextTurn();
  const target = await openInProcess(set, server);
  const cases = casesUnder(dialect, set.cases);
  // Nothing is written, so no mask is needed.
  const { results } = await runContract({ target, cases, dialect, seed, signal, runs: requests, showSecrets: true });
  return { results, crash: target.crash() };
}

function namedCases({ killedBy }: Mutant, { cases }: MutantSet): readonly Case[] {
  return cases.filter(({ id }) => killedBy.includes(id));
}

function describeEnd(id: string, results: readonly CaseResult[]): string {
  const result = results.find((ended) => ended.case.id === id);
  if (result === undefined) return 'there is no such case';
  return result.reason === undefined ? result.outcome : `${result.outcome}: ${result.reason}`;
}
