import { join } from 'node:path';
import { expect, test } from 'vitest';
import { nearest } from '../../contract/nearest.ts';
import { suite } from '../../contract/pure-bt/suite.ts';
import { goodFixture } from '../../contract/testing/servers.ts';
import { readLoadSettings } from '../commands/load.ts';
import { operations } from '../operations.ts';
import { testFolder } from '../testing/folder.ts';
import { type Config, loadConfig } from './config.ts';
import { readVerifySettings } from './verify-settings.ts';

async function load(
  name: string,
  content: string | Uint8Array,
  environment: NodeJS.ProcessEnv = {},
): ReturnType<typeof loadConfig> {
  return loadConfig({ config: join(testFolder({ [name]: content }), name) }, environment);
}

const utf16 = Buffer.from('\ufeff{"url":"http://x","dialect":{"successCode":0}}', 'utf16le');

test.each([
  ['a.json', '{"url":"http://x","dialect":{"successCode":0}}'],
  ['a.yaml', 'url: http://x\ndialect:\n  successCode: 0\n'],
  ['a.ts', 'const url: string = "http://x";\nexport default { url, dialect: { successCode: 0 } };\n'],
  ['a.mjs', 'export default { url: "http://x", dialect: { successCode: 0 } };\n'],
])('reads a configuration in %s, also with a byte order mark', async (name, content) => {
  for (const text of [content, `\ufeff${content}`, ...(name === 'a.json' ? [utf16] : [])]) {
    expect((await load(name, text)).config).toEqual({ url: 'http://x', dialect: { successCode: 0 } });
  }
});

test.each(['31/12/2099', '2026-13-45'])('says how to write the date %s', async (until) => {
  const tolerate = [{ case: 'dk/too-long', until, owner: 'devices team', reason: 'BND-7' }];
  await expect(load('date.json', JSON.stringify({ policy: { tolerate } }))).rejects.toThrow(
    /date\.json: "policy\.tolerate\.0\.until" is not a date such as 2027-03-31$/,
  );
});

test('inserts environment variables into any text', async () => {
  const { config } = await load('env.json', '{"headers":{"X-Key":"key ${KEY}"}}', { KEY: 'k1' });
  expect(config.headers).toEqual({ 'X-Key': 'key k1' });
});

test('prefers the environment to the file', async () => {
  const { config } = await load('both.json', '{"url":"http://127.0.0.1:1","out":"x"}', {
    BINDGATE_URL: 'http://127.0.0.1:2',
  });
  expect(config).toEqual({ url: 'http://127.0.0.1:2', out: 'x' });
});

test.each([
  ['typo.json', '{"urll":"x"}', /typo.json: unknown key "urll"; did you mean "url"\?/],
  ['deep.json', '{"states":{"url":"x","header":{}}}', /unknown key "states.header"; did you mean "headers"\?/],
  ['type.json', '{"timeoutMs":"5s"}', /"timeoutMs" must be a whole number$/],
  ['bound.json', '{"concurrency":0}', /"concurrency" is 0; it must be at least 1/],
  ['limit.json', '{"timeLimit":"ten"}', /limit.json: "timeLimit" ten must be a duration from 1s to 24h/],
  [
    'effect.json',
    '{"timingEffect":"0.5"}',
    /effect.json: "timingEffect" 0.5 must be a duration from 0.01ms to 1s with/,
  ],
  ['no-effect.json', '{"timingEffect":0.5}', /timingEffect/],
  ['no-limit.json', '{"timeLimit":0}', /"timeLimit" 0 must be a duration from 1s to 24h/],
  ['unset.json', '{"headers":{"a":"${NOPE}"}}', /headers.a uses \$\{NOPE\}, which is not set/],
  ['cert.json', '{"cert":"client.pem"}', /cert.json: "cert" is given without "key"; give both, or neither/],
  ['key.json', '{"key":"client.key"}', /key.json: "key" is given without "cert"; give both, or neither/],
  ['broken.json', '{', /cannot be loaded/],
  ['broken.yaml', 'url: [x\n', /broken\.yaml: .* at line 2, column 1$/],
  ['list.json', '[]', /must be keys and values, such as url: http:\/\/…; this file is a list$/],
  ['number.json', '{"url":12}', /number.json: "url" is 12; it must be a text$/],
  ['value.yaml', 'dialect:\n  successCode: [0]\n', /"dialect.successCode" is a list; it must be a text or a number$/],
  ['none.yaml', 'states: {}\n', /none.yaml: "states" has no "url"$/],
  ['both.yaml', 'states: { urll: x }\n', /"states" has no "url"; unknown key "states.urll"; did you mean "url"\?$/],
  ['notes.txt', 'url: x\n', /notes.txt: a configuration must be .yaml, .yml, .json, .js, .mjs, .ts or .mts$/],
  ['throws.mjs', 'throw new Error("boom")', /cannot be loaded: throws.mjs: boom/],
])('refuses %s in one line', async (name, content, message) => {
  await expect(load(name, content)).rejects.toMatchObject({ exitCode: 2, message: expect.stringMatching(message) });
});

test.each([
  ['urll', 'url'],
  ['dk/too-shrt', 'dk/too-short'],
  ['xyzzy', undefined],
])('finds the word nearest to %s: %s', (word, want) => {
  expect(nearest(word, ['url', 'states', 'dk/too-short', 'dk/too-long'])).toBe(want);
});

test('names the nearest dialect setting for a configuration', async () => {
  const config = { dialect: { succesCode: 0 } };
  await expect(readLoadSettings({}, config, operations[0])).rejects.toThrow(
    'the configuration: unknown dialect setting "succesCode"; did you mean "successCode"?',
  );
});

test.each([
  ['verify', async (config: Config) => readVerifySettings({}, config, suite)],
  ['load', (config: Config) => readLoadSettings({}, config, operations[0])],
])('%s refuses a fixture that the formats of its configuration refuse', async (_, read) => {
  const config: Config = {
    dialect: { dkPattern: '[0-9]{6}' },
    fixtures: { 'a device ready to bind': [{ ...goodFixture(1), dk: 'AC-7' }] },
  };
  await expect(read(config)).rejects.toThrow(
    'fixtures["a device ready to bind"][0] has a dk "AC-7" that does not match the declared dkPattern [0-9]{6}; correct one of them',
  );
});
