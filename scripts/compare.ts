import { readResultFile } from '../contract/result-file.ts';
import { refuseForeignHost } from '../contract/targets/allow-hosts.ts';
import { readBaseUrl } from '../contract/targets/read-url.ts';
import type { Target } from '../contract/targets/target.ts';
import { UserError } from '../contract/user-error.ts';
import { windowsPerBlock } from '../load/compare/blocks.ts';
import { compareServers } from '../load/compare/compare-servers.ts';
import { countMeasured } from '../load/compare/record.ts';
import { type CompareResults, defaultSettings, type Settings } from '../load/compare/results.ts';
import { compareStored, type StoredRun } from '../load/compare/stored.ts';
import loadSchema from '../load/load.schema.json' with { type: 'json' };
import { definedOnly } from '../spec/defined-only.ts';
import type { LoadedConfig } from './config/config.ts';
import { type ConnectionFlags, flagName } from './config/flags.ts';
import { openTarget } from './config/open-target.ts';
import { type LoadSettings, openGenerator, openSite } from './load.ts';
import { prepareFolder } from './reports/files.ts';
import type { Terminal } from './terminal.ts';

/** Flags of `bindgate compare`. */
export type CompareFlags = ConnectionFlags & {
  readonly dialect?: readonly string[];
  readonly out?: string;
  readonly a?: string;
  readonly b?: string;
  readonly aStates?: string;
  readonly bStates?: string;
  readonly rate?: number;
  readonly windows?: number;
  readonly windowSeconds?: number;
  readonly inconclusive?: 'pass';
  readonly json?: boolean;
};

/** The request to `bindgate compare`. */
export type Comparison =
  | { readonly kind: 'files'; readonly before: string; readonly after: string }
  | { readonly kind: 'live'; readonly a: string; readonly b: string; readonly settings: Settings };

/** With fewer blocks, resampling cannot estimate its uncertainty. */
const leastWindows = 32;

/** Reads what to compare. Throws UserError (exit code 2) unless there are two files, or two URLs with usable settings. */
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
    const flag = flagName(given);
    throw new UserError(`${flag} is for servers, but "${before}" is a file; compare two servers or two files`, 2);
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
  const settings = { ...defaultSettings, ...definedOnly({ rate, windows, windowSeconds }) };
  if (settings.windows % windowsPerBlock !== 0 || settings.windows < leastWindows) {
    throw new UserError(
      `--windows ${settings.windows} must be a multiple of ${windowsPerBlock} (blocks of A B B A), and at least ${leastWindows}`,
      2,
    );
  }
  const answers = countMeasured(settings);
  if (answers < settings.leastAnswers) {
    throw new UserError(
      `${settings.rate}/s in windows of ${settings.windowSeconds} s gives ${answers} answers each, but a p99 needs ${settings.leastAnswers}; raise --rate or --window-seconds`,
      2,
    );
  }
  return settings;
}

/** Compares two servers in one session; checks their hosts before the first request. */
export async function compareLive(
  { a, b, settings }: Comparison & { readonly kind: 'live' },
  flags: CompareFlags,
  { chosen, dialect, out, loaded }: Omit<LoadSettings, 'config' | 'flags'> & { readonly loaded: LoadedConfig },
  terminal: Terminal,
  signal: AbortSignal,
): Promise<CompareResults> {
  const { config } = loaded;
  for (const url of [a, b]) refuseForeignHost(readBaseUrl(url).href, config.allowHosts ?? [], 'load');
  const header = definedOnly({ header: flags.header });
  await using targets = new AsyncDisposableStack();
  const open = async (url: string, urlFlag: '--a' | '--b', states: string | undefined): Promise<Target> => {
    const target = { url, urlFlag, statesFlag: `${urlFlag}-states`, ...definedOnly({ states }), ...header };
    return targets.use(await openTarget(target, loaded, chosen, signal, terminal));
  };
  const targetA = await open(a, '--a', flags.aStates);
  const targetB = await open(b, '--b', flags.bStates);
  await prepareFolder(out);
  const sent = { chosen, config, dialect, out, flags: header };
  const [siteA, siteB] = [await openSite(targetA, sent), await openSite(targetB, sent)];
  const generator = await openGenerator(siteA, {}, terminal, signal);
  // Awaited here, because the targets must stay open until the comparison is over.
  return await compareServers(siteA, siteB, generator, settings);
}

/** Compares two load.json files. Throws UserError (exit code 2) for another file, or for runs that cannot be compared. */
export function compareFiles(before: string, after: string): CompareResults {
  const next = 'compare takes two load.json, two baseline or two results.json files that bindgate wrote';
  const stored = (name: string): StoredRun => ({ name, results: readResultFile(name, loadSchema, next) });
  return compareStored(stored(before), stored(after));
}
