import type { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { inert } from '../../inert.ts';
import type { Listening } from './listening.ts';

/** Asks once whether a container is ready: undefined where it is, else what is missing, as the end of a sentence. */
export type Readiness = () => Promise<string | undefined>;

const pollMs = 200;
const answerMs = 2_000;

/** Asks again and again until every condition holds, one after the other; `missing` hears what is waited for. */
export async function untilReady(
  conditions: readonly Readiness[],
  missing: (what: string) => void,
  signal: AbortSignal,
): Promise<void> {
  for (const condition of conditions) {
    for (let lacks = await condition(); lacks !== undefined; lacks = await condition()) {
      missing(lacks);
      await pause(pollMs, undefined, { signal });
    }
  }
}

/** An HTTP answer on a published port: 2xx of a health path, any at all where there is none. */
export function answers(url: string, port: number, health: string | undefined): Readiness {
  const what = `GET ${inert(health ?? '/')} on port ${port}`;
  return async () => {
    const ends = AbortSignal.timeout(answerMs);
    const response = await fetch(new URL(health ?? '/', url), { redirect: 'manual', signal: ends }).catch(
      () => undefined,
    );
    await response?.body?.cancel();
    if (response === undefined) return `${what} got no answer`;
    return health === undefined || response.ok ? undefined : `${what} answered HTTP ${response.status}`;
  };
}

/** A port that is listened on inside a container, other than on its loopback. */
export function listens(port: number, look: () => Promise<readonly Listening[] | undefined>): Readiness {
  return async () => {
    const found = await look();
    if (found === undefined)
      return 'its ports cannot be looked at (no `cat` in the image?): give "log" in place of "port"';
    return found.some((one) => one.port === port && !one.loopback) ? undefined : `nothing listens on port ${port}`;
  };
}

/** A line of the log that contains a text; `listen` is given the log as it is written. */
export function logLine(text: string): { readonly listen: (log: Readable) => void; readonly readiness: Readiness } {
  let rest = '';
  let seen = false;
  return {
    listen: (log) => {
      log.on('data', (piece: string) => {
        const lines = (rest + piece).split('\n');
        seen ||= lines.some((line) => line.includes(text));
        // A line without an end is kept as long as it may still complete the text.
        rest = (lines.at(-1) ?? '').slice(-10_000);
        if (seen) log.destroy();
      });
      // The engine may end the stream with the container, which is found out elsewhere.
      log.on('error', () => undefined);
    },
    readiness: async () => (seen ? undefined : `its log has no line with "${inert(text)}"`),
  };
}
