import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { processTerminal } from './terminal.ts';

let written: string[];
const { isTTY } = process.stdout;

beforeEach(() => {
  written = [];
  vi.useFakeTimers();
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => written.push(String(text)) > 0);
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => written.push(`out: ${String(text)}`) > 0);
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  vi.useRealTimers();
  process.stdout.isTTY = isTTY;
});

test('prints the latest progress every 30 s without a terminal', () => {
  vi.stubEnv('CI', 'true');
  const { progress, out } = processTerminal();
  progress('contract 1/965, 0 failed');
  progress('contract 2/965, 0 failed');
  vi.advanceTimersByTime(30_000);
  progress('contract 412/965, 2 failed');
  vi.advanceTimersByTime(31_000);
  expect(written).toEqual(['contract 2/965, 0 failed, 30 s\n', 'contract 412/965, 2 failed, 60 s\n']);
  out('contract passed');
  vi.advanceTimersByTime(300_000);
  expect(written.slice(2)).toEqual(['out: contract passed\n']);
});

test('replaces the line of progress on a terminal', () => {
  vi.stubEnv('CI', undefined);
  process.stdout.isTTY = true;
  const { progress, out } = processTerminal();
  progress('one');
  vi.advanceTimersByTime(300_000);
  out('two');
  expect(written).toEqual(['out: one', 'out: \r\u001b[2K', 'out: two\n']);
});
