import { definedOnly } from '../../spec/defined-only.ts';
import { type Dialect, isDeclared, settingValue } from '../../spec/dialect.ts';
import { mayFail } from '../../spec/rule.ts';
import type { Case } from '../run/case.ts';
import type { CaseResult, RunOne, RunOptions } from '../run/outcome.ts';
import { gatewayLine } from '../run/preflight/place.ts';
import { defaultRuns, type Run, runContract } from '../run/run-contract.ts';
import { devicesNeeded } from '../run/run-order.ts';
import { UserError } from '../user-error.ts';

/** Values of settings, by key. */
export type Changes = Readonly<Record<string, string | number>>;

/**
 * Runs cases. If correct requests bind only under another reading, which no one has declared and which may not fail a server, the
 * run starts again under it: each case with the other form would fail, and the server is right. One warning names the reading.
 * The result has the settings that were assumed.
 */
export async function runAssuming(
  options: Omit<RunOptions, 'afterFirst'>,
): Promise<{ readonly run: Run; readonly dialect: Dialect; readonly assumed?: Changes }> {
  const { cases, dialect } = options;
  let assumed: Changes | undefined;
  let refused: readonly CaseResult[] = [];
  let isDeciding = false;
  const run = await runContract({
    ...options,
    afterFirst: async (first, runOne) => {
      isDeciding = true;
      const runOnce = remembering(runOne, first);
      const forms: CaseResult[] = [];
      // With too few devices, each goes to a case that covers another code.
      const others = hasTooFew(options, first.case.given) ? [] : cases.filter(({ essential }) => essential === true);
      for (const form of new Set([first.case, ...others])) forms.push(await runOnce(form));
      refused = forms.filter(({ outcome }) => outcome === 'failed');
      assumed = await guessDialect(forms, options, (key) => mayAssume(key, dialect));
      isDeciding = false;
      return assumed === undefined
        ? reasonToStop(first, runOnce, options)
        : 'not run: the run starts again under another reading';
    },
    // A refused form is not a finding until the reading is known.
    endsAfter: (result) => !isDeciding && options.endsAfter?.(result) === true,
  });
  if (assumed === undefined) return { run, dialect };
  const under: Dialect = { ...dialect, ...assumed };
  const again = await runContract({
    ...options,
    dialect: under,
    afterFirst: (first, runOne) => reasonToStop(first, runOne, options),
  });
  const results = again.results.map((result) => {
    const before = refused.find((form) => form.case === result.case);
    return before === undefined || result.outcome !== 'passed'
      ? result
      : warnOf(assumed ?? {}, before, result, dialect);
  });
  return { run: { ...again, results }, dialect: under, assumed };
}

/**
 * Judges the first case of a run and returns the reason to stop, if any. A server that binds no form of a correct request
 * has one problem, and hundreds of failures would hide it.
 * @throws UserError (exit code 3) if a gateway refuses the request.
 */
async function reasonToStop(
  first: CaseResult,
  runOne: RunOne,
  { cases, dialect }: Pick<RunOptions, 'cases' | 'dialect'>,
): Promise<string | undefined> {
  const other = cases.find((form) => form.essential === true && form !== first.case);
  if (first.case.essential !== true || !isRefused(first)) return undefined;
  const { httpStatus, code } = first.attempts.at(-1)?.received ?? { httpStatus: null, code: null };
  const gateway =
    httpStatus === null ? undefined : gatewayLine({ httpStatus, code: code ?? undefined }, dialect.operation);
  if (gateway !== undefined) throw new UserError(gateway, 3);
  if (other === undefined) return undefined;
  return isRefused(await runOne(other))
    ? 'not run: no correct request binds, so no other result means anything'
    : undefined;
}

function isRefused({ outcome, attempts }: CaseResult): boolean {
  return outcome === 'failed' && !attempts.some(({ bound }) => bound);
}

function hasTooFew({ target, cases, runs = defaultRuns }: RunOptions, state: string): boolean {
  const { given } = target.states;
  return given !== undefined && (given.get(state) ?? 0) < (devicesNeeded(cases, runs).get(state) ?? 0);
}

function remembering(runOne: RunOne, first: CaseResult): RunOne {
  const known = new Map<Case, Promise<CaseResult>>([[first.case, Promise.resolve(first)]]);
  return (tested) => {
    const result = known.get(tested) ?? runOne(tested);
    known.set(tested, result);
    return result;
  };
}

/** Whether a run may follow another value of a setting: it is not declared, and only a reading speaks for the default. */
function mayAssume(key: string, dialect: Dialect): boolean {
  const rules = Object.values(dialect.operation.rules).filter((rule) => rule.dialect === key);
  return !isDeclared(key, dialect) && !rules.some(mayFail);
}

/** The warning: a correct request was refused under the default, and binds under the assumed value. */
function warnOf(assumed: Changes, before: CaseResult, result: CaseResult, { operation }: Dialect): CaseResult {
  const lines = Object.entries(assumed).map(([key, value]) => `${key}=${value}`);
  const [key = ''] = Object.keys(assumed);
  const rule = Object.keys(operation.rules).find((id) => operation.rules[id]?.dialect === key);
  return {
    ...result,
    outcome: 'warned',
    reason: `${before.reason}; it binds under ${lines.join(', ')}, so all cases ran under it`,
    cause: `another reading of ${key}`,
    ...(rule === undefined ? {} : { rule }),
  };
}

/**
 * Guesses the reading that a server follows when valid requests do not bind: the settings under which they do.
 * Undefined if they bind already, or if no reading explains the failure.
 * @param isOpen whether a setting may have another value; all may by default.
 */
export async function guessDialect(
  results: readonly CaseResult[],
  { target, dialect, seed, signal }: Pick<RunOptions, 'target' | 'dialect' | 'seed' | 'signal'>,
  isOpen: (key: string) => boolean = () => true,
): Promise<Changes | undefined> {
  const essential = results.filter(({ case: tested }) => tested.essential === true);
  if (!essential.some(({ outcome }) => outcome === 'failed')) return undefined;
  const cases = essential.map(({ case: tested }) => tested);
  const options = definedOnly({ target, seed, signal });
  for (const changes of candidates(dialect, isOpen)) {
    const run = await runContract({ ...options, cases, dialect: { ...dialect, ...changes } });
    if (run.results.every(({ outcome }) => outcome === 'passed')) return changes;
  }
  return undefined;
}

/** All other values of the decisive settings. Combinations with the fewest changes come first. */
function candidates(dialect: Dialect, isOpen: (key: string) => boolean): readonly Changes[] {
  let made: readonly Changes[] = [{}];
  for (const [key, { decisive = [] }] of Object.entries(dialect.operation.settings)) {
    if (!isOpen(key)) continue;
    const others = decisive.filter((choice) => choice !== settingValue(key, dialect));
    made = made.flatMap((changes) => [changes, ...others.map((choice) => ({ ...changes, [key]: choice }))]);
  }
  return made
    .filter((changes) => Object.keys(changes).length > 0)
    .sort((a, b) => Object.keys(a).length - Object.keys(b).length);
}
