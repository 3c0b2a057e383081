import { randomUUID } from 'node:crypto';
import type { ApiRequest } from '../../spec/http.ts';
import { operation } from '../../spec/pure-bt/operation.ts';
import type { ServedRequest } from '../../spec/pure-bt/reference/reference.ts';
import { createReference } from '../../spec/pure-bt/reference/reference.ts';
import type { TokenKey } from '../../spec/pure-bt/reference/token.ts';
import type { StateName } from '../../spec/pure-bt/states.ts';
import type { Exchange, NoAnswerReason } from '../targets/exchange.ts';
import { readFixture } from '../targets/fixture.ts';
import type { StateSource } from '../targets/state-source.ts';
import type { Target } from '../targets/target.ts';
import type { Difference } from './mutant.ts';
import { behaviourOf } from './mutant.ts';

/** A server met without sockets. */
export type InProcessTarget = Target & {
  /** What its code threw, where it did: a server that crashes shows a mistake in the mutant, not its fault. */
  readonly crash: () => unknown;
};

/** What every server of a process shares: making an RSA key takes a tenth of a second. */
export type SharedKeys = { readonly tokenKey: TokenKey; readonly foreignKeyPem: string };

/** As much of a body as the HTTP client reads. */
const maxBodyBytes = 1024 * 1024;

/** Opens a server that differs from the reference, as a target whose requests are function calls. */
export async function openInProcess(
  server: Difference,
  { tokenKey, foreignKeyPem }: SharedKeys,
): Promise<InProcessTarget> {
  const reference = await createReference({ behaviour: behaviourOf(server), tokenKey });
  const serve = (server.wire ?? ((handle) => handle))(reference.handle);
  const setup = (server.states ?? ((given) => given))(reference.states.setup);
  let thrown: { readonly error: unknown } | undefined;
  const nothing = async (): Promise<void> => undefined;

  const send = async (request: ApiRequest, signal?: AbortSignal): Promise<Exchange> => {
    const started = performance.now();
    const silent = (reason: NoAnswerReason, detail: string): Exchange => {
      return { kind: 'no-answer', reason, detail, durationMs: performance.now() - started, stale: false };
    };
    if (signal?.aborted === true) return silent('aborted', 'interrupted');
    try {
      // Nothing is awaited before it: requests sent at once arrive in one turn of the event loop.
      const answer = await serve(servedRequest(request));
      // Waiting for a time-out would show no more.
      if (answer === 'hangs') return silent('time-out', 'no whole answer');
      if (answer === 'hangs-up') return silent('reset', 'connection closed before the whole answer');
      if (answer.body.length > maxBodyBytes) return silent('too-large', `the body is over ${maxBodyBytes} bytes`);
      const durationMs = performance.now() - started;
      return { kind: 'answer', response: { ...answer, truncated: false, durationMs } };
    } catch (error) {
      thrown ??= { error };
      return silent('reset', 'the server crashed');
    }
  };

  const states: StateSource = {
    setup: async (state) => {
      const id = randomUUID();
      const made = setup(state as StateName, id);
      if (made === undefined) return { kind: 'unsupported', reason: 'the states endpoint answered 404' };
      const reading = readFixture(state, made, operation);
      if ('problem' in reading) return { kind: 'broken', reason: reading.problem };
      return { kind: 'ready', id, state, fixture: reading.fixture };
    },
    teardown: async ({ id }) => {
      reference.states.teardown(id);
      return undefined;
    },
    [Symbol.asyncDispose]: nothing,
  };

  return {
    kind: 'reference',
    url: 'http://in-process',
    send,
    states,
    keys: { publicKeyPem: reference.publicKeyPem, foreignKeyPem },
    crash: () => thrown?.error,
    [Symbol.asyncDispose]: nothing,
  };
}

/** The request as a server sees it: the pieces of its body are put together, and that they were pieces is a header. */
function servedRequest({ method, path, headers, body }: ApiRequest): ServedRequest {
  if (body instanceof Uint8Array) return { method, path, headers, body };
  const whole = Buffer.concat(body.map(({ bytes }) => bytes));
  const declared = headers.some(([name]) => name.toLowerCase() === 'content-length');
  return { method, path, headers: declared ? headers : [...headers, ['transfer-encoding', 'chunked']], body: whole };
}
