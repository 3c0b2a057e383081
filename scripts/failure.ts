import { inert } from '../contract/inert.ts';
import { UserError } from '../contract/user-error.ts';

/** The exit code of something thrown: its own, or 3 for what nobody foresaw. */
export function findExitCode(error: unknown): number {
  return error instanceof Error && 'exitCode' in error && typeof error.exitCode === 'number' ? error.exitCode : 3;
}

/** Something thrown as one inert line; a stack is shown only when BINDGATE_DEBUG is set. */
export function failureLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof Error && 'exitCode' in error) return inert(message, 500);
  const stack = process.env['BINDGATE_DEBUG'] !== undefined && error instanceof Error ? `\n${error.stack ?? ''}` : '';
  return `unexpected: ${inert(message, 500)} (set BINDGATE_DEBUG=1 for a stack)${stack}`;
}

/** What is shown below the line: the end of a container's log, say. */
export function failureDetails(error: unknown): string {
  return error instanceof UserError ? error.details.map((line) => `  | ${line}\n`).join('') : '';
}
