import { plural } from '../spec/plural.ts';

const units = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const;

/** Seconds as text, in the largest unit with a count of at least 2: 119 minutes are not 1 hour. */
export function durationText(seconds: number): string {
  const [unit, length] = units.find(([, size]) => seconds >= 2 * size) ?? ['second', 1];
  return plural(Math.floor(seconds / length), unit);
}
