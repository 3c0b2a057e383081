import { generateKeyPairSync } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { coverage } from '../contract/judge/coverage.ts';
import { cases } from '../contract/pure-bt/cases/all-cases.ts';
import { suite } from '../contract/pure-bt/suite.ts';
import { casesUnder } from '../contract/run/case.ts';
import { runContract } from '../contract/run/run-contract.ts';
import { codesOfState } from '../contract/state-codes.ts';
import { createStatesClient } from '../contract/targets/states-client.ts';
import { openUrlTarget } from '../contract/targets/url.ts';
import { stateNames } from '../spec/family/states.ts';
import { defaultDialect } from '../spec/pure-bt/dialect.ts';
import { operation } from '../spec/pure-bt/operation.ts';
import { says } from './testing/example-servers.ts';
import { testFolder } from './testing/folder.ts';
import { type Command, type ServerProcess, startServerProcess } from './testing/server-process.ts';
import { expectEveryState } from './testing/states-handler.ts';

type Handler = { readonly name: string; readonly command: Command; readonly present: boolean };

const docs = join(import.meta.dirname, '..', 'docs');
const folder = testFolder();
const key = join(folder, 'key.pem');
const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
await writeFile(key, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });

const server: Command = [process.execPath, join(docs, 'handlers/express/server.mjs')];
/** Each is left out only on a machine without its runtime. */
const handlers: readonly Handler[] = [
  { name: 'Express', command: server, present: true },
  {
    name: 'Java',
    // One process for one short test, so more compilation would not pay off.
    command: ['java', '-XX:TieredStopAtLevel=1', join(docs, 'handlers/java/StatesHandler.java')],
    present: /^javac (1[7-9]|[2-9]\d)/.test(says('javac', '-version')),
  },
  {
    name: 'PHP',
    command: ['php', '-S', '127.0.0.1:0', join(docs, 'handlers/php/states_handler.php')],
    // The OpenSSL extension signs the tokens.
    present: /^PHP (8\.[1-9]|9)/.test(says('php', '--version')) && /^openssl$/m.test(says('php', '-m')),
  },
];

test.for(handlers)(
  'the states handler in $name sets up and tears down every state, and covers the 24 codes',
  { timeout: 60_000 },
  async ({ name, command, present }, { skip }) => {
    skip(!present, `${command[0]} is not on this machine`);
    // The Express server has its own states. Another handler writes into the store of that server.
    await using binding = await start(server, {});
    const env = { STORE_URL: `${binding.url}/_store` };
    await using handler = name === 'Express' ? undefined : await start(command, env);
    const url = handler?.url ?? `${binding.url}/_states`;
    await expectEveryState(url);
    await using target = openUrlTarget({ baseUrl: binding.url }, createStatesClient({ operation, url }));
    const { results } = await runContract({ target, cases: chosen, dialect: defaultDialect, seed: 42 });
    const wrong = results.filter(({ outcome }) => outcome !== 'passed');
    expect(wrong.map(({ case: { id }, reason }) => `${id}: ${reason}`)).toEqual([]);
    const covered = coverage(results, defaultDialect).filter(({ status }) => status === 'covered');
    expect(covered).toHaveLength(24);
  },
);

/** A case or two of every code in every state, which is enough to test the states. */
const chosen = casesUnder(defaultDialect, cases).filter(
  (tested) =>
    tested.property === undefined &&
    tested.alone !== true &&
    tested.needs === undefined &&
    cases
      .filter(({ code, given, property }) => code === tested.code && given === tested.given && property === undefined)
      .slice(0, 2)
      .includes(tested),
);

test('lists in the guide what every state covers', async () => {
  const rows = (await readFile(join(docs, 'provider-states.md'), 'utf8'))
    .split('\n')
    .filter((line) => line.startsWith('| '));
  for (const state of stateNames) {
    const row = rows.find((line) => line.includes(`\`${state}\``)) ?? '';
    for (const code of codesOfState(state, suite).filter(
      (own) => own !== 5052 || state === 'a device nobody has bound',
    )) {
      expect(row, state).toContain(String(code));
    }
  }
});

test('tests every file that the guide starts', async () => {
  const guide = await readFile(join(docs, 'provider-states.md'), 'utf8');
  for (const { command } of handlers) expect(guide).toContain(command.at(-1)?.slice(docs.length - 'docs'.length));
});

function start(command: Command, more: object): Promise<ServerProcess> {
  return startServerProcess(command, { env: { PORT: '0', TOKEN_KEY: key, ...more } });
}
