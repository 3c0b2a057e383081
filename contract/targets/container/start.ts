import { setTimeout as pause } from 'node:timers/promises';
import type { StartedTestContainer } from 'testcontainers';
import { inert } from '../../inert.ts';
import { UserError } from '../../user-error.ts';
import { engineSays } from './engine.ts';
import { lastLines } from './logs.ts';
import { containerDefaults } from './options.ts';
import type { Found, Part, Run } from './part.ts';
import { configure, findPart } from './part.ts';
import { logLine, untilReady } from './ready.ts';
import { unlessAborted } from './unless-aborted.ts';

const pollMs = 200;

/**
 * Creates a container, starts it and waits until it is ready, has ended, its time is over or the run is given up.
 *
 * testcontainers' own waiting is not used: a container that ends at once costs it ten seconds and the log, at times its
 * `start()` never settles, and it cannot be told to stop.
 * @throws UserError (exit code 3) with the last lines of its log.
 */
export async function startPart(run: Run, part: Part): Promise<StartedTestContainer> {
  const { what, startTimeoutMs = containerDefaults.startTimeoutMs } = part;
  const awaited = part.log === undefined ? undefined : logLine(part.log);
  const container = await configure(run, part);
  if (awaited !== undefined) container.withLogConsumer(awaited.listen);
  const starting = container.start();
  run.begun.push(starting);

  const over = new AbortController();
  const late = AbortSignal.timeout(startTimeoutMs);
  const signal = AbortSignal.any([run.signal, late, over.signal]);
  let started: StartedTestContainer | undefined;
  let lacks = 'the engine did not start it';
  const ready = async (): Promise<StartedTestContainer> => {
    started = await starting;
    const conditions = [...(awaited === undefined ? [] : [awaited.readiness]), ...part.conditions(started)];
    await untilReady(conditions, (missing) => (lacks = missing), signal);
    return started;
  };
  try {
    return await unlessAborted(Promise.race([ready(), ended(run, part, signal)]), signal);
  } catch (cause) {
    if (run.signal.aborted) throw cause;
    if (!late.aborted && !(cause instanceof Ended)) throw new UserError(refusal(part, cause), 3, { cause });
    const found = await findPart(run, part).catch(() => undefined);
    const details = found === undefined ? [] : await lastLines(found.handle, run.mask);
    if (cause instanceof Ended) {
      const next =
        details.length > 0 ? 'mend what its log says' : 'its log is empty: correct "command" or "environment"';
      throw new UserError(`${what} ${cause.message} before it was ready; ${next}`, 3, { cause, details });
    }
    const next = started === undefined ? "look at the engine's own log" : await part.advise(started);
    throw new UserError(`${what} was not ready within ${startTimeoutMs / 1000} s: ${lacks}; ${next}`, 3, {
      cause,
      details,
    });
  } finally {
    over.abort();
  }
}

/** A container ended by itself; the message says how. */
class Ended extends Error {}

/** Rejects as soon as the container of a part has ended. */
async function ended(run: Run, part: Part, signal: AbortSignal): Promise<never> {
  for (;;) {
    await pause(pollMs, undefined, { signal });
    const found = await findPart(run, part);
    const end = found === undefined ? undefined : await endOf(found);
    if (end !== undefined) throw new Ended(end.how);
  }
}

/** How a container ended; undefined where it runs, or was not started yet. */
export async function endOf({ handle, state }: Found): Promise<{ how: string; exitCode: number } | undefined> {
  if (state !== 'exited' && state !== 'dead') return undefined;
  const { OOMKilled, ExitCode: exitCode } = (await handle.inspect()).State;
  return { how: OOMKilled ? 'was killed for want of memory' : `ended with exit code ${exitCode}`, exitCode };
}

/** Why the engine would not start it: a command that is not there, a port that is taken, a file that cannot be copied. */
function refusal({ what, command }: Part, error: unknown): string {
  const said = engineSays(error);
  // runc wraps its reason several times; the innermost says it all.
  const reason = inert(said.split(/caused: |container process: /).at(-1) ?? said);
  const noCommand = /executable file not found|no such file or directory|permission denied|exec format/i.test(reason);
  const advice = noCommand ? `correct ${command === undefined ? "the image's command" : '"command"'}` : 'mend that';
  return `${what} cannot be started (${reason}); ${advice}`;
}
