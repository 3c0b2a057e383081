import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { inert } from '../../contract/inert.ts';
import { startMock } from '../../contract/targets/mock/mock.ts';
import { UserError } from '../../contract/user-error.ts';
import { operationPath } from '../../spec/http.ts';
import { openApiPath } from '../../spec/pure-bt/contract-file.ts';
import { processTerminal } from '../terminal.ts';

/** `bindgate mock`: the mock, until it is interrupted. Returns the exit code. */
export async function mockCommand(
  {
    port = 0,
    plain = false,
    document,
    operation,
  }: { readonly port?: number; readonly plain?: boolean; readonly document?: string; readonly operation?: string },
  signal: AbortSignal,
): Promise<number> {
  if (plain && document !== undefined) {
    throw new UserError(
      '--plain is for the contract alone; give Prism what "bindgate spec import" makes of the page',
      2,
    );
  }
  if (document !== undefined) return mockOfDocument(document, operation, port, signal);
  if (plain) return plainPrism(port, signal);
  const terminal = processTerminal();
  await using mock = await startMock({ port });
  terminal.out(`mock  ${mock.url}${operationPath}`);
  terminal.out('A request earns the code of its first fault; `Prefer: example=E6083` asks for any code.');
  await aborted(signal);
  return 0;
}

/** The operation of a page, behind a front without rules of its own. */
async function mockOfDocument(
  file: string,
  operation: string | undefined,
  port: number,
  signal: AbortSignal,
): Promise<number> {
  const terminal = processTerminal();
  const { readDocumentFile } = await import('../../spec/document/read-document.ts');
  const { importDocument } = await import('../../spec/document/import/import-document.ts');
  const { startDocumentMock } = await import('../../contract/targets/mock/document-mock.ts');
  const page = readDocumentFile(file, operation === undefined ? undefined : { path: operation });
  const { document, guesses } = importDocument(page);
  await using mock = await startDocumentMock(document, { port });
  terminal.out(`mock  ${page.method.text} ${mock.url}${inert(page.path.text)}`);
  terminal.out(
    `A valid request earns ${mock.examples[0]}; \`Prefer: example=${mock.examples.at(-1)}\` asks for any of ${mock.examples.length}.`,
  );
  terminal.note(`${guesses.length} guesses were made; "bindgate spec import ${inert(file)}" lists them`);
  await aborted(signal);
  return 0;
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted)
    await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}

/** Prism's own command line over the contract. A port of 0 would be its default, so a free one is its own to find. */
async function plainPrism(port: number, signal: AbortSignal): Promise<number> {
  const prism = createRequire(import.meta.url).resolve('@stoplight/prism-cli/dist/index.js');
  const args = [prism, 'mock', ...(port === 0 ? [] : ['--port', String(port)]), openApiPath];
  const child = spawn(process.execPath, args, { stdio: 'inherit' });
  signal.addEventListener('abort', () => child.kill('SIGTERM'), { once: true });
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return signal.aborted || code === 0 ? 0 : 3;
}
