/** The exports of the package: each function takes plain options and returns data; none ends the process. */
import type { Behaviour } from '../contract/baseline/behaviour.ts';
import { readBehaviour, readBehaviourFile } from '../contract/baseline/behaviour-file.ts';
import { type BehaviourChanges, compareBehaviour } from '../contract/baseline/compare-behaviour.ts';
import type { Payload, PayloadOptions } from '../contract/payload.ts';
import { ciphertextsIn, explain as explainRequest } from '../contract/pure-bt/explain/explain.ts';
import type { Explanation } from '../contract/pure-bt/explain/explanation.ts';
import { readRequestFile } from '../contract/pure-bt/explain/read-request/read-request.ts';
import { readSecrets } from '../contract/pure-bt/explain/secrets.ts';
import { payload } from '../contract/pure-bt/payload.ts';
import { suite } from '../contract/pure-bt/suite.ts';
import { startReference } from '../contract/pure-bt/targets/reference.ts';
import type { Results } from '../contract/results.ts';
import { type Case, casesUnder } from '../contract/run/case.ts';
import { withTimeLimit } from '../contract/run/time-limit.ts';
import { UserError } from '../contract/user-error.ts';
import { type VerifyOptions as ContractOptions, verify as verifyContract } from '../contract/verify.ts';
import { definedOnly } from '../spec/defined-only.ts';
import { defaultDialect } from '../spec/pure-bt/dialect.ts';
import { type Config, checkConfig } from './config/config.ts';
import { readDialectFlags } from './config/dialect-flags.ts';
import type { VerifyFlags } from './config/flags.ts';
import { openTarget } from './config/open-target.ts';
import { readVerifySettings } from './config/verify-settings.ts';
import { operations } from './operations.ts';

export type { BehaviourChanges, Case, Config, Explanation, Payload, PayloadOptions, Results };
export { payload, startReference, UserError };

/** Options of `verify`: the keys of a configuration, and those of the flags of `bindgate verify`. */
export type VerifyOptions = Config &
  Pick<VerifyFlags, 'only' | 'path' | 'showSecrets' | 'failFast' | 'requireCoverage'> &
  Pick<ContractOptions, 'signal' | 'onResult' | 'onNote'> & {
    /** Verifies the embedded reference server instead of `url` or `image`. */
    readonly reference?: boolean;
    /** A baseline or an earlier `results.json`: a difference fails the run. */
    readonly baseline?: string;
  };

/** The type of a configuration: the default export of `bindgate.config.ts`. */
export function defineConfig(config: Config): Config {
  return config;
}

/**
 * Checks that a server implements the contract. `verdict` of the results is the outcome. No file is written.
 * @throws UserError if an option is wrong (`exitCode` 2), or the target or its states cannot be used (3).
 */
export async function verify(options: VerifyOptions): Promise<Results> {
  const { signal = new AbortController().signal, onResult, onNote = () => undefined, ...others } = options;
  const { only, path, showSecrets, failFast, requireCoverage, reference, baseline, ...given } = others;
  const flags = { only, path, showSecrets, failFast, requireCoverage, reference, baseline };
  const loaded = { config: checkConfig(given, 'options'), file: 'options' };
  const settings = readVerifySettings(definedOnly(flags), loaded.config, suite);
  using limited = withTimeLimit(signal, settings.timeLimit);
  const quiet = { note: onNote, progress: () => undefined };
  await using target = await openTarget(definedOnly({ reference }), loaded, operations[0], limited.signal, quiet);
  const { results } = await verifyContract({ ...settings, target, signal: limited.signal, onResult, onNote });
  return results;
}

/**
 * Compares the behaviour in two runs.
 * @param before results, or the path of a baseline or a `results.json`. `after` takes the same.
 * @throws UserError (`exitCode` 2) for another kind of file, and for runs with different dialects.
 */
export function compare(before: Results | string, after: Results | string): BehaviourChanges {
  const read = (run: Results | string, name: string): Behaviour =>
    typeof run === 'string' ? readBehaviourFile(run, suite) : readBehaviour(run, name, suite);
  return compareBehaviour(read(before, 'before'), read(after, 'after'), suite);
}

/** Options of `explain`. */
export type ExplainOptions = {
  /** The text of a file with the request; docs/explain.md lists the forms. */
  readonly request: string;
  /** A fixture as the states endpoint returns it, with `userDomainSecret` and, for ciphertexts, `ps`. */
  readonly fixture: Readonly<Record<string, unknown>>;
  readonly dialect?: Config['dialect'];
  /** Whether to return secrets, the text to sign and the expected values unmasked. */
  readonly showSecrets?: boolean;
};

/**
 * Explains why a signature or a ciphertext does not match, for each request in a text.
 * @throws UserError (`exitCode` 2) for a text without a request, or a fixture that lacks a secret.
 */
export function explain({
  request: text,
  fixture,
  dialect,
  showSecrets = false,
}: ExplainOptions): readonly Explanation[] {
  const { requests } = readRequestFile(new TextEncoder().encode(text), 'request');
  const needsPs = requests.some((request) => ciphertextsIn(request).length > 0);
  const secrets = readSecrets(fixture, {}, needsPs);
  const known = {
    secrets,
    dialect: readDialectFlags(defaultDialect, [], dialect),
    showSecrets,
    now: Math.floor(Date.now() / 1000),
  };
  return requests.map((request) => explainRequest({ ...known, request }));
}

/** The cases that `verify` runs under a dialect. */
export function loadCases(dialect?: Config['dialect']): readonly Case[] {
  return casesUnder(readDialectFlags(defaultDialect, [], dialect), suite.cases);
}
