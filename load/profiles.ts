import { UserError } from '../contract/user-error.ts';
import type { Weighted } from './operation.ts';
import type { LoadRun } from './run/share.ts';

/** How much load, for how long: an open model, in which requests start on time even if answers are late. */
export type Profile = {
  readonly name: 'smoke' | 'average' | 'stress' | 'spike' | 'soak' | 'breakpoint' | 'stages';
  readonly about: string;
  /** Base rate in requests per second; the shape multiplies it. */
  readonly rate: number;
  readonly seconds: number;
  /** Straight lines that begin at the base rate: each takes a share of the time and ends at a multiple of the base rate. */
  readonly shape: readonly { readonly share: number; readonly to: number }[];
};

const steady: Profile['shape'] = [{ share: 1, to: 1 }];

/** Every profile. */
export const profiles: readonly Profile[] = [
  { name: 'smoke', about: 'does signing work at all, under a small load?', rate: 50, seconds: 4, shape: steady },
  {
    name: 'average',
    about: 'does the server meet its objectives on a normal day?',
    rate: 100,
    seconds: 60,
    shape: steady,
  },
  {
    name: 'stress',
    about: 'what happens at two and four times the normal rate?',
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
    about: 'does the server survive a sudden tenfold rate, and recover?',
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
  { name: 'soak', about: 'does latency increase over time?', rate: 50, seconds: 1_800, shape: steady },
  {
    name: 'breakpoint',
    about: 'what is the highest rate that meets the objectives? (seconds and rate of the first trial)',
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

/** A profile by its name, with optional rate and duration. Throws UserError (exit code 2) for an unknown name. */
export function readProfile(
  name: string,
  { rate, duration }: { readonly rate?: number; readonly duration?: number } = {},
): Profile {
  const profile = profiles.find((known) => known.name === name);
  if (profile === undefined) {
    throw new UserError(
      `no load profile is called "${name}"; the profiles are ${profiles.map((known) => known.name).join(', ')}`,
      2,
    );
  }
  return { ...profile, rate: rate ?? profile.rate, seconds: duration ?? profile.seconds };
}

/** The rate at which requests start: straight lines between these moments of a run, in seconds. */
type Curve = LoadRun['curve'];

/** A constant rate. */
export function steadyCurve(rate: number, seconds: number): Curve {
  return [
    { at: 0, rate },
    { at: seconds, rate },
  ];
}

/** The points of a profile's rate; straight lines connect them. */
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

/** The number of requests in a curve. */
export function countRequests(curve: Curve): number {
  const areas = curve.slice(1).map(({ at, rate }, index) => {
    const before = curve[index] ?? { at: 0, rate: 0 };
    return ((before.rate + rate) / 2) * (at - before.at);
  });
  return Math.round(areas.reduce((sum, area) => sum + area, 0));
}

/** The highest rate of a curve, as text. */
export function rateText(curve: Curve): string {
  const peak = peakRate(curve);
  return curve.every(({ rate }) => rate === peak) ? `${peak}/s` : `up to ${peak}/s`;
}

/** The highest rate of a curve. */
export function peakRate(curve: Curve): number {
  return Math.max(...curve.map(({ rate }) => rate));
}

/**
 * VUs created before the run, each with one request in flight: enough for answers that take this long. k6 creates more during the
 * run, but too late for the current request. Far too many VUs make k6 slower.
 */
const secondsPerRequest = 0.2;
/** VUs of each process, however small its share: the minimum for a short stall, and the maximum it can handle. */
const vusToSpare = 30;
const vusAtMost = 300;

/** k6's scenario for a curve, shared by several processes. */
export function makeScenario(curve: Curve, gracefulStop: string, parts: number): object {
  const peak = peakRate(curve);
  const maxVUs = vusAtMost * parts;
  const vus = {
    preAllocatedVUs: Math.min(maxVUs, vusToSpare * parts + Math.ceil(peak * secondsPerRequest)),
    maxVUs,
    gracefulStop,
  };
  const [first, ...steps] = curve;
  if (curve.every(({ rate }) => rate === peak)) {
    return { executor: 'constant-arrival-rate', rate: peak, timeUnit: '1s', duration: `${curve.at(-1)?.at}s`, ...vus };
  }
  const stages = steps.map(({ at, rate }, index) => {
    const seconds = at - (curve[index]?.at ?? 0);
    return { duration: `${Math.round(seconds * 1000)}ms`, target: rate };
  });
  return { executor: 'ramping-arrival-rate', startRate: first?.rate, timeUnit: '1s', stages, ...vus };
}

/**
 * A mix with other weights, by name; a weight of 0 excludes a workload.
 * @throws UserError (exit code 2) for an unknown name, or if no workload is left.
 */
export function readMix(all: readonly Weighted[], weights: Readonly<Record<string, number>>): readonly Weighted[] {
  const names = all.map(({ workload: { name } }) => name);
  const unknown = Object.keys(weights).find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw new UserError(`load.mix: no workload is called "${unknown}"; the workloads are ${names.join(', ')}`, 2);
  }
  if (Object.keys(weights).length === 0) return all;
  // A configured mix is complete: workloads that it does not name are not sent.
  const mix = all
    .map(({ workload }) => ({ workload, weight: weights[workload.name] ?? 0 }))
    .filter(({ weight }) => weight > 0);
  if (mix.length === 0)
    throw new UserError('load.mix gives no workload a weight; give at least one workload the weight 1', 2);
  return mix;
}
