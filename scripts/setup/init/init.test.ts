import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { declareAll } from '../../../spec/dialect.ts';
import { defaultDialect, dialectKeys } from '../../../spec/pure-bt/dialect.ts';
import { operation } from '../../../spec/pure-bt/operation.ts';
import { loadConfig } from '../../config/config.ts';
import { readDialectFlags } from '../../config/dialect-flags.ts';
import { testFolder } from '../../testing/folder.ts';
import { callBindgate } from '../../testing/run-bindgate.ts';
import { askSettings } from './ask.ts';
import { detectPort } from './detect-port.ts';
import { configText } from './starter-texts.ts';

const defaults = { url: 'http://127.0.0.1:8080', states: 'http://127.0.0.1:8080/_states' };
const workflow = '.github/workflows/bindgate.yml';

test('init writes files that load, and asks nothing without a terminal', async () => {
  const folder = testFolder({
    'package.json': '{"scripts":{"start":"node server.mjs"}}',
    '.env': 'PORT=3000\n',
    '.gitignore': 'node_modules',
  });
  const { exitCode, out, err } = await callBindgate(folder, 'init');
  expect(err).toBe('bindgate: not a terminal, so nothing is asked (as with --yes)\n');
  expect(out).toContain('found  port 3000 in .env');
  expect(out).toContain('docs/provider-states.md of bindgate (Express)');
  expect(exitCode).toBe(0);
  const { config } = await loadConfig({ config: join(folder, 'bindgate.config.yaml') }, { STATES_TOKEN: 's1' });
  expect(config).toEqual({
    url: 'http://127.0.0.1:3000',
    states: { url: 'http://127.0.0.1:3000/_states', headers: { Authorization: 'Bearer s1' } },
    concurrency: 12,
    dialect: { dkPattern: '[0-9A-Za-z]{4,32}', bindingCodePattern: '[0-9A-F]{16}', deviceNameLimit: 254 },
    policy: { minimumCoverage: 24 },
    out: 'reports',
  });
  expect(readFileSync(join(folder, '.gitignore'), 'utf8')).toBe('node_modules\nreports/\n.bindgate/\n');
  expect(parse(readFileSync(join(folder, workflow), 'utf8'))).toMatchObject({ name: 'bindgate' });
});

test('init again leaves every file alone; --force overwrites them', async () => {
  const folder = testFolder({
    'bindgate.config.yaml': '{}',
    [workflow]: '{}',
    '.gitignore': '/reports\n.bindgate\n',
  });
  const again = await callBindgate(folder, 'init --yes');
  expect(again.out).toMatch(/left {3}bindgate.config.yaml as it is; --force overwrites it/);
  expect(again.out).toMatch(/left {3}\.github\/workflows\/bindgate\.yml as it is/);
  expect(again.exitCode).toBe(0);
  expect(readFileSync(join(folder, 'bindgate.config.yaml'), 'utf8')).toBe('{}');
  expect(readFileSync(join(folder, '.gitignore'), 'utf8')).toBe('/reports\n.bindgate\n');
  await callBindgate(folder, 'init --yes --force');
  expect(readFileSync(join(folder, 'bindgate.config.yaml'), 'utf8')).toBe(configText(defaults, operation));
});

test.each<[string, Readonly<Record<string, string>>, string]>([
  ['a new file', {}, 'reports/\n.bindgate/\n'],
  ['the packages of npm', { 'package.json': '{}' }, 'reports/\n.bindgate/\nnode_modules/\n'],
  [
    'one that is in it',
    { 'package.json': '{}', '.gitignore': '**/node_modules/\n/reports/\n' },
    '**/node_modules/\n/reports/\n.bindgate/\n',
  ],
])('init writes generated folders into .gitignore: %s', async (_, files, expected) => {
  const folder = testFolder(files);
  await callBindgate(folder, 'init --yes');
  expect(readFileSync(join(folder, '.gitignore'), 'utf8')).toBe(expected);
});

test('init writes no second configuration', async () => {
  const folder = testFolder({ 'bindgate.config.ts': 'export default {};' });
  const { out } = await callBindgate(folder, 'init --yes --force');
  expect(out).toContain('left   bindgate.config.ts as it is; bindgate.config.yaml was not written');
  expect(existsSync(join(folder, 'bindgate.config.yaml'))).toBe(false);
});

test('init where nothing can be written is one line and exit 2', async () => {
  const { exitCode, err } = await callBindgate(testFolder({ '.github': 'a file' }), 'init --yes');
  expect(err).toMatch(/^bindgate: \.github\/workflows\/bindgate\.yml cannot be written \(\w+\); run init in/);
  expect(exitCode).toBe(2);
});

test('the dialect of a starter, uncommented, is the default one', () => {
  const block = configText(defaults, operation).split('dialect:\n')[1]?.split('\n\n')[0] ?? '';
  const uncommented = block.replace(/^ {2}# (?=\w+: \S+$|\w+Pattern: )/gm, '  ');
  const { dialect } = parse(`dialect:\n${uncommented}`) as { dialect: Record<string, string | number> };
  expect(Object.keys(dialect).sort()).toEqual([...dialectKeys].sort());
  expect(readDialectFlags(defaultDialect, [], dialect)).toEqual(declareAll(defaultDialect));
});

test('a starter declares the formats, and nothing else', () => {
  const { dialect } = parse(configText(defaults, operation)) as { dialect: Record<string, string | number> };
  expect(readDialectFlags(defaultDialect, [], dialect)).toEqual({
    ...defaultDialect,
    declared: ['dkPattern', 'bindingCodePattern', 'deviceNameLimit'],
  });
});

test.each<[string, string, number | undefined]>([
  [
    'docker-compose.yml',
    'services: { db: { image: x, ports: ["5432:5432"] }, api: { build: ., ports: ["9000:80"] } }',
    9000,
  ],
  ['compose.yaml', 'services: { api: { image: x, ports: ["127.0.0.1:${PORT:-9001}:80/tcp"] } }', 9001],
  ['docker-compose.yml', 'services: { api: { build: ., ports: [{ target: 80, published: 9002 }] } }', 9002],
  ['docker-compose.yml', 'services: { api: { build: ., ports: ["80"] } }', undefined],
  ['docker-compose.yml', 'services: [}', undefined],
  ['application.properties', 'a=b\nserver.port = 9003\n', 9003],
  ['src/main/resources/application.yml', 'server:\n  port: ${PORT:9004}\n', 9004],
  ['.env', '# a\nexport PORT="9005"\n', 9005],
  ['.env', 'DB_PORT=5432\nPORT=99999\n', undefined],
])('a port in %s: %s', (file, text, port) => {
  expect(detectPort(testFolder({ [file]: text }))?.port).toBe(port);
});

describe('the two questions', () => {
  const ask = (signal = new AbortController().signal) => {
    const [input, output] = [new PassThrough(), new PassThrough()];
    return { input, output, asked: askSettings(input, output, defaults, signal) };
  };

  test('take an answer, a default, and no nonsense', async () => {
    const { input, output, asked } = ask();
    for (const line of ['localhost', 'http://127.0.0.1:9', '']) {
      await once(output, 'data');
      input.write(`${line}\n`);
    }
    expect(await asked).toEqual({ url: 'http://127.0.0.1:9', states: 'http://127.0.0.1:9/_states' });
  });

  test('end without an answer at an interruption or the end of input', async () => {
    const interrupted = new AbortController();
    const first = ask(interrupted.signal);
    interrupted.abort();
    expect(await first.asked).toBeUndefined();
    const second = ask();
    second.input.end();
    expect(await second.asked).toBeUndefined();
  });
});
