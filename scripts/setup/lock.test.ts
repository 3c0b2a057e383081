import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { testFolder } from '../testing/folder.ts';
import { isHeld, SILENT_MS, withLock } from './lock.mjs';

const alive = (pid: number): boolean => pid === 1;

test.each([
  ['its process lives', [1], 0, true],
  ['its process is dead', [2], 0, false],
  ['its launcher is dead, its npm still lives', [2, 1], 0, true],
  ['its number is not written yet', [], 0, true],
  ['its number was never written', [], SILENT_MS, false],
  ['a live process of that number has long been silent', [1], SILENT_MS, false],
])('%s', (_title, pids, silentMs, held) => {
  expect(isHeld({ pids, silentMs }, alive)).toBe(held);
});

test('holds the lock during the work and removes it afterwards', async () => {
  const file = lockFile();
  const during = await withLock(file, async (add: (pid: number) => void) => {
    add(4242);
    return readFileSync(file, 'utf8');
  });
  expect(during).toBe(`${process.pid} 4242`);
  expect(existsSync(file)).toBe(false);
});

test('removes the lock after failed work', async () => {
  const file = lockFile();
  const work = (): Promise<never> => Promise.reject(new Error('no network'));
  await expect(withLock(file, work)).rejects.toThrow('no network');
  expect(existsSync(file)).toBe(false);
});

test('takes over the lock of a dead process', async () => {
  const file = lockFile();
  const dead = spawnSync(process.execPath, ['--version']).pid;
  writeFileSync(file, `${dead}`);
  const said = listen();
  expect(await withLock(file, async () => 'taken over')).toBe('taken over');
  expect(said).toEqual([]);
});

test('takes over the lock of a silent process', async () => {
  const file = lockFile();
  writeFileSync(file, `${process.ppid}`);
  const longAgo = new Date(Date.now() - SILENT_MS);
  utimesSync(file, longAgo, longAgo);
  expect(await withLock(file, async () => 'taken over')).toBe('taken over');
});

test('reports waiting once and ends with the lock', async () => {
  const file = lockFile();
  writeFileSync(file, `${process.ppid}`);
  const said = listen();
  setTimeout(() => rmSync(file), 300);
  expect(await withLock(file, async () => 'my turn')).toBe('my turn');
  expect(said).toEqual([
    expect.stringContaining(`waiting for another start to finish its set-up (process ${process.ppid}`),
  ]);
});

test('names the file and the next step if a lock cannot be written', async () => {
  const notAFolder = lockFile();
  writeFileSync(notAFolder, '');
  await expect(withLock(join(notAFolder, 'setup.lock'), async () => {})).rejects.toThrow(
    /cannot write .*setup\.lock \(E\w+\): make the folder writable, then start again/,
  );
});

function lockFile(): string {
  return join(testFolder(), 'setup.lock');
}

function listen(): string[] {
  const said: string[] = [];
  const spy = vi.spyOn(process.stderr, 'write').mockImplementation((text) => said.push(String(text)) > 0);
  onTestFinished(() => spy.mockRestore());
  return said;
}
