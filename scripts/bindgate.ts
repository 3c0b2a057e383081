/** The process of the command line: its signals, its streams and its exit code. */

import { runCommandLine } from './command-line.ts';

const interrupted = new AbortController();
let interruptedAt = 0;
let exitCode = 0;

/**
 * The first signal stops the work and writes partial results; a second one ends the process at once.
 * Within half a second it counts as the same signal: npm and the launcher forward what a terminal has sent to all.
 */
function interrupt(): void {
  if (interrupted.signal.aborted && performance.now() - interruptedAt > 500) process.exit(130);
  if (!interrupted.signal.aborted) interruptedAt = performance.now();
  interrupted.abort();
}

process.on('SIGINT', interrupt);
process.on('SIGTERM', interrupt);
// A reader that closes the pipe early (`| head`) is not a failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(exitCode);
});

exitCode = await runCommandLine(process.argv.slice(2), interrupted.signal);
process.exitCode = exitCode;
// Everything is written and cleaned up now. Abandoned work, such as the pull of an image, cannot be stopped and must not delay the end.
if (interrupted.signal.aborted) setTimeout(() => process.exit(), 1_000).unref();
