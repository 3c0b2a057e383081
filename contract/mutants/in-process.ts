import { randomUUID } from 'node:crypto';
import { foreignKeyPem } from '../../generators/tokens.ts';
import type { ApiRequest, ServedRequest } from '../../spec/http.ts';
import type { Exchange, NoAnswerReason } from '../targets/exchange.ts';
import { readFixture } from '../targets/fixture.ts';
import type { Target } from '../targets/target.ts';
import type { Difference, MutantSet } from './mutant.ts';

/** The limit of the HTTP client. */
const maxBodyBytes = 1024 * 1024;

/** One key for all servers in this process: it takes a tenth of a second. */
let foreignKey: Promise<string> | undefined;

/**
 * Opens a server in this process as a target. Requests are function calls. `crash` returns the error that its code threw, if
 * any: a crash is a mistake in the mutant, not the fault it should have.
 */
export async function openInProcess(
  set: Pick<MutantSet, 'correct' | 'start' | 'defaultDialect'>,
  { override, wire = (handle) => handle, changeFixture = (fixture) => fixture }: Difference = {},
): Promise<Target & { readonly crash: () => unknown }> {
  const server = await set.start({ ...set.correct, ...override });
  const serve = wire(server.handle);
  foreignKey ??= foreignKeyPem();
  let thrown: { readonly error: unknown } | undefined;
  const nothing = async (): Promise<void> => undefined;
  return {
    kind: 'reference',
    url: 'http://in-process',
    keys: { publicKeyPem: server.publicKeyPem, foreignKeyPem: await foreignKey },
    crash: () => thrown?.error,
    send: async (request, signal): Promise<Exchange> => {
      const started = performance.now();
      const silent = (reason: NoAnswerReason, detail: string): Exchange => {
        return { kind: 'no-answer', reason, detail, durationMs: performance.now() - started, stale: false };
      };
      if (signal?.aborted === true) return silent('aborted', 'interrupted');
      try {
        // No await before this line: concurrent requests must arrive in one turn of the event loop.
        const answer = await serve(servedRequest(request));
        // A real time-out would show nothing more.
        if (answer === 'hangs') return silent('time-out', 'no whole answer');
        if (answer === 'hangs-up') return silent('reset', 'the connection was closed before the whole answer');
        if (answer.body.length > maxBodyBytes) return silent('too-large', `the body is over ${maxBodyBytes} bytes`);
        const durationMs = performance.now() - started;
        return { kind: 'answer', response: { ...answer, truncated: false, durationMs } };
      } catch (error) {
        thrown ??= { error };
        return silent('reset', 'the server crashed');
      }
    },
    states: {
      setup: async (state) => {
        const id = randomUUID();
        const fixture = server.states.setup(state, id);
        const made = fixture && changeFixture(fixture, state, id);
        if (made === undefined) return { kind: 'unsupported', reason: 'the states endpoint answered 404' };
        const reading = readFixture(state, made, set.defaultDialect.operation);
        if ('problem' in reading) return { kind: 'broken', reason: reading.problem };
        return { kind: 'ready', id, state, fixture: reading.fixture };
      },
      teardown: async ({ id }) => {
        server.states.teardown(id);
        return undefined;
      },
      [Symbol.asyncDispose]: nothing,
    },
    [Symbol.asyncDispose]: nothing,
  };
}

/** A request for a server: a body in pieces becomes one body with a `transfer-encoding` header. */
function servedRequest({ method, path, headers, body }: ApiRequest): ServedRequest {
  if (body instanceof Uint8Array) return { method, path, headers, body };
  const whole = Buffer.concat(body.map(({ bytes }) => bytes));
  const declared = headers.some(([name]) => name.toLowerCase() === 'content-length');
  return { method, path, headers: declared ? headers : [...headers, ['transfer-encoding', 'chunked']], body: whole };
}
