/** docs/api-change.md, from its commands to what it says that they print. */
import { type ChildProcessWithoutNullStreams, execFile, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startReference } from '../contract/pure-bt/targets/reference.ts';
import { contractPage } from '../spec/document/testing/contract-page.ts';
import { runBindgate } from './testing/run-bindgate.ts';

const project = join(import.meta.dirname, '..');
const guide = readFileSync(join(project, 'docs', 'api-change.md'), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'bindgate-api-change-'));
const changed = join(folder, 'changed');

afterAll(() => rmSync(folder, { recursive: true }));

beforeAll(async () => {
  const old = contractPage();
  const signature = old.split('\n').find((line) => line.startsWith('| &emsp;&emsp;signature ')) ?? '';
  const code = old.split('\n').find((line) => line.startsWith('| 5067 ')) ?? '';
  const newer = old
    .replace(signature, `| &emsp;&emsp;requestId | Request ID |  | true | string |  |\n${signature}`)
    .replace('pwd+userDomainSecret)', 'pwd+requestId+userDomainSecret)')
    .replace(code, `${code}\n| 5071 | Please enter request ID |  |`);
  writeFileSync(join(folder, 'old.md'), old);
  writeFileSync(join(folder, 'new.md'), newer);
  for (const part of ['spec', 'generators', 'contract', 'load', 'scripts', 'docs', 'package.json', 'tsconfig.json']) {
    // The Node that setup brings is not needed again.
    cpSync(join(project, part), join(changed, part), {
      recursive: true,
      filter: (from) => !from.includes('node_modules'),
    });
  }
  symlinkSync(join(project, 'node_modules'), join(changed, 'node_modules'));
  const applied = await run('git', ['apply', join(project, 'docs', 'api-change', 'change.patch')], changed);
  expect(applied).toEqual({ exitCode: 0, said: '' });
  // As `npm run generate` does; what it writes is checked against, so a stale one would judge by the old contract.
  const generated = await run(process.execPath, [join(changed, 'scripts', 'tools', 'generate.ts')], changed);
  expect(generated.exitCode, generated.said).toBe(0);
}, 60_000);

const oldServer = 'bindgate verify --url OLD --states OLD/_states';
const mock = 'bindgate mock --document new.md --port 4010';
const quoted: readonly (readonly [command: string, tree: string, exitCode: number])[] = [
  ['bindgate spec diff old.md new.md --cases', project, 1],
  ['bindgate spec check new.md', project, 1],
  ['bindgate spec check new.md', changed, 0],
  ['bindgate verify --reference', changed, 0],
];

test('every command of the page is run here', () => {
  const said = [...guide.matchAll(/^(?:\$ )?(?<command>bindgate .*)$/gm)].map(({ groups }) => groups?.['command']);
  expect(said.toSorted()).toEqual([mock, oldServer, ...quoted.map(([command]) => command)].toSorted());
});

test.each(quoted)(
  '%s prints what the page says',
  async (command, tree, expected) => {
    const { exitCode, said } = await bindgate(tree, command.split(' ').slice(1));
    expect(exitCode, said).toBe(expected);
    expectQuoted(command, said, tree === project ? 'first' : 'last');
  },
  60_000,
);

test('an old server refuses the new signature, and that is all that is said', async () => {
  await using server = await startReference({ port: 0 });
  const args = ['verify', '--url', server.url, '--states', server.statesUrl];
  const { exitCode, said } = await bindgate(changed, args);
  expect(exitCode).toBe(1);
  expectQuoted(oldServer, said, 'last');
  expect(said.split('\n').filter((line) => line.startsWith('FAILED'))).toEqual([
    'FAILED  expected success, got 5420 (not in the document) · 2 cases',
  ]);
}, 60_000);

test('the mock of the new page answers with the new code', async () => {
  // The page's port may be taken here: the system chooses one.
  const args = mock.replace(/\d+$/, '0').split(' ').slice(1);
  const started = spawn(process.execPath, [join(project, 'scripts', 'bindgate.ts'), ...args], { cwd: folder });
  try {
    const address = await readMockAddress(started);
    const body = { pk: 'p', dk: 'd', encryptedNewBindingSecret: 'e', random: 'r', requestId: 'i', signature: 's' };
    const answer = await fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/json', Prefer: 'example=E5071' },
      body: JSON.stringify(body),
    });
    expect(await answer.json()).toMatchObject({ code: 5071 });
  } finally {
    started.kill();
  }
}, 60_000);

/** Where the mock says that it listens; fails where it ends before. */
function readMockAddress(started: ChildProcessWithoutNullStreams): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  let said = '';
  started.stderr.on('data', (text) => {
    said += text;
  });
  started.stdout.on('data', (text) => {
    said += text;
    const address = /http:\/\/\S+\/v2\/\S+/.exec(said)?.[0];
    if (address !== undefined) resolve(address);
  });
  started.once('exit', () => reject(new Error(`the mock ended: ${said}`)));
  return promise;
}

/** Every line that the page quotes stands in the output, numbers aside; one that is cut with … by its beginning. */
function expectQuoted(command: string, said: string, which: 'first' | 'last'): void {
  const blocks = [...guide.matchAll(/```\n\$ (?<command>.*)\n(?<quoted>[^`]*)```/g)].filter(
    ({ groups }) => groups?.['command'] === command,
  );
  const quoted = (which === 'first' ? blocks[0] : blocks.at(-1))?.groups?.['quoted'] ?? '';
  const lines = quoted.split('\n').filter((line) => line.trim() !== '');
  expect(lines.length, `the page quotes nothing of ${command}`).toBeGreaterThan(0);
  const printed = said.split('\n').map(withoutNumbers);
  for (const line of lines) {
    const [start = ''] = withoutNumbers(line).split('…');
    const found = printed.some((one) => (line.includes('…') ? one.startsWith(start) : one === withoutNumbers(line)));
    expect(found, `the page says "${line}" of ${command}, which printed\n${said}`).toBe(true);
  }
}

/** Codes stay: they are the point. Counts, lines and times do not. */
function withoutNumbers(line: string): string {
  return line
    .replace(/(?<![\d.])(?:\d{1,3}|1\d{3})(?:\.\d+)?(?![\d.])/g, 'N')
    .replace(/(?<=\.(?:md|ts|yaml):)[N\d]+/g, 'N')
    .trimEnd();
}

async function bindgate(tree: string, args: readonly string[]): Promise<{ exitCode: number | null; said: string }> {
  const { exitCode, out, err } = await runBindgate(folder, args, {}, { project: tree });
  return { exitCode, said: out + err };
}

function run(file: string, args: readonly string[], cwd: string): Promise<{ exitCode: number; said: string }> {
  const environment = { ...process.env, NO_COLOR: '1', CI: 'true' };
  return new Promise((resolve) => {
    execFile(file, args, { cwd, env: environment, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      const failed = typeof error?.code === 'number' ? error.code : -1;
      resolve({ exitCode: error === null ? 0 : failed, said: stdout + stderr });
    });
  });
}
