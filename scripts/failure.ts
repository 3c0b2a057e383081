import { inert } from '../contract/inert.ts';
import { UserError } from '../contract/user-error.ts';

/** The exit code of an error: its own, or 3 for an unexpected error. */
export function findExitCode(error: unknown): number {
  return error instanceof Error && 'exitCode' in error && typeof error.exitCode === 'number' ? error.exitCode : 3;
}

/** An error as one inert line; the stack is shown only if BINDGATE_DEBUG is set. */
export function failureLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof Error && 'exitCode' in error) return inert(message, 500);
  const stack = process.env['BINDGATE_DEBUG'] !== undefined && error instanceof Error ? `\n${error.stack ?? ''}` : '';
  return `unexpected: ${inert(message, 500)} (set BINDGATE_DEBUG=1 to see the stack)${stack}`;
}

/** Further lines of an error, such as the end of a container's log. */
export function failureDetails(error: unknown): string {
  return error instanceof UserError ? error.details.map((line) => `  | ${line}\n`).join('') : '';
}
