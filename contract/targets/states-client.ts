import { randomUUID } from 'node:crypto';
import type { Headers } from '../../spec/http.ts';
import { identifyDevice, type Operation } from '../../spec/operation.ts';
import { inert } from '../inert.ts';
import { parseJson } from '../judge/parse-json.ts';
import { certificateProblem } from './client-certificate.ts';
import { type Exchange, sendAgainWhileBusy } from './exchange.ts';
import { readFixture } from './fixture.ts';
import { createHttpClient, type HttpClientOptions } from './http-client.ts';
import { readUrl } from './read-url.ts';
import type { StateSetup, StateSource } from './state-source.ts';

const json: Headers = [
  ['content-type', 'application/json'],
  ['accept', 'application/json'],
];

const longestPauseMs = 2_000;

/** Only requests to the states endpoint are repeated, and only if it is busy or a kept connection was stale. */
function isBusy(exchange: Exchange): boolean {
  return exchange.kind === 'answer' ? [429, 503].includes(exchange.response.httpStatus) : exchange.stale;
}

/**
 * Creates a source of provider states over HTTP, with Pact's protocol: `POST {state, params: {id}, action}`.
 * A 2xx answer contains the fixture. 4xx and 501 mean that the state is not supported, 401 and 403 that the handler refuses
 * bindgate. After 429 and 503 the request is sent again a few times.
 * @param options `url` is the endpoint itself, not a base URL; `flag` is the flag that names it.
 */
export function createStatesClient({
  operation,
  flag = '--states',
  ...options
}: Omit<HttpClientOptions, 'baseUrl'> & {
  readonly url: string;
  readonly flag?: string | undefined;
  readonly operation: Operation;
}): StateSource {
  const url = readUrl(options.url, { flag, path: '/_states' });
  const client = createHttpClient({ ...options, baseUrl: url.origin });
  const ask = async (
    action: 'setup' | 'teardown',
    state: string,
    id: string,
    signal?: AbortSignal,
  ): Promise<Exchange> => {
    const body = new TextEncoder().encode(JSON.stringify({ state, params: { id }, action }));
    const request = { method: 'POST', path: `${url.pathname}${url.search}`, headers: json, body };
    return (await sendAgainWhileBusy(() => client.send(request, signal), isBusy, longestPauseMs, signal)).exchange;
  };
  const seen = new Set<string>();

  return {
    endpoint: { url: `${url.origin}${url.pathname}`, flag },
    setup: async (state, signal) => {
      const id = randomUUID();
      const setup = await readSetup(await ask('setup', state, id, signal), { state, id, url, flag, operation });
      if (setup.kind !== 'ready') return setup;
      const identity = identifyDevice(setup.fixture, operation);
      const device = JSON.stringify(identity);
      // Without a device, a fixture is only a user, who may be the same each time.
      if (identity.length > 0 && seen.has(device)) {
        return broken(
          url,
          `returned the same device for "${state}" as for an earlier set-up; each set-up needs its own device`,
        );
      }
      seen.add(device);
      return setup;
    },
    teardown: async ({ id, state }, signal) => {
      const exchange = await ask('teardown', state, id, signal);
      if (exchange.kind === 'answer' && exchange.response.httpStatus < 300) return undefined;
      return `the teardown of "${state}" failed: ${describe(exchange)}`;
    },
    [Symbol.asyncDispose]: () => client[Symbol.asyncDispose](),
  };
}

async function readSetup(
  exchange: Exchange,
  { state, id, url, flag, operation }: { state: string; id: string; url: URL; flag: string; operation: Operation },
): Promise<StateSetup> {
  if (exchange.kind === 'no-answer') {
    const { reason, detail } = exchange;
    const certificate = await certificateProblem(url.href, exchange);
    if (certificate !== undefined) return broken(url, certificate);
    const next = { refused: `; start it or correct ${flag}`, unreachable: `; correct ${flag}` };
    return broken(url, `did not answer: ${detail}${reason in next ? next[reason as keyof typeof next] : ''}`);
  }
  const { httpStatus, body } = exchange.response;
  if (httpStatus === 401 || httpStatus === 403) {
    return broken(
      url,
      `refused the request (HTTP ${httpStatus}${endpointMessage(body)}); check states.url and states.headers`,
    );
  }
  if ((httpStatus >= 400 && httpStatus < 500 && httpStatus !== 429) || httpStatus === 501) {
    const reason = `the states endpoint answered ${httpStatus}${endpointMessage(body)}`;
    return { kind: 'unsupported', reason, httpStatus };
  }
  if (httpStatus < 200 || httpStatus >= 300)
    return broken(url, `answered HTTP ${httpStatus} for "${state}"${endpointMessage(body)}`);
  const parsed = parseJson(body);
  if ('problem' in parsed) return broken(url, `answered "${state}" with a body that is not JSON: ${parsed.problem}`);
  const reading = readFixture(state, parsed.value, operation);
  if ('problem' in reading) return broken(url, `answered "${state}" with a wrong fixture: ${reading.problem}`);
  return { kind: 'ready', id, state, fixture: reading.fixture };
}

function broken(url: URL, what: string): StateSetup {
  return { kind: 'broken', reason: `the states endpoint ${url.origin}${url.pathname} ${what}` };
}

function describe(exchange: Exchange): string {
  return exchange.kind === 'answer' ? `HTTP ${exchange.response.httpStatus}` : exchange.detail;
}

/** The message of the endpoint after a colon; empty if it has no message. */
function endpointMessage(body: Uint8Array): string {
  const parsed = parseJson(body.subarray(0, 100_000));
  const value = 'value' in parsed ? parsed.value : new TextDecoder().decode(body.subarray(0, 400));
  const message =
    typeof value === 'object' && value !== null
      ? ['message', 'error', 'reason', 'msg']
          .map((key) => Reflect.get(value, key))
          .find((text) => typeof text === 'string')
      : value;
  return typeof message === 'string' && message.trim() !== '' ? `: ${inert(message.trim(), 120)}` : '';
}
