/** Largest unit first, each at most once; a number without a unit is in seconds. */
const form = /^(?:(?<h>[\d.]+)h)?(?:(?<m>[\d.]+)m)?(?:(?<s>[\d.]+)s)?(?:(?<ms>[\d.]+)ms)?$/;
const unitSeconds = { h: 3_600, m: 60, s: 1, ms: 0.001 } as const;
const decimal = /^\d+(?:\.\d+)?$/;

/** Reads a duration such as `20s`, `1m30s`, `500ms` or `20` (seconds). Returns seconds; undefined for any other text. */
export function readDuration(text: string): number | undefined {
  if (decimal.test(text)) return Number(text);
  const parts = Object.entries(form.exec(text)?.groups ?? {}).filter(([, amount]) => amount !== undefined);
  if (parts.length === 0 || parts.some(([, amount]) => !decimal.test(amount))) return undefined;
  const seconds = parts.reduce(
    (sum, [unit, amount]) => sum + Number(amount) * unitSeconds[unit as keyof typeof unitSeconds],
    0,
  );
  // To the millisecond: 0.1 s and 0.2 s in parts are 0.3 s.
  return Math.round(seconds * 1_000) / 1_000;
}
