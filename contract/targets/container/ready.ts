import type { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { inert } from '../../inert.ts';

/** Something that must hold before a container counts as started. */
export type Condition = {
  /** Asks once: undefined where it holds, else what is missing, as a clause. */
  readonly findMissing: () => Promise<string | undefined>;
  /** The next step for the user where it did not come to hold in time. */
  readonly advise: () => Promise<string>;
};

const pollMs = 200;
const answerMs = 2_000;

/** Asks again and again until every condition holds, one after the other; `missing` hears what is waited for. */
export async function untilReady(
  conditions: readonly Condition[],
  missing: (what: string, condition: Condition) => void,
  signal: AbortSignal,
): Promise<void> {
  for (const condition of conditions) {
    for (let unmet = await condition.findMissing(); unmet !== undefined; unmet = await condition.findMissing()) {
      missing(unmet, condition);
      await pause(pollMs, undefined, { signal });
    }
  }
}

/** An HTTP answer at a URL: 2xx of a health path, any at all where there is none. Port is the one inside, for messages. */
export async function findMissingAnswer(
  url: string,
  port: number,
  health: string | undefined,
): Promise<string | undefined> {
  const what = `GET ${inert(health ?? '/')} on port ${port}`;
  const ends = AbortSignal.timeout(answerMs);
  const response = await fetch(new URL(health ?? '/', url), { redirect: 'manual', signal: ends }).catch(
    () => undefined,
  );
  await response?.body?.cancel();
  if (response === undefined) return `${what} got no answer`;
  return health === undefined || response.ok ? undefined : `${what} answered HTTP ${response.status}`;
}

/** A line of the log that contains a text; `listen` is given the log as it is written. */
export function logLine(text: string): Condition & { readonly listen: (log: Readable) => void } {
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
    findMissing: async () => (seen ? undefined : `its log has no line with "${inert(text)}"`),
    advise: async () => 'correct "log", or raise "startTimeoutMs"',
  };
}
