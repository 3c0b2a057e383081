import { inert } from '../../contract/inert.ts';
import { definedOnly } from '../../spec/defined-only.ts';
import { identifyDevice } from '../../spec/operation.ts';
import { readDataFile } from '../config/read-data-file.ts';
import type { KnownOperation } from '../operations.ts';
import { table } from '../reports/table.ts';
import { processTerminal } from '../terminal.ts';
import { untilAborted } from './until-aborted.ts';

type StrictFlags = {
  readonly port: number;
  readonly fixtures?: string;
  readonly seed?: number;
  readonly explain?: 'header' | 'extMsg';
};

/** Made-up devices are the same each time, so that a client can have one in its configuration. */
const defaultSeed = 1;

/** `bindgate mock --strict`: runs the embedded server with a device for each state. */
export async function strictMock(
  chosen: KnownOperation,
  { port, fixtures: file, seed = defaultSeed, explain }: StrictFlags,
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
