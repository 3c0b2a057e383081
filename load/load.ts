import { randomInt } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { integerCode, parseJson } from '../contract/judge.ts';
import type { Target } from '../contract/targets/target.ts';
import { UserError } from '../contract/user-error.ts';
import { initialisationVector } from '../generators/devices.ts';
import { withDk } from '../generators/forms.ts';
import { seededRandom } from '../generators/random.ts';
import { buildRequest } from '../generators/request.ts';
import type { Dialect } from '../spec/dialect.ts';
import { isSuccessCode } from '../spec/dialect.ts';
import { operationPath } from '../spec/http.ts';
import type { Fixture } from '../spec/states.ts';
import type { Measured } from './judge.ts';
import { invalidity, measure } from './judge.ts';
import type { K6 } from './k6-binary.ts';
import { startNullServer } from './null-server.ts';
import type { LoadPlan } from './plan.ts';
import type { Profile } from './profiles.ts';
import type { LoadResults } from './results.ts';
import type { K6Run } from './run-k6.ts';
import { runK6 } from './run-k6.ts';

/** What a load run needs. */
export type LoadOptions = {
  readonly target: Target;
  readonly profile: Profile;
  readonly k6: K6;
  readonly dialect: Dialect;
  readonly timeoutMs: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly insecure?: boolean;
  readonly signal: AbortSignal;
  readonly onPhase?: (what: string) => void;
  /** The k6 script; tests hand over others. */
  readonly script?: string;
};

const loadState = 'a product whose every device is ready to bind';
const bindScript = fileURLToPath(new URL('./k6/bind.ts', import.meta.url));
const dkDigits = 6;
const floorSeconds = 2;
const sampleSize = 5;

/**
 * Runs a profile: the noise floor first, against a null server at the same rate, then the target.
 * @throws UserError (exit code 3) where the target's states have no product for load.
 */
export async function runLoad(options: LoadOptions): Promise<LoadResults> {
  const { target, profile, k6, signal, onPhase } = options;
  const setup = await target.states.setup(loadState, signal);
  if (setup.kind !== 'ready') {
    throw new UserError(`load needs the state "${loadState}": ${setup.reason}`, 3);
  }
  try {
    onPhase?.('noise floor');
    await using nothing = await startNullServer();
    const floorProfile = { ...profile, seconds: Math.min(floorSeconds, profile.seconds) };
    const floor = await run(options, floorProfile, nothing.url, setup.fixture, freshDkPrefix());
    onPhase?.(`${profile.name}: ${profile.rate}/s for ${profile.seconds} s`);
    const prefix = freshDkPrefix();
    const ran = await run(options, profile, target.url, setup.fixture, prefix);
    const measured = ran.summary === undefined ? undefined : measure(ran.summary);
    const reasons = [...invalidity(ran, measured, profile, availableParallelism())];
    const floorMeasured = floor.summary === undefined ? undefined : measure(floor.summary);
    // Numbers that mean nothing keep and break nothing.
    const objectives =
      measured === undefined || reasons.length > 0
        ? []
        : await judgeObjectives(options, measured, setup.fixture, prefix);
    return {
      schema: 'bindgate.load/1',
      profile: profile.name,
      target: { kind: target.kind, url: target.url },
      valid: reasons.length === 0,
      reasons,
      requests: measured?.requests ?? 0,
      ratePerSecond: Math.round(((measured?.judged ?? 0) / profile.seconds) * 10) / 10,
      dropped: measured?.dropped ?? 0,
      generatorCpu: ran.cpu === null ? null : Math.round(ran.cpu * 100) / 100,
      noiseFloor:
        floorMeasured === undefined ? null : { p50: floorMeasured.latency.p50, p99: floorMeasured.latency.p99 },
      codes: measured?.codes ?? [],
      latency: measured?.latency ?? { p50: 0, p90: 0, p95: 0, p99: 0, p999: 0, max: 0 },
      histogram: measured?.histogram ?? [],
      objectives,
      k6: { version: k6.version, from: k6.from, exitCode: ran.exitCode },
    };
  } finally {
    await target.states.teardown(setup, AbortSignal.timeout(2_000));
  }
}

/** A run's own range of dks: the same product may serve many runs, and a device binds once. */
function freshDkPrefix(): string {
  return `L${randomInt(36 ** 8)
    .toString(36)
    .toUpperCase()
    .padStart(8, '0')}`;
}

/** What a correct load must come to: everything binds, and what was bound is bound. */
async function judgeObjectives(
  { target, dialect, signal }: LoadOptions,
  { codes, iterations }: Measured,
  fixture: Fixture,
  prefix: string,
): Promise<LoadResults['objectives']> {
  const countOf = (rows: LoadResults['codes']): number => rows.reduce((sum, { count }) => sum + count, 0);
  const total = countOf(codes);
  const bound = countOf(codes.filter(({ code }) => typeof code === 'number' && isSuccessCode(code, dialect)));
  const allBound = { name: 'every request binds', kept: total > 0 && bound === total, detail: `${bound} of ${total}` };
  if (!allBound.kept || signal.aborted) return [allBound];

  const bindAgain = async (iteration: number): Promise<number | undefined> => {
    const random = seededRandom(iteration, prefix);
    const changes = [withDk(() => dkOf(prefix, iteration))];
    const exchange = await target.send(buildRequest({ fixture, dialect, random, keys: {} }, changes).http, signal);
    const parsed = exchange.kind === 'answer' ? parseJson(exchange.response.body) : undefined;
    return parsed !== undefined && 'value' in parsed ? integerCode(parsed.value) : undefined;
  };
  const again = await Promise.all(sampleOf(iterations).map(bindAgain));
  const refused = again.filter((code) => code === 5049).length;
  const detail = `${refused} of ${again.length} asked again answered 5049`;
  return [allBound, { name: 'each device is bound once', kept: refused === again.length, detail }];
}

/** Iterations spread over a run, to ask again afterwards. */
function sampleOf(iterations: number): readonly number[] {
  const size = Math.min(sampleSize, iterations);
  return Array.from({ length: size }, (_, index) => Math.floor((index * iterations) / size));
}

function dkOf(prefix: string, iteration: number): string {
  return prefix + iteration.toString(36).toUpperCase().padStart(dkDigits, '0');
}

function run(options: LoadOptions, profile: Profile, url: string, fixture: Fixture, prefix: string): Promise<K6Run> {
  const { k6, signal, timeoutMs, headers, insecure, script = bindScript } = options;
  const { pk, ps, bindingCode, bindingSecret, userDomainSecret, token } = fixture;
  const makePlan = (summaryFile: string): LoadPlan => ({
    url: url + operationPath,
    headers: { ...headers, 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
    timeout: `${timeoutMs}ms`,
    insecure: insecure ?? false,
    fixture: { pk, ps, bindingCode, bindingSecret, userDomainSecret },
    random: initialisationVector(seededRandom(0, prefix)),
    dkPrefix: prefix,
    dkDigits,
    scenario: {
      executor: 'constant-arrival-rate',
      rate: profile.rate,
      timeUnit: '1s',
      duration: `${profile.seconds}s`,
      preAllocatedVUs: Math.max(2, Math.ceil(profile.rate / 5)),
      maxVUs: Math.max(50, profile.rate * 2),
      gracefulStop: `${timeoutMs}ms`,
    },
    summaryFile,
  });
  return runK6(k6, script, makePlan, signal);
}
