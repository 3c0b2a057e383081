import { setTimeout as pause } from 'node:timers/promises';
import type { StartedTestContainer } from 'testcontainers';
import { inert } from '../../inert.ts';
import { UserError } from '../../user-error.ts';
import { engineMessage } from './engine.ts';
import { lastLines } from './logs.ts';
import { containerDefaults } from './options.ts';
import type { Found, Part, Run } from './part.ts';
import { configure, findPart } from './part.ts';
import type { Condition } from './ready.ts';
import { logLine, untilReady } from './ready.ts';
import { unlessAborted } from './unless-aborted.ts';

const pollMs = 200;
const engineMs = 120_000;

/** What is being waited for, for the message of a time-out. */
type Awaited = { readonly ms: number; readonly unmet: string; readonly advise: () => Promise<string> };

/**
 * Creates a container, starts it and waits until it is ready, has ended, has timed out or the run is aborted.
 *
 * It does not use the waiting of testcontainers: if a container ends at once, that takes ten seconds and loses the log. Its
 * `start()` sometimes never settles, and it cannot be aborted.
 * @throws UserError (exit code 3) with the last lines of its log.
 */
export async function startPart(run: Run, part: Part): Promise<StartedTestContainer> {
  const { startTimeoutMs: ms = containerDefaults.startTimeoutMs, log } = part;
  const line = log === undefined ? undefined : logLine(log);
  const container = await configure(run, part);
  if (line !== undefined) container.withLogConsumer(line.listen);
  const starting = container.start();
  run.begun.push(starting);

  const over = new AbortController();
  const signal = AbortSignal.any([run.signal, over.signal]);
  const end = ended(run, part, signal);
  const within = <Value>(limitMs: number, work: Promise<Value>): Promise<Value> =>
    unlessAborted(Promise.race([work, end]), AbortSignal.any([signal, AbortSignal.timeout(limitMs)]));
  let awaited: Awaited = {
    ms: engineMs,
    unmet: 'the engine did not start it',
    advise: async () => 'check the log of the engine',
  };
  try {
    // A busy engine is not the server's fault, so the server's time limit begins when it runs.
    const started = await within(engineMs, starting);
    const conditions = [...(line === undefined ? [] : [line]), ...part.conditions(started)];
    const missing = (unmet: string, { advise }: Condition): void => {
      awaited = { ms, unmet, advise };
    };
    await within(ms, untilReady(conditions, missing, signal));
    return started;
  } catch (cause) {
    if (run.signal.aborted) throw cause;
    throw await failure(run, part, awaited, cause);
  } finally {
    over.abort();
  }
}

/** Why a container did not start, with the last lines of its log and the next step. */
async function failure(run: Run, part: Part, { ms, unmet, advise }: Awaited, cause: unknown): Promise<UserError> {
  const late = cause instanceof DOMException && cause.name === 'TimeoutError';
  if (!late && !(cause instanceof Ended)) return new UserError(refusal(part, cause), 3, { cause });
  const found = await findPart(run, part).catch(() => undefined);
  const details = found === undefined ? [] : await lastLines(found.handle, run.mask);
  const next =
    details.length > 0 ? 'fix the problem in its log' : 'its log is empty: correct "command" or "environment"';
  const message = late
    ? `${part.what} was not ready within ${ms / 1000} s: ${unmet}; ${await advise()}`
    : `${part.what} ${(cause as Ended).message} before it was ready; ${next}`;
  return new UserError(message, 3, { cause, details });
}

/** A container has ended by itself. The message says how. */
class Ended extends Error {}

/** Rejects when the container of a part has ended. */
async function ended(run: Run, part: Part, signal: AbortSignal): Promise<never> {
  for (;;) {
    await pause(pollMs, undefined, { signal });
    const found = await findPart(run, part);
    const end = found === undefined ? undefined : await readEnd(found);
    if (end !== undefined) throw new Ended(end.how);
  }
}

/** How a container ended, as text after its name. */
export type End = { readonly how: string; readonly exitCode: number };

/** How a container ended; undefined if it runs or has not started. */
export async function readEnd({ handle, state }: Found): Promise<End | undefined> {
  if (state !== 'exited' && state !== 'dead') return undefined;
  const { OOMKilled, ExitCode: exitCode } = (await handle.inspect()).State;
  return { how: OOMKilled ? 'was killed because it ran out of memory' : `ended with exit code ${exitCode}`, exitCode };
}

/** Why the engine did not start a container: a missing command, a used port, a file that cannot be copied. */
function refusal({ what, command }: Part, error: unknown): string {
  const message = engineMessage(error);
  // runc wraps its reason several times. The innermost one is enough.
  const reason = inert(message.split(/caused: |container process: /).at(-1) ?? message);
  const noCommand = /executable file not found|no such file or directory|permission denied|exec format/i.test(reason);
  const advice = noCommand
    ? `correct ${command === undefined ? "the image's command" : '"command"'}`
    : 'fix this problem';
  return `${what} cannot start (${reason}); ${advice}`;
}
