import { accessSync, constants, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { inert } from '../contract/inert.ts';
import { UserError } from '../contract/user-error.ts';
import type { BaselineSettings, Observed } from './baseline.ts';
import { writeWhole } from './reports/files.ts';
import type { Terminal } from './terminal.ts';

/**
 * Makes sure that a record can be written, before anything is run.
 * @throws UserError (exit code 2) where its folder is not there or not ours to write, or it is a folder itself.
 */
export function refuseUnwritable(file: string): void {
  const refused = (why: string, cause?: unknown): UserError =>
    new UserError(`the record "${inert(file)}" cannot be written: ${why}; choose another --record FILE`, 2, { cause });
  if (file === '') throw refused('it has no name');
  if (statSync(file, { throwIfNoEntry: false })?.isDirectory() === true) throw refused('it is a folder');
  const folder = dirname(file);
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) throw refused('its folder is not there');
  try {
    accessSync(folder, constants.W_OK);
  } catch (error) {
    throw refused('its folder is not to be written to', error);
  }
}

/** @throws UserError (exit code 2) where the file cannot be written. */
async function writeRecord(file: string, text: string): Promise<void> {
  await writeWhole(file, text).catch((error: unknown) => {
    throw new UserError(`the record "${file}" cannot be written; choose another --record FILE`, 2, { cause: error });
  });
}

/** Writes what is recorded of the server, or says why it is not. */
export async function keepRecord(
  { record: file, partial }: BaselineSettings,
  record: Observed['record'],
  terminal: Terminal,
): Promise<void> {
  if (file === undefined || record === undefined) return;
  if ('problem' in record) {
    terminal.note(`bindgate: ${inert(file)} is not written: ${inert(record.problem)}`);
    return;
  }
  await writeRecord(file, record.text);
  const part = partial ? ', of the chosen cases alone,' : '';
  terminal.note(`bindgate: recorded ${record.facts} facts${part} in ${inert(file)}`);
}
