import type { Behaviour, Observation } from './behaviour.ts';

/** The first word of a baseline: what it is, and the version of the format. */
export const baselineFormat = 'bindgate.baseline/1';

/** In place of what was seen of a case that did not run. */
export const notRunWord = 'not-run';

/**
 * A behaviour as a text for review: sorted, one line a fact.
 *
 * The first line has the format and the catalogue of cases, the second the dialect; then `case <id>: <steps>` and
 * `precedence <fault> + <fault>: <status> <code>`; the last line counts the facts, so that a cut file is seen. Steps are
 * separated by ` > `, answers to requests sent at once by ` | `, what was seen in one run and not in another by ` or `.
 */
export function baselineText({ catalogue, dialect, cases, precedence }: Behaviour): string {
  const lines = [
    ...[...cases].map(([id, seen]) => `case ${id}: ${observationText(seen)}`).sort(),
    ...[...precedence].map(([pair, seen]) => `precedence ${pair}: ${observationText(seen)}`).sort(),
  ];
  const settings = Object.entries(dialect).map(([key, value]) => `${key}=${value}`);
  return [
    `${baselineFormat} catalogue ${catalogue}`,
    `dialect ${settings.join(' ')}`,
    ...lines,
    `end ${lines.length}`,
    '',
  ].join('\n');
}

function observationText(seen: Observation): string {
  return 'seen' in seen ? seen.seen.join(' or ') : notRunWord;
}
