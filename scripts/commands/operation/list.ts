import { operations } from '../../operations.ts';
import { processTerminal } from '../../terminal.ts';

/** `bindgate operation list`: one line for each operation; the first is the default. */
export async function operationListCommand(): Promise<number> {
  const { out } = processTerminal();
  for (const known of operations) {
    const { id, method, path, codes } = (await known.operation()).operation;
    out(`${id.padEnd(24)} ${method.padEnd(6)} ${path}  (${codes.length} codes)`);
  }
  return 0;
}
