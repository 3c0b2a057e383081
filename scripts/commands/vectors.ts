import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import type { CommandContext } from '../config/flags.ts';
import { processTerminal } from '../terminal.ts';

/** `bindgate vectors`: prints the test vectors for clients, or checks what a client made of them. */
export function addVectors(program: CommandUnknownOpts, { chosen, end }: CommandContext): void {
  program
    .command('vectors')
    .description('print test vectors for signing and encrypting in any language, or check the answers of a client')
    .option('--check <file>', 'check the answers in this file: { "schema": …, "results": { "<id>": "<answer>" } }')
    .action(async ({ check }) => {
      const { out, style } = processTerminal();
      const { vectorSet } = await chosen.vectors();
      if (check === undefined) {
        out(vectorSet.text);
        return;
      }
      const { checkAnswers } = await import('../../contract/vectors.ts');
      const { vectorsText } = await import('../reports/vectors-text.ts');
      const checked = checkAnswers(vectorSet, vectorSet.readAnswers(check));
      out(vectorsText(checked, style));
      end(checked.wrong.length + checked.missing.length + checked.unknown.length === 0 ? 0 : 1);
    });
}
