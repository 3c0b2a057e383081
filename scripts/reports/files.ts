import { existsSync, statSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { UserError } from '../../contract/user-error.ts';
import { errorCode } from '../../spec/error-code.ts';

/** Checks that an output folder can be written, before anything is measured. */
export async function prepareFolder(folder: string): Promise<void> {
  const probe = join(folder, `.bindgate-${process.pid}`);
  try {
    await makeFolder(resolve(folder));
    await writeFile(probe, '');
    await rm(probe);
  } catch (error) {
    const found = statSync(folder, { throwIfNoEntry: false });
    const cannot = `${found === undefined ? 'cannot be made' : 'cannot be written'} (${errorCode(error)})`;
    const why = found?.isFile() === true ? 'is a file, not a folder' : cannot;
    throw new UserError(`the output folder "${folder}" ${why}; choose another --out DIR`, 2, { cause: error });
  }
}

/** Node's own `recursive` never returns if a parent accepts no folders (seen below /proc on Node 26). */
async function makeFolder(folder: string): Promise<void> {
  if (existsSync(folder)) return;
  await makeFolder(dirname(folder));
  await mkdir(folder);
}

/** The mode of a file with secrets or traffic: only its owner can read it. */
export const privateMode = 0o600;

/** Writes a file so that a reader sees the old or the new file, never a part. */
export async function writeWhole(file: string, content: string | Uint8Array, mode = 0o666): Promise<void> {
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    await writeFile(temporary, content, { mode });
    await rename(temporary, file);
  } catch (error) {
    // It may contain secrets, and no one would look for it.
    await rm(temporary, { force: true });
    throw error;
  }
}

/** Writes a value as JSON with two spaces of indentation. */
export async function writeJson(file: string, value: unknown, mode?: number): Promise<void> {
  await writeWhole(file, `${JSON.stringify(value, undefined, 2)}\n`, mode);
}
