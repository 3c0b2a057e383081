import { join } from 'node:path';
import { prefixed } from '../../contract/merge-results.ts';
import type { Suite } from '../../contract/suite.ts';
import { UserError } from '../../contract/user-error.ts';
import type { KnownOperation } from '../operations.ts';
import { operationNamed } from '../operations.ts';
import { bodiesFolder } from '../reports/bodies.ts';
import { readFailedIds } from '../reports/report.ts';
import type { Config, LoadedConfig } from './config.ts';
import type { TargetFlags, VerifyFlags } from './flags.ts';
import { readOut, selectFailed } from './select-cases.ts';
import type { VerifySettings } from './verify-settings.ts';
import { readVerifySettings } from './verify-settings.ts';

/** One operation of a run, with what its verification needs. */
export type RunOperation = {
  readonly chosen: KnownOperation;
  readonly suite: Suite;
  readonly loaded: LoadedConfig;
  readonly settings: VerifySettings;
  /** Its id, if the configuration lists several and it is not the first. */
  readonly prefix: string | undefined;
};

type Flags = TargetFlags & VerifyFlags & { readonly failed?: boolean };

/**
 * The operations of a run: the one of `--operation`, or those of the configuration, or the default.
 * With `--only`, a pattern with an operation's id before it (`bindDeviceDk:dk/`) selects its cases.
 * @returns undefined if `--failed` finds no failed case.
 * @throws UserError (exit code 2) for an unknown operation or a setting that cannot be used.
 */
export async function readRunOperations(
  flags: Flags,
  loaded: LoadedConfig,
  chosen: KnownOperation,
): Promise<readonly [RunOperation, ...RunOperation[]] | undefined> {
  const names = flags.operation === undefined ? (loaded.config.operations ?? []) : [];
  const listed = names.length === 0 ? [chosen] : await Promise.all(names.map(operationNamed));
  const suites = await Promise.all(listed.map(async (one) => (await one.suite()).suite));
  const ids = suites.map(({ operation }) => operation.id);
  const twice = ids.find((id, at) => ids.indexOf(id) !== at);
  if (twice !== undefined) throw new UserError(`${loaded.file}: operations has two with the id ${twice}`, 2);
  // A configuration may have settings and states of operations that this run leaves out.
  const known = flags.operation === undefined ? suites : [...suites, ...(await suitesOf(loaded.config.operations))];
  // One seed for all operations.
  const seed = flags.seed ?? loaded.config.seed ?? Math.floor(Math.random() * 2 ** 31);
  const { failed: again = false, ...others } = { ...flags, seed };
  const only = again ? await failedOf(flags, loaded.config, suites) : flags.only;
  if (again && only === undefined) return undefined;
  const runs = listed.flatMap((operation, at): readonly RunOperation[] => {
    const suite = suites[at];
    if (suite === undefined) return [];
    const own = listed.length === 1 ? only : selectedFor(at, ids, only);
    if (own?.length === 0) return [];
    const config = configFor(at, known, loaded.config);
    const first = at === 0 ? others : withoutFiles(others);
    const settings = readVerifySettings({ ...first, ...(own !== undefined && { only: own }) }, config, suite);
    const ofFurther = at === 0 ? settings : withFolder(settings, suite.operation.id);
    return [
      {
        chosen: operation,
        suite,
        loaded: { ...loaded, config },
        settings: ofFurther,
        prefix: at === 0 ? undefined : suite.operation.id,
      },
    ];
  });
  const [first, ...further] = runs;
  if (first !== undefined) return [first, ...further];
  throw new UserError('nothing to run: no case is selected', 2);
}

async function suitesOf(names: readonly string[] = []): Promise<readonly Suite[]> {
  return Promise.all(names.map(async (name) => (await (await operationNamed(name)).suite()).suite));
}

/** The cases of `--failed`; undefined if nothing failed. */
async function failedOf(
  flags: Flags,
  config: Config,
  suites: readonly Suite[],
): Promise<readonly string[] | undefined> {
  const [suite, ...others] = suites;
  if (suite !== undefined && others.length === 0) return (await selectFailed(flags, config, suite))?.only;
  const failed = readFailedIds(readOut(flags, config));
  return failed.length === 0 ? undefined : failed;
}

/** The patterns for one of several operations, without its id. */
function selectedFor(
  at: number,
  ids: readonly string[],
  only: readonly string[] | undefined,
): readonly string[] | undefined {
  const prefix = prefixed(ids[at] ?? '', '');
  const isOfOther = (pattern: string): boolean => ids.slice(1).some((id) => pattern.startsWith(prefixed(id, '')));
  return only?.flatMap((pattern) => {
    if (at > 0) return pattern.startsWith(prefix) ? [pattern.slice(prefix.length)] : [];
    return isOfOther(pattern) ? [] : [pattern];
  });
}

/** The parts of a configuration that are about one of several operations: its settings, states and tolerances. */
function configFor(at: number, suites: readonly Suite[], config: Config): Config {
  const { operation } = suites[at] ?? suites[0] ?? {};
  if (operation === undefined) return config;
  const others = suites.map((suite) => suite.operation).filter((one) => one !== operation);
  // What no operation knows stays, so that a mistake is reported.
  const isForeign = (name: string, part: 'settings' | 'states'): boolean =>
    !Object.hasOwn(operation[part], name) && others.some((one) => Object.hasOwn(one[part], name));
  const keep = <Value>(values: Readonly<Record<string, Value>> | undefined, part: 'settings' | 'states') =>
    values === undefined
      ? undefined
      : Object.fromEntries(Object.entries(values).filter(([name]) => !isForeign(name, part)));
  const dialect = keep(config.dialect, 'settings');
  const fixtures = keep(config.fixtures, 'states');
  const prefixes = suites.slice(1).map((suite) => prefixed(suite.operation.id, ''));
  const own = prefixed(operation.id, '');
  const tolerate = config.policy?.tolerate?.flatMap((entry) => {
    if (at > 0) return entry.case.startsWith(own) ? [{ ...entry, case: entry.case.slice(own.length) }] : [];
    return prefixes.some((prefix) => entry.case.startsWith(prefix)) ? [] : [entry];
  });
  const { minimumCoverage, mustCover, ...policy } = config.policy ?? {};
  return {
    ...config,
    ...(dialect !== undefined && { dialect }),
    ...(fixtures !== undefined && { fixtures }),
    ...(config.policy !== undefined && {
      policy: {
        ...policy,
        ...(tolerate !== undefined && { tolerate }),
        // These are about the codes of the first operation.
        ...(at === 0 && minimumCoverage !== undefined && { minimumCoverage }),
        ...(at === 0 && mustCover !== undefined && { mustCover }),
      },
    }),
  };
}

/** A baseline and a record are of the first operation. */
function withoutFiles({ baseline: _, record: __, ...flags }: Omit<Flags, 'failed'>): Omit<Flags, 'failed'> {
  return flags;
}

/** The bodies of a further operation are in a folder of their own, because its cases have the same names. */
function withFolder(settings: VerifySettings, id: string): VerifySettings {
  const { curl, out } = settings;
  return curl === undefined ? settings : { ...settings, curl: { ...curl, bodies: join(out, bodiesFolder, id) } };
}
