import { readFileSync } from 'node:fs';
import { growingMask } from '../contract/growing-mask.ts';
import { inert } from '../contract/inert.ts';
import { showEverything } from '../contract/mask.ts';
import { findFixtures } from '../contract/proxy/find-fixtures.ts';
import type { JudgeOptions } from '../contract/proxy/judge-exchange.ts';
import { judgeExchange } from '../contract/proxy/judge-exchange.ts';
import { leadsTo } from '../contract/proxy/own-address.ts';
import { withoutContent } from '../contract/proxy/redact.ts';
import type { Proxied } from '../contract/proxy/start-proxy.ts';
import { startProxy } from '../contract/proxy/start-proxy.ts';
import { addExchange, emptyTally, tallyExitCode } from '../contract/proxy/tally.ts';
import { createHttpClient } from '../contract/targets/http-client.ts';
import { readBaseUrl } from '../contract/targets/read-url.ts';
import type { TrafficObserver } from '../contract/targets/recording.ts';
import { UserError } from '../contract/user-error.ts';
import { errorCode, whyUnreadable } from '../spec/error-code.ts';
import type { Fixture, Operation } from '../spec/operation.ts';
import { plural } from '../spec/plural.ts';
import { untilAborted } from './commands/until-aborted.ts';
import { loadConfig } from './config/config.ts';
import { readConfiguredDialect } from './config/dialect-flags.ts';
import type { CommandContext, TargetFlags } from './config/flags.ts';
import { clientOptions, readHeader } from './config/open-target.ts';
import { withTlsFlags } from './config/tls-flags.ts';
import { openHar } from './reports/har/har.ts';
import { exchangeJson, exchangeText, tallyJson, tallyText } from './reports/proxy-text.ts';
import { processTerminal } from './terminal.ts';

/** Flags of `bindgate proxy`. */
export type ProxyFlags = Pick<TargetFlags, 'url' | 'header' | 'config' | 'ca' | 'cert' | 'key'> & {
  readonly port?: number;
  readonly host?: string;
  readonly fixture?: readonly string[];
  readonly har?: string;
  readonly dialect?: readonly string[];
  readonly json?: boolean;
  readonly showSecrets?: boolean;
};

/** For a request and for an answer, in bytes. */
const maxBodyBytes = 16 * 1024 * 1024;
/** Longer than for a test: a developer may have stopped the server in a debugger. */
const defaultTimeoutMs = 60_000;
const connections = 256;

/** Forwards traffic and checks it until it is interrupted. Returns the exit code. */
export async function runProxy(flags: ProxyFlags, { signal, chosen }: CommandContext): Promise<number> {
  const { port = 0, host = '127.0.0.1', json = false, showSecrets = false } = flags;
  const { config } = withTlsFlags(await loadConfig(flags.config), flags);
  const { operation } = await chosen.operation();
  const dialect = readConfiguredDialect(flags.dialect, config, operation);
  const url = flags.url ?? config.url;
  if (url === undefined) throw new UserError('no server: give --url URL, the base URL of the server', 2);
  if (port !== 0 && (await leadsTo(readBaseUrl(url), { host, port }))) {
    throw new UserError(`--url ${inert(url)} is this proxy itself (--port ${port}); choose another --port`, 2);
  }
  const requestCheck = await chosen.requestCheck();
  const given = (flags.fixture ?? []).flatMap((file) => readFixtures(file, operation));
  const fixtures = requestCheck.readSecrets(given, process.env);
  const headers = [...Object.entries(config.headers ?? {}), ...(flags.header ?? []).map(readHeader)];
  await using client = createHttpClient({
    timeoutMs: defaultTimeoutMs,
    ...clientOptions(config),
    baseUrl: url,
    headers,
    maxBodyBytes,
    connections,
  });
  const terminal = processTerminal(json);
  const tally = emptyTally();
  const { learn, mask } = growingMask(operation);
  const clean = (text: string, max?: number): string => inert((showSecrets ? showEverything : mask)(text), max);
  {
    using har = flags.har === undefined ? undefined : openHarFile(flags.har, operation, client.url, showSecrets);
    const observer: TrafficObserver = {
      onFixture: learnOnce((fixture) => {
        learn(fixture);
        har?.onFixture(fixture);
      }),
      onExchange: (...exchange) => har?.onExchange(...exchange),
    };
    for (const fixture of fixtures) observer.onFixture(fixture);
    const options: JudgeOptions = { ...requestCheck, dialect, fixtures, showSecrets };
    const said = new Set<string>();
    await using proxy = await startProxy({
      client,
      host,
      port,
      maxBodyBytes,
      onExchange: (proxied) => {
        if (proxied.exchange.kind === 'answer') said.clear();
        const judged = judgeExchange(proxied, options);
        for (const secrets of judged.secrets) observer.onFixture(secrets);
        addExchange(tally, proxied, judged);
        const shown: Proxied = judged.readable || showSecrets ? proxied : withoutContent(proxied);
        observer.onExchange(shown.request, shown.exchange, shown.sentAt);
        if (json) process.stdout.write(`${JSON.stringify(exchangeJson(proxied, judged, dialect, clean))}\n`);
        else terminal.out(exchangeText(proxied, judged, dialect, clean, terminal.style));
      },
      // The same problem is told once, until the server answers again.
      onNote: (says) => {
        if (said.has(says)) return;
        said.add(says);
        terminal.note(`bindgate: ${clean(says, 400)}`);
      },
    });
    terminal.out(`proxy   ${inert(proxy.url)} → ${inert(client.url)}`);
    terminal.out(`checks  ${checksText(fixtures)}`);
    if (flags.har !== undefined) terminal.out(`har     ${inert(flags.har, 500)}, complete after Ctrl-C`);
    await untilAborted(signal);
  }
  if (json) process.stdout.write(`${JSON.stringify(tallyJson(tally, clean))}\n`);
  else terminal.out(`\n${tallyText(tally, dialect, clean, terminal.style)}`);
  return tallyExitCode(tally);
}

function checksText(fixtures: readonly Fixture[]): string {
  return fixtures.length === 0
    ? 'fields and token of each request, and each answer; for signatures and ciphertexts, add --fixture FILE'
    : `each request, with the secrets of ${plural(fixtures.length, 'fixture')}, and each answer`;
}

/** @throws UserError (exit code 2) for a file that cannot be read or has no fixture. */
function readFixtures(file: string, operation: Operation): readonly Readonly<Record<string, unknown>>[] {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8').replace(/^\ufeff/, ''));
  } catch (error) {
    const why = error instanceof SyntaxError ? 'is not valid JSON' : `cannot be used: ${whyUnreadable(error)}`;
    throw new UserError(`--fixture "${inert(file)}" ${why}; give a fixture as the states endpoint returns it`, 2, {
      cause: error,
    });
  }
  const found = findFixtures(value, operation);
  if (found.length > 0) return found;
  throw new UserError(
    `--fixture "${inert(file)}" contains no fixture; its members are ${Object.keys(operation.fixture).join(', ')}`,
    2,
  );
}

/** @throws UserError (exit code 2) if the file cannot be written. */
function openHarFile(
  file: string,
  operation: Operation,
  url: string,
  showSecrets: boolean,
): ReturnType<typeof openHar> {
  const about = showSecrets
    ? ''
    : ' Bodies of requests to other operations, and bodies that are not JSON, are left out.';
  try {
    return openHar(file, { operation, url, showSecrets, about });
  } catch (error) {
    throw new UserError(`--har "${inert(file)}" cannot be written (${errorCode(error)}); choose another file`, 2, {
      cause: error,
    });
  }
}

/** Clients repeat their token with each request, and each form of a secret takes memory. */
function learnOnce(learn: (fixture: Fixture) => void): (fixture: Fixture) => void {
  const known = new Set<string>();
  return (fixture) => {
    const key = JSON.stringify(fixture);
    if (known.has(key)) return;
    known.add(key);
    learn(fixture);
  };
}
