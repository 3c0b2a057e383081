/** The process of the command line: its signals, its streams and its exit code. */

import { runCommandLine } from './command-line.ts';

const interrupted = new AbortController();
let interruptedAt = 0;
let exitCode = 0;

/**
 * The first signal ends the work in hand and writes what there is; a second one ends at once.
 * Within half a second it is the same one: npm and the launcher forward what a terminal has sent to all.
 */
function interrupt(): void {
  if (interrupted.signal.aborted && performance.now() - interruptedAt > 500) process.exit(130);
  if (!interrupted.signal.aborted) interruptedAt = performance.now();
  interrupted.abort();
}

process.on('SIGINT', interrupt);
process.on('SIGTERM', interrupt);
// A reader that has seen enough (`| head`) is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(exitCode);
});

exitCode = await runCommandLine(process.argv.slice(2), interrupted.signal);
process.exitCode = interrupted.signal.aborted && exitCode !== 0 ? 130 : exitCode;
// All is written and given back by now. What was given up, a pull of an image, say, cannot be stopped and must not be waited for.
if (interrupted.signal.aborted) setTimeout(() => process.exit(), 1_000).unref();
