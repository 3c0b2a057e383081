import { statSync } from 'node:fs';
import { inert } from '../contract/inert.ts';
import { growingMask, showEverything } from '../contract/mask.ts';
import type { Judged } from '../contract/proxy/judge-exchange.ts';
import { startJudgeThread } from '../contract/proxy/judge-thread.ts';
import { leadsTo } from '../contract/proxy/own-address.ts';
import type { RequestCheck } from '../contract/proxy/remark.ts';
import { type Proxied, startProxy } from '../contract/proxy/start-proxy.ts';
import { addExchange, emptyTally, tallyExitCode } from '../contract/proxy/tally.ts';
import { pathInUrl } from '../contract/run/preflight/place.ts';
import { createHttpClient } from '../contract/targets/http-client.ts';
import { readBaseUrl } from '../contract/targets/read-url.ts';
import { UserError } from '../contract/user-error.ts';
import { errorCode } from '../spec/error-code.ts';
import type { Fixture, Operation } from '../spec/operation.ts';
import { plural } from '../spec/plural.ts';
import { loadConfig } from './config/config.ts';
import { readConfiguredDialect } from './config/dialect-flags.ts';
import type { CommandContext, TargetFlags } from './config/flags.ts';
import { clientOptions, readHeaders } from './config/open-target.ts';
import { readFixtures } from './config/read-fixtures.ts';
import { openHar } from './reports/har/har.ts';
import { exchangeJson, exchangeText, tallyJson, tallyText } from './reports/proxy-text.ts';
import { printJson, processTerminal, untilAborted } from './terminal.ts';

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
  const { config } = await loadConfig(flags);
  const { operation } = await chosen.operation();
  const dialect = readConfiguredDialect(flags.dialect, config, operation);
  const url = flags.url ?? config.url;
  if (url === undefined) throw new UserError('no server: give --url URL, the base URL of the server', 2);
  if (port !== 0 && (await leadsTo(readBaseUrl(url), { host, port }))) {
    throw new UserError(`--url ${inert(url)} is this proxy itself (--port ${port}); choose another --port`, 2);
  }
  const inUrl = pathInUrl(readBaseUrl(url).href.replace(/\/+$/, ''), operation.path);
  if (inUrl !== undefined) throw new UserError(inUrl, 2);
  const requestCheck = await chosen.requestCheck();
  const fixtures =
    flags.fixture === undefined
      ? requestCheck.readSecrets([], process.env)
      : flags.fixture.flatMap((file) => readSecretsIn(file, operation, requestCheck));
  const headers = readHeaders(config, flags.header);
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
  const known = growingMask(operation);
  const { learn, learnSent, mask } = known;
  const clean = (text: string, max?: number): string => inert((showSecrets ? showEverything : mask)(text), max);
  const print = (text: () => string, object: () => object): void => {
    if (json) printJson(object());
    else terminal.out(text());
  };
  const failure = Promise.withResolvers<never>();
  {
    using har = flags.har === undefined ? undefined : openHarFile(flags.har, client.url, showSecrets, known);
    const record = ({ request, exchange, sentAt }: Proxied): void => har?.onExchange(request, exchange, sentAt);
    const report = (proxied: Proxied, judged: Judged): void => {
      learnSent(judged.sent);
      addExchange(tally, proxied, judged);
      record(judged.readable || showSecrets ? proxied : withoutContent(proxied, mask));
      print(
        () => exchangeText(proxied, judged, dialect, clean, terminal.style),
        () => exchangeJson(proxied, judged, dialect, clean),
      );
    };
    // The same problem is told once, until the server answers again.
    const told = new Set<string>();
    const tell = (says: string): void => {
      if (!told.has(says)) terminal.note(`bindgate: ${clean(says, 400)}`);
      told.add(says);
    };
    for (const fixture of fixtures) learn(fixture);
    await using thread = startJudgeThread(requestCheck, dialect, { fixtures, showSecrets });
    await using proxy = await startProxy({
      client,
      host,
      port,
      maxBodyBytes,
      onExchange: (proxied) => {
        if (proxied.exchange.kind === 'answer') told.clear();
        const judging = thread.judge(proxied);
        judging?.then((judged) => report(proxied, judged)).catch(failure.reject);
        if (judging !== undefined) return;
        addExchange(tally, proxied, undefined);
        record(withoutContent(proxied, mask));
        tell('requests come faster than they can be checked; some are only forwarded');
      },
      onNote: tell,
    });
    terminal.out(`proxy   ${inert(proxy.url)} → ${inert(client.url)}`);
    terminal.out(`checks  ${checksText(fixtures)}`);
    if (flags.har !== undefined) terminal.out(`har     ${inert(flags.har, 500)}, complete after Ctrl-C`);
    await Promise.race([untilAborted(signal), failure.promise]);
  }
  // A report of the last exchanges may have failed.
  await Promise.race([failure.promise, undefined]);
  print(
    () => `\n${tallyText(tally, dialect, clean, terminal.style)}`,
    () => tallyJson(tally, clean),
  );
  return tallyExitCode(tally);
}

function checksText(fixtures: readonly Fixture[]): string {
  return fixtures.length === 0
    ? 'fields and token of each request, and each answer; for signatures and ciphertexts, add --fixture FILE'
    : `each request, with the secrets of ${plural(fixtures.length, 'fixture')}, and each answer`;
}

/** @throws UserError (exit code 2) for a file that cannot be read, without a fixture, or with a secret that cannot be right. */
function readSecretsIn(file: string, operation: Operation, { readSecrets }: RequestCheck): readonly Fixture[] {
  const found = readFixtures(file, operation);
  try {
    return readSecrets(found, process.env);
  } catch (cause) {
    if (!(cause instanceof UserError)) throw cause;
    throw new UserError(`the fixture file "${inert(file)}" cannot be used: ${cause.message}`, 2, { cause });
  }
}

/** @throws UserError (exit code 2) if the file cannot be written. */
function openHarFile(
  file: string,
  url: string,
  showSecrets: boolean,
  known: ReturnType<typeof growingMask>,
): ReturnType<typeof openHar> {
  const about = showSecrets
    ? ''
    : ' Bodies of requests to other operations, and bodies that are not JSON, are left out.';
  const refuse = (why: string, cause?: unknown): never => {
    throw new UserError(`--har "${inert(file)}" ${why}; choose another file`, 2, { cause });
  };
  // The archive replaces a file only at the end.
  if (statSync(file, { throwIfNoEntry: false })?.isDirectory() === true) refuse('is a folder');
  try {
    return openHar(file, { url, showSecrets, known, about });
  } catch (error) {
    return refuse(`cannot be written (${errorCode(error)})`, error);
  }
}

/** Text in place of a value of a query, unless it is a known secret as a whole. */
const hidden = '«hidden»';

/** An exchange without bodies and values of its query: a mask cannot find the secrets of other operations, such as a login. */
function withoutContent({ request, exchange, sentAt }: Proxied, mask: (text: string) => string): Proxied {
  const nothing = new Uint8Array();
  const path = request.path.replace(/=([^&#]*)/g, (_, value: string) => {
    const masked = mask(value);
    return `=${encodeURIComponent(/^«[\w ]+»$/.test(masked) ? masked : hidden)}`;
  });
  const kept =
    exchange.kind === 'answer' ? { ...exchange, response: { ...exchange.response, body: nothing } } : exchange;
  return { request: { ...request, path, body: nothing }, exchange: kept, sentAt };
}
