import { once } from 'node:events';
import { styleText } from 'node:util';

/** The output of a command: results on standard output, everything else on standard error. */
export type Terminal = {
  readonly out: (text: string) => void;
  readonly note: (text: string) => void;
  /**
   * A line that the next one replaces; an empty one ends it. If the output is not a terminal, the latest line goes to standard error
   * every 30 s.
   */
  readonly progress: (text: string) => void;
  readonly style: (format: Parameters<typeof styleText>[0], text: string) => string;
};

/** Often enough that a CI does not stop a long run as inactive. */
const heartbeatMs = 30_000;

/** The terminal of the process. With `json`, standard output contains only the JSON. */
export function processTerminal(json = false): Terminal {
  const main = json ? process.stderr : process.stdout;
  const live = main.isTTY === true && process.env['CI'] === undefined;
  let shown = false;
  let latest = '';
  let heartbeat: NodeJS.Timeout | undefined;
  const clear = (): void => {
    if (shown) main.write('\r\u001b[2K');
    shown = false;
    clearInterval(heartbeat);
    heartbeat = undefined;
  };
  const startHeartbeat = (started = performance.now()): NodeJS.Timeout =>
    setInterval(() => {
      process.stderr.write(`${latest}, ${Math.round((performance.now() - started) / 1_000)} s\n`);
    }, heartbeatMs).unref();
  return {
    out: (text) => {
      clear();
      main.write(`${text}\n`);
    },
    note: (text) => {
      clear();
      process.stderr.write(`${text}\n`);
    },
    progress: (text) => {
      latest = text;
      if (text === '') return clear();
      if (!live) {
        heartbeat ??= startHeartbeat();
        return;
      }
      clear();
      main.write(text);
      shown = true;
    },
    // Respects NO_COLOR, FORCE_COLOR and whether the stream is a terminal.
    style: (format, text) => styleText(format, text, { stream: main }),
  };
}

/** Prints a value as one line of JSON on standard output, for `--json`. */
export function printJson(value: object): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

/** Resolves at Ctrl-C, when a signal is aborted; servers of commands run until then. */
export async function untilAborted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await once(signal, 'abort');
}
