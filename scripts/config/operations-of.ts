import { join } from 'node:path';
import { prefixed } from '../../contract/merge-results.ts';
import type { Suite } from '../../contract/suite.ts';
import { UserError } from '../../contract/user-error.ts';
import { definedOnly } from '../../spec/defined-only.ts';
import { type KnownOperation, operationNamed } from '../operations.ts';
import { bodiesFolder } from '../reports/bodies.ts';
import { readFailedIds } from '../reports/report.ts';
import type { Config, LoadedConfig } from './config.ts';
import type { TargetFlags, VerifyFlags } from './flags.ts';
import { selectFailed } from './select-cases.ts';
import { readVerifySettings, type VerifySettings } from './verify-settings.ts';

/** One operation of a run, with what its verification needs. */
export type RunOperation = {
  readonly chosen: KnownOperation;
  readonly loaded: LoadedConfig;
  readonly settings: VerifySettings;
  /** Its id, if the configuration lists several and it is not the first. */
  readonly prefix: string | undefined;
};

/**
 * The operations of a run: the one of `--operation`, or those of the configuration, or the default.
 * With `--only`, a pattern with an operation's id before it (`bindDeviceDk:dk/`) selects its cases.
 * @returns undefined if `--failed` finds no failed case.
 * @throws UserError (exit code 2) for an unknown operation or a setting that cannot be used.
 */
export async function readRunOperations(
  { failed = false, ...flags }: TargetFlags & VerifyFlags & { readonly failed?: boolean },
  loaded: LoadedConfig,
  chosen: KnownOperation,
): Promise<readonly [RunOperation, ...RunOperation[]] | undefined> {
  const configured = await Promise.all((loaded.config.operations ?? []).map(operationNamed));
  const listed = flags.operation === undefined && configured.length > 0 ? configured : [chosen];
  const suites = await suitesOf(listed);
  // A configuration may have settings and states of operations that this run leaves out.
  const known = listed === configured ? suites : [...suites, ...(await suitesOf(configured))];
  const ids = suites.map(({ operation }) => operation.id);
  const twice = ids.find((id, at) => ids.indexOf(id) !== at);
  if (twice !== undefined) throw new UserError(`${loaded.file}: operations has two with the id ${twice}`, 2);
  // One seed for all operations.
  const config = { ...loaded.config, seed: loaded.config.seed ?? Math.floor(Math.random() * 2 ** 31) };
  const { out = 'reports' } = config;
  const split = (names: readonly string[]) => names.map((name) => splitId(name, ids.slice(1)));
  const selected = flags.only && split(flags.only);
  const failedIds = failed ? split(readFailedIds(out)) : undefined;
  const [first, ...further] = suites.flatMap((suite, at): readonly RunOperation[] => {
    const prefix = at === 0 ? undefined : suite.operation.id;
    const ownOf = (names: typeof selected) => names?.flatMap(([id, name]) => (id === prefix ? [name] : []));
    const patterns = ownOf(selected);
    const again = ownOf(failedIds);
    const all = flags.prism === true ? suite.mockCases : suite.cases;
    const isOut = patterns?.length === 0;
    const own = isOut || again === undefined ? patterns : selectFailed(again, patterns ?? [], all, out);
    if (own?.length === 0) return [];
    const { baseline, record, ...others } = { ...flags, ...definedOnly({ only: own }) };
    const ofFirst = prefix === undefined ? definedOnly({ baseline, record }) : {};
    const ownConfig = configFor(suite, prefix, known, config);
    const settings = readVerifySettings({ ...others, ...ofFirst }, ownConfig, suite);
    return [
      {
        chosen: listed[at] ?? chosen,
        loaded: { ...loaded, config: ownConfig },
        settings: prefix === undefined ? settings : withFolder(settings, prefix),
        prefix,
      },
    ];
  });
  if (first !== undefined) return [first, ...further];
  if (failed) return undefined;
  throw new UserError('nothing to run: no case is selected', 2);
}

async function suitesOf(operations: readonly KnownOperation[]): Promise<readonly Suite[]> {
  return Promise.all(operations.map(async (one) => (await one.suite()).suite));
}

/** The id of a further operation before the name of a case, if any, and the name. */
function splitId(name: string, further: readonly string[]): readonly [id: string | undefined, name: string] {
  const id = further.find((one) => name.startsWith(prefixed(one, '')));
  return [id, id === undefined ? name : name.slice(prefixed(id, '').length)];
}

/** The parts of a configuration that are about one of several operations: its settings, states and tolerances. */
function configFor(
  { operation }: Suite,
  prefix: string | undefined,
  suites: readonly Suite[],
  { dialect, fixtures, policy, ...config }: Config,
): Config {
  const others = suites.map((suite) => suite.operation).filter((one) => one !== operation);
  // What no operation knows stays, so that a mistake is reported.
  const isOwn = (part: 'settings' | 'states', name: string): boolean =>
    Object.hasOwn(operation[part], name) || !others.some((one) => Object.hasOwn(one[part], name));
  const own = <Value>(part: 'settings' | 'states', values: Readonly<Record<string, Value>> | undefined) =>
    values && Object.fromEntries(Object.entries(values).filter(([name]) => isOwn(part, name)));
  const further = suites.slice(1).map((suite) => suite.operation.id);
  const tolerate = policy?.tolerate?.flatMap((entry) => {
    const [id, name] = splitId(entry.case, further);
    return id === prefix ? [{ ...entry, case: name }] : [];
  });
  // These are about the codes of the first operation.
  const { minimumCoverage, mustCover, ...both } = policy ?? {};
  const ofFirst = prefix === undefined ? definedOnly({ minimumCoverage, mustCover }) : {};
  return {
    ...config,
    ...definedOnly({
      dialect: own('settings', dialect),
      fixtures: own('states', fixtures),
      policy: policy && { ...both, ...ofFirst, ...definedOnly({ tolerate }) },
    }),
  };
}

/** The bodies of a further operation are in a folder of their own, because its cases have the same names. */
function withFolder(settings: VerifySettings, id: string): VerifySettings {
  const { curl, out } = settings;
  return curl === undefined ? settings : { ...settings, curl: { ...curl, bodies: join(out, bodiesFolder, id) } };
}
