import { join } from 'node:path';
import { inert } from '../../contract/inert.ts';
import { detect, mutantsFile } from '../../contract/mutants/detect.ts';
import { selectIds } from '../../contract/mutants/named.ts';
import { UserError } from '../../contract/user-error.ts';
import { loadConfig } from '../config/config.ts';
import type { CommandContext } from '../config/flags.ts';
import { prepareFolder, writeJson } from '../reports/files.ts';
import { mutantsText } from '../reports/mutants-text.ts';
import { printJson, processTerminal } from '../terminal.ts';

/** Flags of `bindgate mutants`. */
export type MutantsFlags = {
  readonly only?: readonly string[];
  /** How many random conforming servers to test. */
  readonly readings?: number;
  readonly seed?: number;
  readonly json?: boolean;
  readonly out?: string;
};

/** `bindgate mutants`: measures how much the suite detects and its false alarms. Returns the exit code. */
export async function mutantsCommand(flags: MutantsFlags, { signal, chosen }: CommandContext): Promise<number> {
  const terminal = processTerminal(flags.json);
  const { readings = 0, seed = 42 } = flags;
  if (readings > 0 && flags.only !== undefined) {
    throw new UserError('--readings runs random servers and --only selects mutants; give only one of them', 2);
  }
  const { mutantSet } = await chosen.mutants();
  const ids = readings > 0 ? new Set<string>() : selectIds(mutantSet, flags.only ?? []);
  const isChosen = ({ id }: { readonly id: string }): boolean => ids.has(id);
  const { mutants, variants } = mutantSet;
  const { out = 'reports' } = (await loadConfig(flags)).config;
  await prepareFolder(out);
  const detection = await detect(
    { ...mutantSet, mutants: mutants.filter(isChosen), variants: variants.filter(isChosen) },
    {
      readings,
      seed,
      signal,
      inThread: true,
      onResult: (id, done, total) => terminal.progress(`mutants ${done}/${total}  ${id}`),
    },
  );
  const file = mutantsFile(detection);
  await writeJson(join(out, 'mutants.json'), file);
  if (flags.json === true) printJson(file);
  else {
    const text = mutantsText(detection, mutantSet, terminal.style);
    terminal.out(`${text}\nresults in ${inert(join(out, 'mutants.json'), 500)}`);
  }
  if (detection.interrupted) return 130;
  return file.survived.length === 0 && file.falseAlarms === 0 ? 0 : 1;
}
