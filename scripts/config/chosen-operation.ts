import { parseArgs } from 'node:util';
import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { findOperation, type KnownOperation, operationNamed, operations } from '../operations.ts';

/**
 * The operation that a command line chooses with `--operation`: an id, or a folder. The first one by default.
 * @throws UserError (exit code 2) if there is no such operation.
 */
export async function chosenOperation(args: readonly string[]): Promise<KnownOperation> {
  // Before commander reads the command line, because the commands are made for an operation.
  const { values } = parseArgs({ args: [...args], options: { operation: { type: 'string' } }, strict: false });
  const { operation: name } = values;
  if (typeof name !== 'string') return operations[0];
  // For these, it may also be the operation of a page: "POST /v2/…".
  if (args[0] === 'operation') return operations[0];
  const readsPage = args[0] === 'spec' || args.includes('--document');
  return readsPage ? ((await findOperation(name)) ?? operations[0]) : operationNamed(name);
}

/** The operation of a page that `--operation` names; undefined if it names one that bindgate knows. */
export async function operationOfPage(name: string | undefined): Promise<string | undefined> {
  return name === undefined || (await findOperation(name)) !== undefined ? undefined : name;
}

/** Adds `--operation` to every command that has none of its own. */
export function withOperationFlag(program: CommandUnknownOpts): void {
  const all = program.commands.flatMap((child) => (child.commands.length > 0 ? child.commands : [child]));
  for (const command of all) {
    if (command.parent?.name() === 'operation' || command.options.some(({ long }) => long === '--operation')) continue;
    command.option('--operation <id>', 'the operation: an id, or the folder of one (default: deviceBindingByPureBt)');
  }
}
