import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { UserError } from '../../contract/user-error.ts';

/** Writes a file that is not there yet, or any with `force`; says what it did in one line. */
export async function writeStarter(folder: string, name: string, text: string, force: boolean): Promise<string> {
  const path = join(folder, name);
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text, { flag: force ? 'w' : 'wx' });
    return `wrote  ${name}`;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return `left   ${name} as it is; --force replaces it`;
    throw unwritable(name, error);
  }
}

/** The configuration of another ending that is there already: the loader would take it first. */
export async function otherConfig(folder: string): Promise<string | undefined> {
  const names = await readdir(folder);
  return names.find((name) => /^bindgate\.config\.(ts|mts|js|mjs|json|yml)$/.test(name));
}

/** Adds a folder to `.gitignore`, once; says what it did in one line. */
export async function ignoreFolder(folder: string, name: string): Promise<string> {
  const path = join(folder, '.gitignore');
  try {
    const text = await readFile(path, 'utf8').catch((error: unknown) => {
      if (codeOf(error) === 'ENOENT') return '';
      throw error;
    });
    const ignored = text.split(/\r?\n/).some((line) => line.trim().replace(/^\//, '').replace(/\/$/, '') === name);
    if (ignored) return `left   .gitignore as it is: ${name}/ stands there`;
    await writeFile(path, `${text}${text === '' || text.endsWith('\n') ? '' : '\n'}${name}/\n`);
    return `wrote  ${name}/ into .gitignore`;
  } catch (error) {
    throw unwritable('.gitignore', error);
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

function unwritable(name: string, cause: unknown): UserError {
  return new UserError(`${name} cannot be written (${codeOf(cause)}); run init in a folder that you may write to`, 2, {
    cause,
  });
}
