import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { inert } from '../../contract/inert.ts';
import { UserError } from '../../contract/user-error.ts';
import type { CommandContext } from '../config/flags.ts';
import { wholeNumber } from '../config/flags.ts';
import type { KnownOperation } from '../operations.ts';
import { processTerminal } from '../terminal.ts';
import { untilAborted } from './until-aborted.ts';

/** `bindgate mock`: the mock, until it is interrupted. */
export function addMock(program: CommandUnknownOpts, { signal, end, chosen }: CommandContext): void {
  program
    .command('mock')
    .description("Prism behind a thin front that answers with the document's codes, until interrupted")
    .option('--port <number>', 'port to listen on; 0 takes a free one', wholeNumber(0, 65_535))
    .option('--plain', 'bare Prism: its own answers, its own log')
    .option('--document <file>', "mock the operation of this page of the vendor's in place of the contract's")
    .option('--operation <path>', 'of several operations on that page, the one with this path')
    .action(async ({ port = 0, plain = false, document, operation }) => {
      if (plain && document !== undefined) {
        throw new UserError(
          '--plain is for the contract alone; give Prism what "bindgate spec import" makes of the page',
          2,
        );
      }
      if (plain) return end(await plainPrism(chosen, port, signal));
      if (document !== undefined) return mockOfDocument(document, operation, port, signal);
      const { startMock } = await chosen.mock();
      const { path } = (await chosen.operation()).operation;
      const { out } = processTerminal();
      await using mock = await startMock({ port });
      out(`mock  ${mock.url}${path}`);
      out('A request earns the code of its first fault; `Prefer: example=E6083` asks for any code.');
      await untilAborted(signal);
    });
}

/** The operation of a page, behind a front without rules of its own. */
async function mockOfDocument(
  file: string,
  operation: string | undefined,
  port: number,
  signal: AbortSignal,
): Promise<void> {
  const { readDocumentFile } = await import('../../spec/document/read-document.ts');
  const { importDocument } = await import('../../spec/document/import/import-document.ts');
  const { startDocumentMock } = await import('../../contract/targets/mock/document-mock.ts');
  const { out, note } = processTerminal();
  const page = readDocumentFile(file, operation === undefined ? undefined : { path: operation });
  const { document, guesses } = importDocument(page);
  await using mock = await startDocumentMock(document, { port });
  const [first, last] = [mock.examples[0], mock.examples.at(-1)];
  out(`mock  ${page.method.text} ${mock.url}${inert(page.path.text)}`);
  out(`A valid request earns ${first}; \`Prefer: example=${last}\` asks for any of ${mock.examples.length}.`);
  note(`${guesses.length} guesses were made; "bindgate spec import ${inert(file)}" lists them`);
  await untilAborted(signal);
}

/** Prism's own command line over the contract. A port of 0 would be its default, so a free one is its own to find. */
async function plainPrism(chosen: KnownOperation, port: number, signal: AbortSignal): Promise<number> {
  const { openApiPath } = await chosen.openApi();
  const prism = createRequire(import.meta.url).resolve('@stoplight/prism-cli/dist/index.js');
  const args = [prism, 'mock', ...(port === 0 ? [] : ['--port', String(port)]), openApiPath];
  const child = spawn(process.execPath, args, { stdio: 'inherit' });
  signal.addEventListener('abort', () => child.kill('SIGTERM'), { once: true });
  const [code] = await once(child, 'close');
  return signal.aborted || code === 0 ? 0 : 3;
}
