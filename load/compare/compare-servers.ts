import { availableParallelism } from 'node:os';
import { roundResult } from '../results.ts';
import type { LoadGenerator, Progress, Sample } from '../run/measure.ts';
import { startNullServer } from '../run/null-server.ts';
import { atServer, type LoadProduct, openProduct, type Site } from '../run/product.ts';
import { abbaOrder, windowsPerBlock } from './blocks.ts';
import { decide } from './decide.ts';
import { type Outcomes, recordWindows, type Schedule } from './record.ts';
import type { CompareResults, Settings } from './results.ts';
import { type Session, sideLetter } from './validity.ts';

/** Windows before those that count: they warm up A and B, and measure the null server. */
const leading = [0, 1, 2];

/**
 * Compares a server (A) with another one (B) live: A and B take turns in windows at one rate, in one k6 run.
 * @throws UserError (exit code 3) if the states of A or B have no product for load.
 */
export async function compareServers(
  a: Site,
  b: Site,
  generator: LoadGenerator,
  settings: Settings,
): Promise<CompareResults> {
  await using sideA = await openSide(a, 'A', generator.signal);
  await using sideB = await openSide(b, 'B', generator.signal);
  await using nothing = await startNullServer(a.operation.success);
  const sides = [sideA, sideB, atServer(sideA, nothing.url)];
  const order = [...leading, ...abbaOrder(settings.windows / windowsPerBlock)];
  const { rate, windowSeconds } = settings;
  const schedule: Schedule = { order, rate, windowSeconds };
  const recording = await recordWindows(generator, sides, schedule, (sample, outcomes) =>
    generator.onProgress?.(toProgress(sample, outcomes, schedule)),
  );
  const { windows, interrupted, generatorCpu, dropped, exitCode } = recording;
  const outcomes = recording.outcomes.slice(0, 2);
  const [ofA = {}, ofB = {}] = outcomes;
  const measured = windows.slice(leading.length).filter(({ answers }) => answers > 0);
  const floor = windows.slice(0, leading.length).find(({ side, answers }) => side === 2 && answers > 0);
  const { plain } = a.operation;
  const { version, from } = generator.k6;
  const session: Session = {
    ...recording,
    windows: measured,
    outcomes,
    floor,
    cores: availableParallelism(),
    isSuccess: (outcome) => /^\d+$/.test(outcome) && plain.classify(Number(outcome)) === 'right',
  };
  return {
    schema: 'bindgate.compare/1',
    ...decide(session, settings),
    kind: 'live',
    interrupted,
    a: { name: a.target.url, outcomes: ofA },
    b: { name: b.target.url, outcomes: ofB },
    settings,
    noiseFloor:
      floor === undefined ? null : { p50: rounded(floor.p50), p95: rounded(floor.p95), p99: rounded(floor.p99) },
    generatorCpu: generatorCpu === null ? null : roundResult(generatorCpu, 2),
    dropped,
    windows: measured.map(({ side, answers, p50, p95, p99, rate: perSecond }) => ({
      side: sideLetter(side),
      answers,
      p50: rounded(p50),
      p95: rounded(p95),
      p99: rounded(p99),
      rate: rounded(perSecond),
    })),
    k6: { version, from, exitCode },
  };
}

/** Milliseconds or answers per second, as results show them. */
function rounded(value: number): number {
  return roundResult(value, 3);
}

function openSide(site: Site, letter: string, signal: AbortSignal): Promise<LoadProduct & AsyncDisposable> {
  const { operation, target } = site;
  return openProduct(site, [], signal, `compare needs the state "${operation.state}" of ${letter} (${target.url})`);
}

function toProgress(
  { seconds, counts }: Sample,
  outcomes: readonly Outcomes[],
  { order, rate, windowSeconds }: Schedule,
): Progress {
  const requests = counts['iterations'] ?? 0;
  const window = Math.min(order.length - 1, Math.floor(requests / Math.round(rate * windowSeconds)));
  const warming = ['warming up A', 'warming up B', 'noise floor'][window];
  const place = window - leading.length + 1;
  return {
    phase: warming ?? `window ${place} of ${order.length - leading.length} (${sideLetter(order[window] ?? 0)})`,
    seconds,
    of: order.length * windowSeconds,
    requests,
    ratePerSecond: seconds > 0 ? requests / seconds : 0,
    codes: outcomes
      .slice(0, 2)
      .flatMap((ofSide, side) =>
        Object.entries(ofSide).map(([code, count]) => [`${sideLetter(side)} ${code}`, count] as const),
      ),
  };
}
