import { type Random, seededRandom } from '../../../generators/random.ts';
import { abbaOrder, windowsPerBlock } from '../blocks.ts';
import type { WindowSummary } from '../record.ts';
import { defaultSettings, type Settings } from '../results.ts';
import type { Session } from '../validity.ts';

/** The true values behind a simulated session. */
export type Truth = {
  /** How much longer B takes: 0.1 is 10 %. */
  readonly slower?: number;
  /** Standard deviation of a window's p50, on the logarithm; p95 has twice, p99 three times as much. */
  readonly noise?: number;
  /** How much slower everything is at the end. */
  readonly drift?: number;
  /** The share of windows in which something else uses the machine and doubles every latency. */
  readonly disturbed?: number;
  readonly seed?: number;
};

/** A session as a comparison would measure it on servers with a p50 of 5 ms; `change` adds a problem. */
export function simulatedSession(
  truth: Truth = {},
  change: Partial<Session> = {},
  settings: Settings = defaultSettings,
): Session {
  const { slower = 0, noise = 0.02, drift = 0, disturbed = 0, seed = 1 } = truth;
  const random = seededRandom(seed, 'simulated session');
  const order = abbaOrder(settings.windows / windowsPerBlock);
  const windows = order.map((side, index): WindowSummary => {
    const level = 1 + (drift * index) / order.length;
    const other = random.number.float() < disturbed ? 2 : 1;
    const latency = (ms: number, deviation: number): number =>
      ms * level * other * (side === 1 ? 1 + slower : 1) * Math.exp(deviation * standardNormal(random));
    return {
      side,
      answers: 360,
      p50: latency(5, noise),
      p95: latency(8, noise * 2),
      p99: latency(10, noise * 3),
      rate: settings.rate * Math.exp(0.0015 * standardNormal(random)),
    };
  });
  const ofSide = windows.length * 200;
  return {
    windows,
    outcomes: [{ 200: ofSide }, { 200: ofSide }],
    floor: { side: 2, answers: 360, p50: 0.3, p95: 0.6, p99: 1.2, rate: settings.rate },
    requests: ofSide * 2,
    iterations: ofSide * 2,
    dropped: 0,
    generatorCpu: 0.2,
    cores: 2,
    exitCode: 0,
    said: '',
    interrupted: false,
    isSuccess: (outcome) => outcome === '200',
    ...change,
  };
}

/** A random number from the standard normal distribution. */
export function standardNormal(random: Random): number {
  const [radius, angle] = [1 - random.number.float(), random.number.float()];
  return Math.sqrt(-2 * Math.log(radius)) * Math.cos(2 * Math.PI * angle);
}
