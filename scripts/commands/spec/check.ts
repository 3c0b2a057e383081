import { checkContract, checkPage } from '../../spec-check.ts';
import { processTerminal } from '../../terminal.ts';

/** `bindgate spec check [PAGE]`: 0 where all agree, 1 with a line for each difference. Throws DocumentError for a bad page. */
export async function specCheckCommand(
  page: string | undefined,
  { json = false }: { readonly json?: boolean },
): Promise<number> {
  const terminal = processTerminal(json);
  // First the page: it may be refused.
  const document = page === undefined ? undefined : await checkPage(page);
  const contract = await checkContract();
  const lines = [...contract.lines, ...(document?.lines ?? [])];
  if (json) {
    const { problems } = contract;
    process.stdout.write(
      `${JSON.stringify({ problems, differences: document?.differences ?? [], notes: document?.notes ?? [] }, null, 2)}\n`,
    );
  }
  for (const line of lines) terminal.out(line);
  for (const note of document?.notes ?? []) terminal.note(`note: ${note}`);
  const summary = [contract.summary, ...(document === undefined ? [] : [document.summary])].join('; ');
  terminal.out(lines.length === 0 ? terminal.style('green', summary) : terminal.style('red', summary));
  return lines.length === 0 ? 0 : 1;
}
