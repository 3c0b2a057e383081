import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readResultFile } from '../../contract/result-file.ts';
import resultsSchema from '../../contract/results.schema.json' with { type: 'json' };
import type { Results } from '../../contract/results.ts';

/** A new folder with some files, for tests. It is removed with all others at the end of the run. */
export function testFolder(files: Readonly<Record<string, string | Uint8Array>> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'bindgate-'));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

/** The results in a folder; throws if they do not match their schema. */
export function resultsIn(...folder: readonly string[]): Results {
  return readResultFile(join(...folder, 'results.json'), resultsSchema, 'a test');
}
