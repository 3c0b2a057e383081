import type { Readable } from 'node:stream';
import { inert } from '../../inert.ts';

/** A condition for a successful start of a container. */
export type Condition = {
  /** Checks once: undefined if the condition holds, else what is missing, as a clause. */
  readonly findMissing: () => Promise<string | undefined>;
  /** The next step for the user if the condition did not hold in time. */
  readonly advise: () => Promise<string>;
};

const answerMs = 2_000;

/** Checks for an HTTP answer: 2xx of a health path, or any answer without one. `port` is the port in the container, for messages. */
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
