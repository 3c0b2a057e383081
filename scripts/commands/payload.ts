import { type CommandUnknownOpts, Option } from '@commander-js/extra-typings';
import { inert } from '../../contract/inert.ts';
import { UserError } from '../../contract/user-error.ts';
import type { Fixture } from '../../spec/operation.ts';
import { type CommandContext, seedArgument, wholeNumber } from '../config/flags.ts';
import { readDataFile } from '../config/read-data-file.ts';
import { processTerminal } from '../terminal.ts';

const lists = ['json', 'ndjson', 'curl'] as const;
/** Formats of other tools; each file has several requests. */
const files = ['postman', 'http', 'har', 'k6', 'openapi-examples'] as const;

/** `bindgate payload [fault|form…]`: prints signed requests on standard output. */
export function addPayload(program: CommandUnknownOpts, { chosen }: CommandContext): void {
  program
    .command('payload')
    .argument(
      '[names...]',
      'names of faults or forms (default: a plain correct request; all for a format of another tool)',
    )
    .description('print signed requests')
    .option('--fixture <file>', 'use this fixture (JSON) instead of random values')
    .option('--count <number>', 'number of requests (default: 1)', wholeNumber(1, 1_000_000))
    .option('--seed <number>', 'seed of all random values', seedArgument)
    .addOption(new Option('--format <format>').choices([...lists, ...files]).default('json' as const))
    .option('--url <url>', 'base URL in the requests (default: that of the configuration)')
    .option('--config <file>', 'configuration file (default: bindgate.config.*)')
    .option('--list', 'list every fault and form, and exit')
    .action(async (names, { list, ...flags }) => {
      const { out, note } = processTerminal();
      const { requestMaker } = await chosen.payload();
      if (list === true) {
        for (const { id, kind, title } of requestMaker.namedRequests()) out(`${id.padEnd(34)} ${kind}: ${title}`);
        return;
      }
      const file = files.find((name) => name === flags.format);
      if (file === undefined) return printList(names, flags, chosen);
      if (flags.count !== undefined) throw new UserError(`--count works only with --format ${lists.join(', ')}`, 2);
      if (file === 'postman' && flags.fixture !== undefined) {
        throw new UserError(
          '--fixture does not work with --format postman: the collection has variables; set them in an environment (docs/export.md)',
          2,
        );
      }
      const { exportRequests } = await chosen.export();
      const fixture = await readFixture(flags.fixture, chosen);
      const baseUrl = await readUrl(flags);
      const { text, note: said } = await exportRequests({ format: file, names, baseUrl, fixture, seed: flags.seed });
      out(text);
      if (said !== undefined) note(said);
    });
}

type Flags = {
  readonly format: string;
  readonly fixture?: string;
  readonly count?: number;
  readonly seed?: number;
  readonly url?: string;
  readonly config?: string;
};

/** Prints requests one by one, as they are made. */
async function printList(names: readonly string[], flags: Flags, chosen: CommandContext['chosen']): Promise<void> {
  const { out } = processTerminal();
  const { format, count = 1, seed } = flags;
  const { payloads } = await import('../../contract/payload.ts');
  const { requestMaker } = await chosen.payload();
  const fixture = await readFixture(flags.fixture, chosen);
  const baseUrl = await readUrl(flags);
  const wanted = names.length === 0 ? [undefined] : names;
  const show = (request: { readonly curl: (url: string) => string }, at: number): string => {
    if (format === 'curl') return request.curl(baseUrl);
    return format === 'ndjson' ? JSON.stringify(request) : listItem(request, at, wanted.length * count);
  };
  let made = 0;
  let lines = '';
  for (const name of wanted) {
    for (const request of await payloads(requestMaker, { name, fixture, count, seed })) {
      made += 1;
      lines += `${lines === '' ? '' : '\n'}${show(request, made)}`;
      // A write costs as much as a signature, so lines are written together.
      if (lines.length < writtenTogether) continue;
      out(lines);
      lines = '';
    }
  }
  if (lines !== '') out(lines);
}

/** Characters. */
const writtenTogether = 64 * 1024;

async function readFixture(file: string | undefined, chosen: CommandContext['chosen']): Promise<Fixture | undefined> {
  if (file === undefined) return undefined;
  const next = 'it must contain one fixture, as the states endpoint returns it';
  const value = readDataFile(file, 'JSON', `the fixture file "${inert(file)}"`, next);
  const { checkFixture } = await import('../../contract/payload.ts');
  return checkFixture(value, (await chosen.operation()).operation, file);
}

const localUrl = 'http://127.0.0.1:8080';

/** The URL in the requests: as given or configured, or that of a local server. Some formats have none. */
async function readUrl({ url: given, format, ...flags }: Flags): Promise<string> {
  const hasNone = ['json', 'ndjson', 'openapi-examples'].includes(format);
  if (hasNone && given !== undefined) throw new UserError(`--url does not work with --format ${format}`, 2);
  if (hasNone) return '';
  const { loadConfig } = await import('../config/config.ts');
  const { readBaseUrl } = await import('../../contract/targets/read-url.ts');
  const url = given ?? (await loadConfig(flags)).config.url ?? localUrl;
  readBaseUrl(url);
  return url.replace(/\/+$/, '');
}

/** A single value, or one item of a JSON list, printed as it is made: a million items are never in memory at once. */
function listItem(value: object, at: number, count: number): string {
  const text = JSON.stringify(value, undefined, 2);
  if (count === 1) return text;
  const item = text.replace(/^/gm, '  ');
  return `${at === 1 ? '[\n' : ''}${item}${at === count ? '\n]' : ','}`;
}
