import { setImmediate as nextTurn } from 'node:timers/promises';
import { foreignKeyPem } from '../../generators/tokens.ts';
import type { Dialect } from '../../spec/dialect.ts';
import { declareAll } from '../../spec/dialect.ts';
import type { Alarm } from '../mutants.generated.ts';
import type { Case } from '../run/case.ts';
import { casesUnder } from '../run/case.ts';
import type { CaseResult } from '../run/outcome.ts';
import { runContract } from '../run/run-contract.ts';
import type { DrawnServer } from './draw.ts';
import { describeServer, drawServer, shrink } from './draw.ts';
import { openInProcess } from './in-process.ts';
import type { Difference, Mutant, MutantSet } from './mutant.ts';

/** What came of one mutant. A crash is a mistake in the mutant and no kill. */
export type MutantResult = {
  readonly mutant: Mutant;
  readonly outcome: 'killed' | 'survived' | 'crashed';
  /** Those of the cases it names that failed. */
  readonly killedBy: readonly string[];
  /** How those ended that did not. */
  readonly missed: readonly { readonly id: string; readonly ended: string }[];
};

/** A server that is right: a variant by its id, or a random server by its number. */
export type RightServer = string | number;

/** What came of a server that is right. */
export type RightResult = { readonly server: RightServer; readonly alarms: readonly Alarm[] };

/** Where servers are run: the set that is measured, and what its servers share. */
export type Lab = {
  readonly set: MutantSet;
  readonly seed: number;
  readonly signal: AbortSignal;
  readonly foreignKeyPem: string;
};

/** Arbitrary requests of each property: as many as a gate tries, and fewer where all cases are run many times. */
const runs = { mutant: 25, right: 8 };
/** How often a mutant is measured that only its time gives away: a busy machine hides 8 ms most of the time. */
const timings = 40;
/** Cases that are shrunk for one random server; the others are only named. */
const maxShrunk = 3;

/** Makes a lab; its RSA key takes a tenth of a second. */
export async function openLab(
  set: MutantSet,
  seed = 42,
  signal: AbortSignal = new AbortController().signal,
): Promise<Lab> {
  return { set, seed, signal, foreignKeyPem: await foreignKeyPem() };
}

/** Runs a mutant against the cases it names. */
export async function runMutant(mutant: Mutant, lab: Lab): Promise<MutantResult> {
  const times = needsQuiet(mutant, lab.set) ? timings : 1;
  let result = await runMutantOnce(mutant, lab);
  for (let again = 1; again < times && result.outcome === 'survived'; again += 1) {
    result = await runMutantOnce(mutant, lab);
  }
  return result;
}

/** Whether only the time of its answers gives a mutant away, so that nothing else may be under way. */
export function needsQuiet(mutant: Mutant, set: MutantSet): boolean {
  return namedCases(mutant, set).some(({ alone }) => alone === true);
}

/** Runs a server that is right against every case, and shrinks the first alarms of a random one to the reading that matters. */
export async function runRight(server: RightServer, lab: Lab): Promise<RightResult> {
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
  const found = async ({ readings, order }: DrawnServer, cases: readonly Case[]): ReturnType<typeof findAlarms> => {
    const dialect = Object.assign({}, set.defaultDialect, ...readings.map((reading) => reading.dialect));
    return findAlarms(set.buildServer(readings, order), dialect, { ...lab, set: { ...set, cases } });
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
  // As a team runs it that has declared its formats: what is only a reading would not fail.
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
  { set, seed, signal, foreignKeyPem: foreignKey }: Lab,
  dialect: Dialect,
  requests: number,
): Promise<{ readonly results: readonly CaseResult[]; readonly crash: unknown }> {
  // Nothing else gives way to an interruption: a run without sockets never waits.
  await nextTurn();
  const target = openInProcess(await set.start(server), dialect.operation, foreignKey);
  const cases = casesUnder(dialect, set.cases);
  // Nothing of it is written, so nothing has to be masked.
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
