import { UserError } from '../contract/user-error.ts';
import type { Weighted } from './operation.ts';

/** How much load, for how long: an open model, in which requests start on time whether or not answers come. */
export type Profile = {
  readonly name: 'smoke' | 'average' | 'stress' | 'spike' | 'soak' | 'breakpoint' | 'stages';
  readonly about: string;
  /** Requests started per second at the profile's base; its shape multiplies it. */
  readonly rate: number;
  readonly seconds: number;
  /** Straight lines, from the base rate on: each takes a share of the time and ends at a multiple of the base rate. */
  readonly shape: readonly { readonly share: number; readonly to: number }[];
};

const steady: Profile['shape'] = [{ share: 1, to: 1 }];

/** Every profile. */
export const profiles: readonly Profile[] = [
  {
    name: 'smoke',
    about: 'does the signed path work at all under a little load?',
    rate: 50,
    seconds: 4,
    shape: steady,
  },
  { name: 'average', about: 'does it keep its objectives on an ordinary day?', rate: 100, seconds: 60, shape: steady },
  {
    name: 'stress',
    about: 'what happens at two and four times the ordinary rate?',
    rate: 100,
    seconds: 180,
    shape: [
      { share: 0.15, to: 1 },
      { share: 0.1, to: 2 },
      { share: 0.25, to: 2 },
      { share: 0.1, to: 4 },
      { share: 0.25, to: 4 },
      { share: 0.05, to: 1 },
      { share: 0.1, to: 1 },
    ],
  },
  {
    name: 'spike',
    about: 'does it survive ten times the rate at once, and recover?',
    rate: 50,
    seconds: 60,
    shape: [
      { share: 0.4, to: 1 },
      { share: 0.02, to: 10 },
      { share: 0.16, to: 10 },
      { share: 0.02, to: 1 },
      { share: 0.4, to: 1 },
    ],
  },
  { name: 'soak', about: 'does it drift over time?', rate: 50, seconds: 1_800, shape: steady },
  {
    name: 'breakpoint',
    about: 'which is the highest rate with the objectives kept? (seconds and rate of the first trial)',
    rate: 100,
    seconds: 6,
    shape: steady,
  },
  {
    name: 'stages',
    about: 'what does each stage of a request cost the server?',
    rate: 160,
    seconds: 40,
    shape: steady,
  },
];

/** The rate at which requests start: straight lines between these moments of a run, in seconds. */
export type Curve = readonly [CurvePoint, ...CurvePoint[]];

/** A moment of a run and the rate at which requests start then. */
export type CurvePoint = { readonly at: number; readonly rate: number };

/** One rate from beginning to end. */
export function steadyCurve(rate: number, seconds: number): Curve {
  return [
    { at: 0, rate },
    { at: seconds, rate },
  ];
}

/** The points between which a profile's rate runs in straight lines. */
export function toCurve({ rate, seconds, shape }: Profile): Curve {
  let at = 0;
  const rateAt = (factor: number): number => Math.max(1, Math.round(rate * factor));
  return [
    { at: 0, rate: rateAt(1) },
    ...shape.map(({ share, to }) => {
      at += share * seconds;
      return { at: Math.round(at * 1000) / 1000, rate: rateAt(to) };
    }),
  ];
}

/** How many requests a curve asks for. */
export function countRequests(curve: readonly CurvePoint[]): number {
  const areas = curve.slice(1).map(({ at, rate }, index) => {
    const before = curve[index] ?? { at: 0, rate: 0 };
    return ((before.rate + rate) / 2) * (at - before.at);
  });
  return Math.round(areas.reduce((sum, area) => sum + area, 0));
}

/** The highest rate of a curve, for messages. */
export function rateText(curve: Curve): string {
  const peak = peakRate(curve);
  return curve.every(({ rate }) => rate === peak) ? `${peak}/s` : `up to ${peak}/s`;
}

/** The highest rate of a curve. */
export function peakRate(curve: readonly CurvePoint[]): number {
  return Math.max(...curve.map(({ rate }) => rate));
}

/**
 * VUs made ahead, each with one request under way: enough for answers that take this long. k6 makes more while it runs, but too
 * late for the request at hand; far more than are needed make it slower (LOAD).
 */
const secondsPerRequest = 0.2;
/** Of each process that shares a load, however little of it: what it has to spare for a hiccup, and what it bears. */
const vusToSpare = 30;
const vusAtMost = 300;

/** k6's scenario for a curve, to be shared by so many processes. */
export function makeScenario(curve: Curve, gracefulStop: string, parts: number): object {
  const peak = peakRate(curve);
  const maxVUs = vusAtMost * parts;
  const vus = {
    preAllocatedVUs: Math.min(maxVUs, vusToSpare * parts + Math.ceil(peak * secondsPerRequest)),
    maxVUs,
    gracefulStop,
  };
  const [first, ...steps] = curve;
  const last = steps.at(-1) ?? first;
  if (steps.every(({ rate }) => rate === first.rate)) {
    return { executor: 'constant-arrival-rate', rate: first.rate, timeUnit: '1s', duration: `${last.at}s`, ...vus };
  }
  const stages = steps.map(({ at, rate }, index) => {
    const seconds = at - (curve[index]?.at ?? 0);
    return { duration: `${Math.round(seconds * 1000)}ms`, target: rate };
  });
  return { executor: 'ramping-arrival-rate', startRate: first.rate, timeUnit: '1s', stages, ...vus };
}

/**
 * A mix with other weights, by name; a weight of 0 leaves a workload out.
 * @throws UserError (exit code 2) for a name that no workload has, or where nothing is left.
 */
export function readMix(all: readonly Weighted[], weights: Readonly<Record<string, number>>): readonly Weighted[] {
  const names = all.map(({ workload: { name } }) => name);
  const unknown = Object.keys(weights).find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw new UserError(`load.mix: no workload is called "${unknown}"; the workloads are ${names.join(', ')}`, 2);
  }
  if (Object.keys(weights).length === 0) return all;
  // Who names weights names them all: what is not named is not sent.
  const mix = all
    .map(({ workload }) => ({ workload, weight: weights[workload.name] ?? 0 }))
    .filter(({ weight }) => weight > 0);
  if (mix.length === 0) throw new UserError('load.mix gives no workload a weight; give at least one of them 1', 2);
  return mix;
}
