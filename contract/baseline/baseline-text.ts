import type { Behaviour, Observation } from './behaviour.ts';

/** The first word of a baseline file: its kind and the version of the format. */
export const baselineFormat = 'bindgate.baseline/1';

/** Written for a case that did not run. */
export const notRunWord = 'not-run';

/**
 * Writes a behaviour as text: sorted, with one fact on each line.
 *
 * The first line has the format and the catalogue of cases, the second the dialect. Lines `case <id>: <steps>` and
 * `precedence <fault> + <fault>: <status> <code>` follow. The last line has the number of facts, which reveals a cut file.
 * ` > ` separates steps, ` | ` separates answers to concurrent requests, and ` or ` separates results that vary between runs.
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
