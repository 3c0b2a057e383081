import { join } from 'node:path';
import { inert } from '../../contract/inert.ts';
import { matches } from '../../contract/matches.ts';
import { didYouMean } from '../../contract/nearest.ts';
import type { Case } from '../../contract/run/case.ts';
import { UserError } from '../../contract/user-error.ts';

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
 * The cases that failed in an earlier run and that some ids or patterns match.
 * @param out the folder of that run, for the message.
 * @throws UserError (exit code 2) if a failed case is not one of these.
 */
export function selectFailed(
  failed: readonly string[],
  only: readonly string[],
  all: readonly Case[],
  out: string,
): readonly string[] {
  const selected = new Set(selectCases(only, all).map(({ id }) => id));
  const unknown = failed.find((id) => !all.some((tested) => tested.id === id));
  if (unknown === undefined) return failed.filter((id) => selected.has(id));
  throw new UserError(
    `--failed: ${join(out, 'results.json')} has a case that is not in this run, "${unknown}"; run all cases first`,
    2,
  );
}
