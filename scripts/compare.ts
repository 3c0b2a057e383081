import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { inert } from '../contract/inert.ts';
import { refuseForeignHost } from '../contract/targets/allow-hosts.ts';
import { readBaseUrl } from '../contract/targets/http-client.ts';
import { UserError } from '../contract/user-error.ts';
import { compareServers } from '../load/compare/compare.ts';
import { windowsPerBlock } from '../load/compare/order.ts';
import { measuredPerWindow } from '../load/compare/record.ts';
import type { CompareResults } from '../load/compare/results.ts';
import type { Settings } from '../load/compare/settings.ts';
import { defaultSettings } from '../load/compare/settings.ts';
import { compareStored } from '../load/compare/stored.ts';
import loadSchema from '../load/load.schema.json' with { type: 'json' };
import type { LoadResults } from '../load/results.ts';
import type { Dialect } from '../spec/pure-bt/dialect.ts';
import type { CompareFlags } from './commands/compare.ts';
import type { LoadedConfig } from './config/config.ts';
import { openTarget } from './config/target.ts';
import { openSession } from './load.ts';
import { prepareFolder } from './reports/files.ts';
import type { Terminal } from './terminal.ts';

/** What `bindgate compare` was asked for. */
export type Comparison =
  | { readonly kind: 'files'; readonly before: string; readonly after: string }
  | { readonly kind: 'live'; readonly a: string; readonly b: string; readonly settings: Settings };

/** Below this many blocks, resampling does not know how uncertain it is. */
const leastWindows = 32;

/** Reads what is to be compared; throws UserError (exit code 2) where it is not two files, or two URLs and settings that can decide. */
export function readCompareFlags(files: readonly string[], flags: CompareFlags): Comparison {
  const [before, after, third] = files;
  const { a, b } = flags;
  if (before === undefined) {
    if (a === undefined || b === undefined) {
      const missing =
        a === undefined && b === undefined ? 'nothing to compare' : `--${a === undefined ? 'a' : 'b'} is missing`;
      throw new UserError(
        `${missing}; give two servers (--a URL --b URL) or two load.json, baseline or results.json files (BEFORE AFTER)`,
        2,
      );
    }
    return { kind: 'live', a, b, settings: readSettings(flags) };
  }
  const live = ['a', 'b', 'aStates', 'bStates', 'rate', 'windows', 'windowSeconds'] as const;
  const given = live.find((flag) => flags[flag] !== undefined);
  if (given !== undefined) {
    const flag = given.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    throw new UserError(`--${flag} is for two servers, and "${before}" is a file; compare two of one kind`, 2);
  }
  if (after === undefined || third !== undefined) {
    throw new UserError(
      `${files.length} file${after === undefined ? ' was' : 's were'} given; compare takes two: BEFORE AFTER`,
      2,
    );
  }
  return { kind: 'files', before, after };
}

function readSettings({ rate, windows, windowSeconds }: CompareFlags): Settings {
  const settings = {
    ...defaultSettings,
    ...(rate === undefined ? {} : { rate }),
    ...(windows === undefined ? {} : { windows }),
    ...(windowSeconds === undefined ? {} : { windowSeconds }),
  };
  if (settings.windows % windowsPerBlock !== 0 || settings.windows < leastWindows) {
    throw new UserError(
      `--windows ${settings.windows} must be a multiple of ${windowsPerBlock} (blocks of A B B A), and ${leastWindows} at least`,
      2,
    );
  }
  const answers = measuredPerWindow(settings.rate, settings.windowSeconds);
  if (answers < settings.leastAnswers) {
    throw new UserError(
      `${settings.rate}/s in windows of ${settings.windowSeconds} s gives ${answers} answers each, and a p99 needs ${settings.leastAnswers}; raise --rate or --window-seconds`,
      2,
    );
  }
  return settings;
}

/** Compares two servers in one session; their hosts are checked before the first request. */
export async function compareLive(
  { a, b, settings }: Comparison & { readonly kind: 'live' },
  {
    flags,
    loaded,
    dialect,
    out,
  }: { readonly flags: CompareFlags; readonly loaded: LoadedConfig; readonly dialect: Dialect; readonly out: string },
  terminal: Terminal,
  signal: AbortSignal,
): Promise<CompareResults> {
  const { config } = loaded;
  for (const url of [a, b]) refuseForeignHost(readBaseUrl(url).href, config.allowHosts ?? [], 'load');
  const header = flags.header === undefined ? {} : { header: flags.header };
  await using targets = new AsyncDisposableStack();
  const open = async (url: string, statesFlag: string, states: string | undefined): ReturnType<typeof openTarget> => {
    const target = { url, statesFlag, ...(states === undefined ? {} : { states }), ...header };
    return targets.use(await openTarget(target, loaded, signal, terminal));
  };
  const targetA = await open(a, '--a-states', flags.aStates);
  const targetB = await open(b, '--b-states', flags.bStates);
  await prepareFolder(out);
  const session = await openSession(targetA, { config, dialect, out, ...header }, terminal, signal);
  // Awaited here: the targets must stand until the comparison is over.
  return await compareServers(session, targetB, settings);
}

/** Result files that can be compared, by their schema. */
const comparers: Readonly<Record<string, (before: StoredFile, after: StoredFile) => CompareResults>> = {
  'bindgate.load/1': (before, after) =>
    compareStored(
      { name: before.name, results: loadResults(before) },
      { name: after.name, results: loadResults(after) },
    ),
};

type StoredFile = { readonly name: string; readonly schema: string; readonly value: unknown };

/** Compares two result files; throws UserError (exit code 2) where they are not of one kind that can be compared. */
export function compareFiles(before: string, after: string): CompareResults {
  const files = [readResultFile(before), readResultFile(after)] as const;
  const [first, second] = files;
  if (first.schema !== second.schema) {
    throw new UserError(`${before} is ${first.schema} and ${after} is ${second.schema}; compare two of one kind`, 2);
  }
  const comparer = comparers[first.schema];
  if (comparer === undefined) {
    throw new UserError(
      `${before} is ${first.schema}, which is not compared; compare takes ${Object.keys(comparers).join(', ')}`,
      2,
    );
  }
  return comparer(first, second);
}

function readResultFile(name: string): StoredFile {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(name, 'utf8'));
  } catch (error) {
    const why = error instanceof SyntaxError ? 'is no JSON' : 'cannot be read';
    throw new UserError(
      `"${name}" ${why}; compare takes two load.json, two baseline or two results.json files that bindgate wrote`,
      2,
      { cause: error },
    );
  }
  const schema = typeof value === 'object' && value !== null && 'schema' in value ? value.schema : undefined;
  if (typeof schema === 'string') return { name, schema: inert(schema, 60), value };
  throw new UserError(`"${name}" is no result file of bindgate: it has no "schema"`, 2);
}

function loadResults({ name, value }: StoredFile): LoadResults {
  const validate = new Ajv2020({ allowUnionTypes: true, strictTuples: false }).compile<LoadResults>(loadSchema);
  if (validate(value)) return value;
  const { instancePath = '', message = 'is not valid' } = validate.errors?.[0] ?? {};
  throw new UserError(
    `"${name}" is no sound load.json: ${inert(instancePath.slice(1).replaceAll('/', '.') || 'it', 60)} ${message}`,
    2,
  );
}
