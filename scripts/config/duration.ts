/** The largest unit first, each unit at most once; a number without a unit is in seconds. */
const form = /^(?:(?<h>[\d.]+)h)?(?:(?<m>[\d.]+)m)?(?:(?<s>[\d.]+)s)?(?:(?<ms>[\d.]+)ms)?$/;
const unitSeconds = { h: 3_600, m: 60, s: 1, ms: 0.001 } as const;
const decimal = /^\d+(?:\.\d+)?$/;

/** The bounds of the time limit of a run. */
export const timeLimits = ['1s', '24h'] as const;
/** The shortest and the longest difference of two times that a run may look for. */
export const timingEffects = ['0.01ms', '1s'] as const;

/** Reads a time limit. Returns seconds; undefined for any other text. */
export function readTimeLimit(text: string): number | undefined {
  return readBetween(text, ...timeLimits);
}

/** Reads a smallest difference of two times such as `0.5ms`. Returns milliseconds; undefined for any other text. */
export function readTimingEffect(text: string): number | undefined {
  // Without a unit, 0.5 would be half a second, which no one means here.
  const seconds = decimal.test(text) ? undefined : readBetween(text, ...timingEffects);
  return seconds === undefined ? undefined : Math.round(seconds * 1e6) / 1e3;
}

/** Reads a duration between two others. Returns seconds; undefined for any other text. */
export function readBetween(text: string, least: string, most: string): number | undefined {
  const seconds = readDuration(text);
  const [low = 0, high = 0] = [least, most].map(readDuration);
  return seconds === undefined || seconds < low || seconds > high ? undefined : seconds;
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
