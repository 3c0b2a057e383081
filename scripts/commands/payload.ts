import { readFileSync } from 'node:fs';
import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { Option } from '@commander-js/extra-typings';
import { decodeText } from '../../contract/decode-text.ts';
import { UserError } from '../../contract/user-error.ts';
import type { CommandContext } from '../config/flags.ts';
import { seedArgument, wholeNumber } from '../config/flags.ts';
import { processTerminal } from '../terminal.ts';

/** `bindgate payload [fault|form]`: prints signed requests on standard output. */
export function addPayload(program: CommandUnknownOpts, { chosen }: CommandContext): void {
  program
    .command('payload')
    .argument('[name]', 'name of a fault or form (default: a plain correct request)')
    .description('print signed requests')
    .option('--fixture <file>', 'use this fixture (JSON) instead of random values')
    .option('--count <number>', 'number of requests (default: 1)', wholeNumber(1, 1_000_000))
    .option('--seed <number>', 'seed of all random values', seedArgument)
    .addOption(new Option('--format <format>').choices(['json', 'ndjson', 'curl'] as const).default('json' as const))
    .option('--url <url>', 'base URL for --format curl (default: that of the configuration)')
    .option('--config <file>', 'configuration file (default: bindgate.config.*)')
    .option('--list', 'list every fault and form, and exit')
    .action(async (name, { list, format, url, config, fixture, count = 1, seed }) => {
      const { out } = processTerminal();
      const { checkFixture, payload, payloadNames } = await chosen.payload();
      if (list === true) {
        for (const { id, kind, title } of payloadNames()) out(`${id.padEnd(34)} ${kind}: ${title}`);
        return;
      }
      const given = fixture === undefined ? undefined : checkFixture(readJsonFile(fixture), fixture);
      const base = await readUrl(url, { format, config });
      let made = 0;
      for await (const request of payload({ name, fixture: given, count, seed })) {
        made += 1;
        if (format === 'curl') out(request.curl(base));
        else out(format === 'ndjson' ? JSON.stringify(request) : listItem(request, made, count));
      }
    });
}

const localUrl = 'http://127.0.0.1:8080';

/** The URL for curl: as given or configured, or that of a local server. Other formats have no URL. */
async function readUrl(
  given: string | undefined,
  { format, config }: { readonly format: string; readonly config: string | undefined },
): Promise<string> {
  if (format !== 'curl' && given !== undefined) throw new UserError('--url works only with --format curl', 2);
  if (format !== 'curl') return '';
  const { loadConfig } = await import('../config/config.ts');
  const { readBaseUrl } = await import('../../contract/targets/read-url.ts');
  const url = given ?? (await loadConfig(config)).config.url ?? localUrl;
  readBaseUrl(url);
  return url;
}

/** A single value, or one item of a JSON list, printed as it is made: a million items are never in memory at once. */
function listItem(value: object, at: number, count: number): string {
  const text = JSON.stringify(value, undefined, 2);
  if (count === 1) return text;
  const item = text.replace(/^/gm, '  ');
  return `${at === 1 ? '[\n' : ''}${item}${at === count ? '\n]' : ','}`;
}

function readJsonFile(file: string): unknown {
  try {
    return JSON.parse(decodeText(readFileSync(file)));
  } catch (error) {
    const why = error instanceof SyntaxError ? 'is not valid JSON' : 'cannot be read';
    const what = 'it must contain one fixture, as the states endpoint returns it';
    throw new UserError(`the fixture file "${file}" ${why}; ${what}`, 2, { cause: error });
  }
}
