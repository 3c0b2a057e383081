import { expect } from 'vitest';
import { type Args, callBindgate } from './run-bindgate.ts';

/**
 * Expects that a command line is refused in one line with exit code 2, and prints nothing else.
 * @param message the whole message as a text, or a part of the line.
 */
export async function expectRefused(folder: string, args: Args, message: string | RegExp): Promise<void> {
  const { exitCode, out, err } = await callBindgate(folder, args);
  if (typeof message === 'string') expect(err).toBe(`bindgate: ${message}\n`);
  else expect(err).toMatch(message);
  expect(err).toMatch(/^bindgate: [^\n]+\n$/);
  expect([exitCode, out]).toEqual([2, '']);
}
