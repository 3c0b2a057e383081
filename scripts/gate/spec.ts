import { checkContract, checkPageFile } from '../spec-check.ts';
import type { Station } from './gate.ts';

/** The contract's own text, and against the vendor's page where one is given. */
export const specStation: Station = {
  name: 'spec',
  run: async ({ terminal, flags, loaded }) => {
    const contract = await checkContract();
    const file = flags.document ?? loaded.config.document;
    const page = file === undefined ? undefined : await checkPageFile(file);
    const lines = [...contract.lines, ...(page?.lines ?? [])];
    for (const line of lines) terminal.out(line);
    for (const note of page?.notes ?? []) terminal.note(note);
    const summary = [contract.summary, ...(page === undefined ? [] : [page.summary])].join('; ');
    return { exitCode: lines.length === 0 ? 0 : 1, summary };
  },
};
