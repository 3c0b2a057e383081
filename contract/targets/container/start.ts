import type { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import type { StartedTestContainer } from 'testcontainers';
import { inert } from '../../inert.ts';
import { UserError } from '../../user-error.ts';
import { engineMessage, unlessAborted } from './engine.ts';
import { containerDefaults } from './options.ts';
import { type Condition, configure, findPart, type Part, type Run } from './part.ts';

const pollMs = 200;
const engineMs = 120_000;

/**
 * Creates a container, starts it and waits until it is ready, has ended, has timed out or the run is aborted.
 *
 * It does not use the waiting of testcontainers: if a container ends at once, that takes ten seconds and loses the log. Its
 * `start()` sometimes never settles, and it cannot be aborted.
 * @throws UserError (exit code 3) with the last lines of its log.
 */
export async function startPart(run: Run, part: Part): Promise<StartedTestContainer> {
  const { startTimeoutMs = containerDefaults.startTimeoutMs, log } = part;
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
  let late = async (): Promise<string> =>
    `${engineMs / 1000} s: the engine did not start it; check the log of the engine`;
  /** Checks repeatedly until every condition holds, one after the other. */
  const untilReady = async (started: StartedTestContainer): Promise<void> => {
    for (const { findMissing, advise } of [...(line === undefined ? [] : [line]), ...part.conditions(started)]) {
      for (let unmet = await findMissing(); unmet !== undefined; unmet = await findMissing()) {
        const missing = unmet;
        late = async () => `${startTimeoutMs / 1000} s: ${missing}; ${await advise()}`;
        await pause(pollMs, undefined, { signal });
      }
    }
  };
  try {
    // A busy engine is not the server's fault, so the server's time limit begins when it runs.
    const started = await within(engineMs, starting);
    await within(startTimeoutMs, untilReady(started));
    return started;
  } catch (cause) {
    if (run.signal.aborted) throw cause;
    throw await failure(run, part, late, cause);
  } finally {
    over.abort();
  }
}

/** Why a container did not start, with the last lines of its log and the next step. */
async function failure(run: Run, part: Part, late: () => Promise<string>, cause: unknown): Promise<UserError> {
  const isLate = cause instanceof DOMException && cause.name === 'TimeoutError';
  if (!isLate && !(cause instanceof Ended)) return new UserError(refusal(part, cause), 3, { cause });
  const found = await findPart(run, part).catch(() => undefined);
  const details = (await found?.lastLines()) ?? [];
  const next =
    details.length > 0 ? 'fix the problem in its log' : 'its log is empty: correct "command" or "environment"';
  const message = isLate
    ? `was not ready within ${await late()}`
    : `${(cause as Ended).message} before it was ready; ${next}`;
  return new UserError(`${part.what} ${message}`, 3, { cause, details });
}

class Ended extends Error {}

async function ended(run: Run, part: Part, signal: AbortSignal): Promise<never> {
  for (;;) {
    await pause(pollMs, undefined, { signal });
    const end = await (await findPart(run, part))?.readEnd();
    if (end !== undefined) throw new Ended(end.how);
  }
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

/** The condition that a line of the log contains a text. `listen` reads the log. */
export function logLine(text: string): Condition & { readonly listen: (log: Readable) => void } {
  let rest = '';
  let seen = false;
  return {
    listen: (log) => {
      log.on('data', (piece: string) => {
        const lines = (rest + piece).split('\n');
        seen ||= lines.some((line) => line.includes(text));
        // An incomplete line is kept, because its rest may complete the text.
        rest = (lines.at(-1) ?? '').slice(-10_000);
        if (seen) log.destroy();
      });
      // The engine may end the stream with the container. Other code detects that.
      log.on('error', () => undefined);
    },
    findMissing: async () => (seen ? undefined : `its log has no line with "${inert(text)}"`),
    advise: async () => 'correct "log", or raise "startTimeoutMs"',
  };
}
