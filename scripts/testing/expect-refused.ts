import { expect } from 'vitest';
import { type Args, callBindgate } from './run-bindgate.ts';

/** Expects that a command line is refused in one line with exit code 2, and prints nothing else. */
export async function expectRefused(folder: string, args: Args, message: string | RegExp): Promise<void> {
  const { exitCode, out, err } = await callBindgate(folder, args);
  expect(err).toMatch(message);
  expect(err).toMatch(/^bindgate: [^\n]+\n$/);
  expect([exitCode, out]).toEqual([2, '']);
}
