import { UserError } from '../../../contract/user-error.ts';
import { operationOfPage } from '../../config/chosen-operation.ts';
import type { KnownOperation } from '../../operations.ts';
import { checkContract, checkPageFile } from '../../spec-check.ts';
import { processTerminal } from '../../terminal.ts';

/** `bindgate spec check [PAGE]`: 0 if all agree, 1 with a line for each difference. Throws DocumentError for a bad page. */
export async function specCheckCommand(
  file: string | undefined,
  operation: string | undefined,
  chosen: KnownOperation,
): Promise<number> {
  const terminal = processTerminal();
  const ofPage = await operationOfPage(operation);
  if (ofPage !== undefined && file === undefined) throw new UserError('--operation works only with a page', 2);
  // The page comes first, because it may be refused.
  const page = file === undefined ? undefined : await checkPageFile(file, chosen, ofPage);
  const results = [await checkContract(chosen), ...(page === undefined ? [] : [page])];
  const lines = results.flatMap((result) => result.lines);
  for (const line of lines) terminal.out(line);
  for (const note of results.flatMap(({ notes }) => notes)) terminal.note(`note: ${note}`);
  const summary = results.map((result) => result.summary).join('; ');
  terminal.out(terminal.style(lines.length === 0 ? 'green' : 'red', summary));
  return lines.length === 0 ? 0 : 1;
}
