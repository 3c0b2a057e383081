import { createInterface } from 'node:readline/promises';
import { readBaseUrl } from '../../../contract/targets/read-url.ts';
import { failureLine } from '../../failure.ts';
import type { Settings } from './starter-texts.ts';

/** Asks for the two URLs, with defaults; undefined where the user gives up (Ctrl-C, end of input). */
export async function askSettings(
  input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
  defaults: Settings,
  signal: AbortSignal,
): Promise<Settings | undefined> {
  const gaveUp = new AbortController();
  const lines = createInterface({ input, output });
  // On a terminal Ctrl-C is a key, not a signal, while a line is read.
  lines.on('SIGINT', () => gaveUp.abort()).on('close', () => gaveUp.abort());
  const either = AbortSignal.any([signal, gaveUp.signal]);
  const ask = async (question: string, fallback: string): Promise<string> => {
    for (;;) {
      const answer = (await lines.question(`${question} [${fallback}] `, { signal: either })).trim() || fallback;
      const problem = urlProblem(answer);
      if (problem === undefined) return answer;
      output.write(`${problem}\n`);
    }
  };
  try {
    const url = await ask('Base URL of the server under test?', defaults.url);
    return { url, states: await ask('URL of its provider states?', defaultStatesUrl(url)) };
  } catch (error) {
    if (either.aborted) return undefined;
    throw error;
  } finally {
    lines.close();
  }
}

/** Where the states of a server are by default: below its URL, as in the embedded server. */
export function defaultStatesUrl(url: string): string {
  return `${url.replace(/\/+$/, '')}/_states`;
}

function urlProblem(url: string): string | undefined {
  try {
    readBaseUrl(url);
    return undefined;
  } catch (error) {
    return failureLine(error);
  }
}
