import { join } from 'node:path';
import { inert } from '../../contract/inert.ts';
import { matches } from '../../contract/matches.ts';
import { didYouMean } from '../../contract/nearest.ts';
import type { Case } from '../../contract/run/case.ts';
import type { Suite } from '../../contract/suite.ts';
import { UserError } from '../../contract/user-error.ts';
import { readFailedIds } from '../reports/report.ts';
import type { Config } from './config.ts';
import type { TargetFlags, VerifyFlags } from './flags.ts';

/** The cases that some ids or patterns match. */
export function selectCases(ids: readonly string[], all: readonly Case[]): readonly Case[] {
  if (ids.length === 0) return all;
  const chosen = ids.flatMap((id) => {
    const found = all.filter((tested) => matches(id, tested.id));
    if (found.length > 0) return found;
    throw new UserError(noSuchCase(id, all), 2);
  });
  return all.filter((tested) => chosen.includes(tested));
}

/** A message for a pattern that matches no case, with the group or id that the user probably meant. */
export function noSuchCase(pattern: string, all: readonly Case[]): string {
  const ids = all.map(({ id }) => id);
  const groups = [...new Set(ids.flatMap((id) => [...id.matchAll(/\//g)].map(({ index }) => id.slice(0, index + 1))))];
  const hint = didYouMean(pattern, [...groups, ...ids], '`bindgate verify --list` shows all');
  const what = pattern.includes('*') ? 'no case matches' : 'no case is called';
  return `${what} "${inert(pattern)}"; ${hint}`;
}

/**
 * The ids of the cases of `--failed`; undefined if nothing failed. With `--only`, those that match both.
 * @throws UserError (exit code 2) without an earlier full run, or if it has unknown cases.
 */
export function selectFailed(
  { only = [], prism = false }: TargetFlags & VerifyFlags,
  { out = 'reports' }: Config,
  suite: Suite,
): readonly string[] | undefined {
  const catalogue = prism ? suite.mockCases : suite.cases;
  const selected = selectCases(only, catalogue);
  const failed = readFailedIds(out);
  const unknown = failed.find((id) => !catalogue.some((tested) => tested.id === id));
  if (unknown !== undefined) {
    throw new UserError(
      `--failed: ${join(out, 'results.json')} has a case that is not in this run, "${unknown}"; run all cases first`,
      2,
    );
  }
  const chosen = failed.filter((id) => selected.some((tested) => tested.id === id));
  return chosen.length === 0 ? undefined : chosen;
}
