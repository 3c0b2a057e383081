import { readFile, watch } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { MutantsFile } from '../contract/mutants.generated.ts';
import { testFolder } from './testing/folder.ts';
import { callBindgate, runBindgate } from './testing/run-bindgate.ts';

const folder = testFolder();

async function fileIn(out: string): Promise<MutantsFile> {
  return JSON.parse(await readFile(join(folder, out, 'mutants.json'), 'utf8')) as MutantsFile;
}

describe.concurrent('bindgate mutants', { timeout: 60_000 }, () => {
  test('prints only JSON for a few mutants and a variant', async () => {
    const measure = (name: string): ReturnType<typeof callBindgate> =>
      callBindgate(folder, ['mutants', '--only', 'dk/word', name, '--json', '--out', 'json']);
    const unknown = await measure('homes/*');
    expect([unknown.exitCode, unknown.out]).toEqual([2, '']);
    const { exitCode, out } = await measure('shape/localised');
    const file = JSON.parse(out) as MutantsFile;
    expect(file).toMatchObject({ schema: 'bindgate.mutants/1', total: 1, killed: 1, survived: [], falseAlarms: 0 });
    expect(file.variants).toEqual([{ id: 'shape/localised', alarms: [] }]);
    expect(await fileIn('json')).toEqual(file);
    expect(exitCode).toBe(0);
  });

  test('prints a table', async () => {
    const { exitCode, out } = await callBindgate(folder, 'mutants --only signature/zeros mode/* --out text'.split(' '));
    expect(out).toMatch(/^ {2}signature\/zeros +accepts a signature of zeros for tests +signature\/zeros$/m);
    expect(out).toMatch(/all detected\n(\d+) of \1 mutants killed, 0 survived in [\d.]+ s/);
    expect(exitCode).toBe(0);
  });

  test('writes partial results after an interruption', async () => {
    const started = watch(folder);
    const begun = Promise.withResolvers<void>();
    const ended = runBindgate(folder, ['mutants', '--out', 'cut'], {}, { interrupt: begun.promise });
    // The folder for results is created before the measurement.
    for await (const { filename } of started) if (filename === 'cut') break;
    begun.resolve();
    const { exitCode } = await ended;
    expect(await fileIn('cut')).toMatchObject({ schema: 'bindgate.mutants/1', interrupted: true });
    expect(exitCode).toBe(130);
  });
});
