/** The largest unit first, each unit at most once; a number without a unit is in seconds. */
const form = /^(?:(?<h>[\d.]+)h)?(?:(?<m>[\d.]+)m)?(?:(?<s>[\d.]+)s)?(?:(?<ms>[\d.]+)ms)?$/;
const unitSeconds = { h: 3_600, m: 60, s: 1, ms: 0.001 } as const;
const decimal = /^\d+(?:\.\d+)?$/;

/** The shortest and the longest difference of two times that a run may look for. */
export const timingEffects: readonly [least: string, most: string] = ['0.01ms', '1s'];

/** Reads a smallest difference of two times such as `0.5ms`. Returns milliseconds; undefined for any other text. */
export function readTimingEffect(text: string): number | undefined {
  const [least = 0, most = 0] = timingEffects.map(readDuration);
  // Without a unit, 0.5 would be half a second, which no one means here.
  const seconds = decimal.test(text) ? undefined : readDuration(text);
  return seconds === undefined || seconds < least || seconds > most ? undefined : Math.round(seconds * 1e6) / 1e3;
}

/** Reads a duration such as `20s`, `1m30s`, `500ms` or `20` (seconds). Returns seconds; undefined for any other text. */
export function readDuration(text: string): number | undefined {
  if (decimal.test(text)) return Number(text);
  const parts = Object.entries(form.exec(text)?.groups ?? {}).filter(([, amount]) => amount !== undefined);
  if (parts.length === 0 || parts.some(([, amount]) => !decimal.test(amount))) return undefined;
  const seconds = parts.reduce(
    (sum, [unit, amount]) => sum + Number(amount) * unitSeconds[unit as keyof typeof unitSeconds],
    0,
  );
  // Rounded to microseconds, so that 0.1 s and 0.2 s add up to 0.3 s.
  return Math.round(seconds * 1e6) / 1e6;
}
