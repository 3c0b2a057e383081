import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { type CommandUnknownOpts, Option } from '@commander-js/extra-typings';
import { inert } from '../../contract/inert.ts';
import { UserError } from '../../contract/user-error.ts';
import { definedOnly } from '../../spec/defined-only.ts';
import { identifyDevice } from '../../spec/operation.ts';
import { operationOfPage } from '../config/chosen-operation.ts';
import { type CommandContext, seedArgument, wholeNumber } from '../config/flags.ts';
import { readDataFile } from '../config/read-data-file.ts';
import type { KnownOperation } from '../operations.ts';
import { table } from '../reports/table.ts';
import { processTerminal, untilAborted } from '../terminal.ts';

/** `bindgate mock`: runs the mock until it is interrupted. */
export function addMock(program: CommandUnknownOpts, { signal, end, chosen }: CommandContext): void {
  program
    .command('mock')
    .description('run a mock server: Prism with the documented codes, or with --strict the embedded server')
    .option('--port <number>', 'port to listen on; 0 chooses a free port', wholeNumber(0, 65_535))
    .option('--plain', 'plain Prism, with its own answers and its own log')
    .option('--document <file>', "mock the operation of this page of the vendor instead of the contract's")
    .option(
      '--operation <id>',
      'the operation: an id, or the folder of one; with --document, the one of a page that has several: its path, or "METHOD PATH"',
    )
    .option('--strict', 'check token, signature, ciphertexts and states, with devices that stay the same')
    .option('--fixtures <file>', 'with --strict: devices, users and tokens from this file (JSON or YAML)')
    .option('--seed <number>', 'with --strict: seed of made-up devices (default: 1)', seedArgument)
    .addOption(
      new Option('--explain [place]', 'with --strict: say why a request was refused, in a header or in extMsg')
        .choices(['header', 'extMsg'] as const)
        .preset('header' as const),
    )
    .action(async (flags) => {
      const operation = await operationOfPage(flags.operation);
      refuseCombination(flags);
      const { port = 0, document } = flags;
      if (flags.plain === true) return end(await plainPrism(chosen, port, signal));
      if (flags.strict === true) return strictMock(chosen, flags, signal);
      if (document !== undefined) return mockOfDocument(document, operation, port, signal);
      const { startMock } = await chosen.mock();
      const { operation: tested } = await chosen.operation();
      const { out } = processTerminal();
      await using mock = await startMock({ port });
      out(`mock  ${mock.url}${tested.path}`);
      const last = tested.codes.at(-1)?.code;
      out(
        `A request is answered with the code of its first fault; the header \`Prefer: code=${last}\` selects any code.`,
      );
      out('Not checked: token, signature, ciphertexts and states; `bindgate mock --strict` checks them.');
      await untilAborted(signal);
    });
}

type MockFlags = {
  readonly port?: number;
  readonly plain?: true;
  readonly document?: string;
  readonly strict?: true;
  readonly fixtures?: string;
  readonly seed?: number;
  readonly explain?: 'header' | 'extMsg';
};

/** @throws UserError (exit code 2) for flags of two different mocks. */
function refuseCombination({ plain, document, strict, ...flags }: MockFlags): void {
  const kind = plain === true ? '--plain' : '--document';
  if (strict === true && (plain === true || document !== undefined)) {
    throw new UserError(`--strict works only with the contract and the embedded server; remove ${kind}`, 2);
  }
  const ofStrict = (['fixtures', 'seed', 'explain'] as const).find((name) => flags[name] !== undefined);
  if (strict !== true && ofStrict !== undefined) throw new UserError(`--${ofStrict} works only with --strict`, 2);
  if (plain === true && document !== undefined) {
    throw new UserError(
      '--plain works only with the contract; convert the page with "bindgate spec import" and start Prism with the result',
      2,
    );
  }
}

/** Made-up devices are the same each time, so that a client can have one in its configuration. */
const defaultSeed = 1;

/** Runs the embedded server with a device for each state. */
async function strictMock(
  chosen: KnownOperation,
  { port = 0, fixtures: file, seed = defaultSeed, explain }: MockFlags,
  signal: AbortSignal,
): Promise<void> {
  const { startStrictMock } = await chosen.strictMock();
  const { operation } = await chosen.operation();
  const { out } = processTerminal();
  const next = 'give a file like the answer of GET /_fixtures';
  const fixtures =
    file === undefined
      ? undefined
      : { value: readDataFile(file, 'JSON or YAML', `--fixtures ${inert(file)}`, next), where: inert(file) };
  await using mock = await startStrictMock({ port, seed, ...definedOnly({ fixtures, explain }) });
  out(`strict mock      ${mock.url}${operation.path}`);
  out(
    `fixtures         ${file === undefined ? `GET ${mock.url}/_fixtures (tokens and secrets, all made up)` : inert(file)}`,
  );
  out(`first state      POST ${mock.url}/_reset`);
  out(`provider states  POST ${mock.statesUrl}`);
  const rows = mock.ways.map(({ code, state, send, fixture }) => {
    const device = identifyDevice(fixture, operation).map(([, value]) => inert(value, 40));
    return [String(code), ...device, state, send];
  });
  const names = identifyDevice({}, operation).map(([name]) => name);
  const header = ['code', ...names, 'state', 'send'];
  out('');
  for (const line of table([header, ...rows], [1, 2, 3, 4])) out(line);
  await untilAborted(signal);
}

/** Mocks the operation of a page, behind a front without rules. */
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
  const page = readDocumentFile(file, operation);
  const { document, guesses } = importDocument(page);
  await using mock = await startDocumentMock(document, { port });
  const [first, last] = [mock.examples[0], mock.examples.at(-1)];
  out(`mock  ${page.method.text} ${mock.url}${inert(page.path.text)}`);
  out(
    `A valid request is answered with ${first}; the header \`Prefer: example=${last}\` selects any of ${mock.examples.length} examples.`,
  );
  note(`${guesses.length} points of the page were guessed; "bindgate spec import ${inert(file)}" lists them`);
  await untilAborted(signal);
}

/** Prism's own command line with the contract. Prism finds a free port itself; 0 would mean its default port. */
async function plainPrism(chosen: KnownOperation, port: number, signal: AbortSignal): Promise<number> {
  const { openApiPath } = await chosen.openApi();
  const prism = createRequire(import.meta.url).resolve('@stoplight/prism-cli/dist/index.js');
  const args = [prism, 'mock', ...(port === 0 ? [] : ['--port', String(port)]), openApiPath];
  const child = spawn(process.execPath, args, { stdio: 'inherit' });
  signal.addEventListener('abort', () => child.kill('SIGTERM'), { once: true });
  const [code] = await once(child, 'close');
  return signal.aborted || code === 0 ? 0 : 3;
}
