/** The position of a value on an axis. Pure, so that charts can be tested without a browser. */
export type Scale = {
  readonly low: number;
  readonly high: number;
  /** Values with a label: few, round and within the scale. */
  readonly ticks: readonly number[];
  /** The position of a value, 0 at the low end and 1 at the high end; a value beyond an end is at that end. */
  readonly share: (value: number) => number;
};

/** A linear scale between two values, with about five ticks. */
export function linearScale(low: number, high: number): Scale {
  const [from, to] = widenLinear(low, high);
  const ticks = multiples(from, to, roundStep((to - from) / 5));
  return { low: from, high: to, ticks, share: (value) => clampShare((value - from) / (to - from)) };
}

/** A linear scale from 0 that ends at a tick, for amounts: they can only be compared from 0. */
export function amountScale(most: number, leastStep = 0): Scale {
  const high = Number.isFinite(most) && most > 0 ? most : 1;
  const step = Math.max(leastStep, roundStep(high / 5));
  const end = Number((Math.ceil(high / step - 1e-9) * step).toPrecision(12));
  return { ...linearScale(0, end), ticks: multiples(0, end, step) };
}

/** The same for counts, where a tick between 0 and 1 would mean nothing. */
export function countScale(most: number): Scale {
  return amountScale(most, 1);
}

/** A logarithmic scale (equal factors are equally long), for values above 0. */
export function logScale(low: number, high: number): Scale {
  const floor = 1e-6;
  const [least, most] = [Math.max(floor, low), Math.max(floor, high)];
  const [from, to] = most > least ? [least, most] : [least / 2, least * 2];
  const [start, length] = [Math.log(from), Math.log(to) - Math.log(from)];
  return {
    low: from,
    high: to,
    ticks: logTicks(from, to),
    share: (value) => clampShare((Math.log(Math.max(floor, value)) - start) / length),
  };
}

/** From this factor between two values on, a linear scale would make the small ones invisible. */
const muchLarger = 20;
/** A logarithmic scale has no 0, so it begins below the smallest value. */
const margin = 1.25;

/** A scale for durations above 0: linear from 0 if the short ones stay visible, else logarithmic. */
export function durationScale(low: number, high: number): Scale & { readonly byFactors: boolean } {
  const byFactors = low > 0 && high / low > muchLarger;
  return { ...(byFactors ? logScale(low / margin, high * margin) : amountScale(high)), byFactors };
}

const secondsPerStep = [1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1_200, 1_800, 3_600, 7_200, 14_400, 43_200];

/** A scale for the seconds of a run, with ticks at whole seconds, minutes or hours. */
export function timeScale(seconds: number): Scale {
  const high = Number.isFinite(seconds) && seconds > 0 ? seconds : 1;
  const step = secondsPerStep.find((wide) => high / wide <= 6.5) ?? roundStep(high / 5);
  return { ...linearScale(0, high), ticks: multiples(0, high, step) };
}

/** 1, 2 or 5 times a power of ten, at least as large as the argument. */
function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  const factor = [1, 2, 5].find((one) => one * power >= least * (1 - 1e-9)) ?? 10;
  return factor * power;
}

function multiples(low: number, high: number, step: number): readonly number[] {
  const [first, last] = [Math.ceil(low / step - 1e-9), Math.floor(high / step + 1e-9)];
  // The product of an integer and 0.1 has rounding errors in the last digits.
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, at) =>
    Number(((first + at) * step).toPrecision(12)),
  );
}

function logTicks(low: number, high: number): readonly number[] {
  const [first, last] = [Math.floor(Math.log10(low)), Math.ceil(Math.log10(high))];
  const ofFactors = (factors: readonly number[], every: number): readonly number[] =>
    Array.from({ length: last - first + 1 }, (_, at) => first + at)
      .filter((power) => power % every === 0)
      .flatMap((power) => factors.map((factor) => Number((factor * 10 ** power).toPrecision(12))))
      .filter((tick) => tick >= low * (1 - 1e-9) && tick <= high * (1 + 1e-9));
  const candidates = [ofFactors([1, 2, 5], 1), ofFactors([1], 1), ofFactors([1], 2), ofFactors([1], 4)];
  const chosen = candidates.find((ticks) => ticks.length <= 6) ?? [];
  // Within a factor of two there are few round numbers, so the ticks are linear.
  return chosen.length >= 2 ? chosen : multiples(low, high, roundStep((high - low) / 4));
}

/** Avoids a scale of length 0. */
function widenLinear(low: number, high: number): readonly [number, number] {
  if (!Number.isFinite(low) || !Number.isFinite(high)) return [0, 1];
  if (high > low) return [low, high];
  const around = Math.abs(low) / 2 || 1;
  return [low - around, low + around];
}

function clampShare(share: number): number {
  return Number.isNaN(share) ? 0 : Math.min(1, Math.max(0, share));
}
