import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Vectors } from '../generators/pure-bt/vectors/vectors.generated.ts';
import { expectRefused } from './testing/expect-refused.ts';
import { testFolder } from './testing/folder.ts';
import { callBindgate, type Ended } from './testing/run-bindgate.ts';

const published = readFileSync(join(import.meta.dirname, '../generators/pure-bt/vectors/vectors.json'), 'utf8');
const { groups } = JSON.parse(published) as Vectors;
const { signature, encryptedBindingCode, bindingSecret, request } = groups;
const computed = [...signature.tests, ...encryptedBindingCode.tests, ...bindingSecret.tests];
const tests = [...computed, ...request.tests];
const schema = 'bindgate.vectors/1';

const results = Object.fromEntries(tests.filter(({ valid }) => valid).map(({ id, result }) => [id, result]));
const verdicts = Object.fromEntries(tests.map(({ id, valid }) => [id, valid ? 'valid' : 'invalid']));

const file = (content: object): string => JSON.stringify({ schema, ...content });

/** Checks answers; the answers in `changed` replace those of a client that is right. */
function check(changed: object, right: object = results): Promise<Ended> {
  return checkText(file({ results: { ...right, ...changed } }));
}

function checkText(text: string): Promise<Ended> {
  return callBindgate(testFolder({ 'answers.json': text }), 'vectors --check answers.json');
}

test('prints the file of the package', async () => {
  expect(await callBindgate(testFolder(), 'vectors')).toMatchObject({ exitCode: 0, out: published, err: '' });
});

describe('--check passes', () => {
  test.each<[string, string]>([
    ['the results of the valid vectors', file({ results })],
    ['the result of every vector', file({ results: Object.fromEntries(tests.map(({ id, result }) => [id, result])) })],
    ['the verdict on every vector', file({ results: verdicts })],
  ])('%s', async (_, text) => {
    const { exitCode, out } = await checkText(text);
    expect(out).toMatch(/^\d+ right, 0 wrong, 0 missing\n$/);
    expect(exitCode).toBe(0);
  });
});

describe('--check explains', () => {
  const { pk, bindingCode } = signature.tests.find(({ id }) => id === 'signature/dk-4')?.input ?? {};
  const withoutSecret = `${pk}A4C1${bindingCode}`;
  const received = (id: string): string => computed.find((one) => one.id === id)?.received ?? '';
  test.each<[string, object, RegExp]>([
    ['a known mistake', { 'signature/pwd': received('signature/hmac') }, /why +HMAC keyed with userDomainSecret$/m],
    [
      'a known mistake of a ciphertext',
      { 'bindingSecret/plain': received('bindingSecret/swapped') },
      /why +DK,PK in place of PK,DK$/m,
    ],
    // No vector has this one, so it is searched for.
    [
      'a mistake that no vector has',
      { 'signature/dk-4': hash('sha256', withoutSecret) },
      /why +userDomainSecret was left out$/m,
    ],
    ['an empty answer', { 'signature/plain': '' }, /answer +\(empty\)$/m],
    [
      'a wrong verdict',
      { ...verdicts, 'signature/hmac': 'valid' },
      /signature\/hmac\n +answer +valid\n +expected +invalid\n +why +HMAC/,
    ],
    ['a missing answer', { 'signature/plain': undefined }, /^MISSING +signature\/plain$/m],
    [
      'an id that does not exist',
      { 'signature/plane': 'x' },
      /^UNKNOWN +signature\/plane \(did you mean "signature\/plain"\?\)$/m,
    ],
    ['control characters', { 'signature/plain': '\u001b[31m\n::error::x' }, /answer +\\x1b\[31m\\n::error::x$/m],
  ])('%s', async (_, changed, text) => {
    const { exitCode, out } = await check(changed);
    expect(out).toMatch(text);
    expect(exitCode).toBe(1);
  });

  test('only ten wrong answers of many', async () => {
    const { out } = await check(Object.fromEntries(request.tests.map(({ id }) => [id, 'valid'])), verdicts);
    expect(out.match(/^WRONG {4}\S+$/gm)).toHaveLength(10);
    expect(out).toMatch(/^WRONG +(\S+, ){9}\S+ and \d+ more$/m);
  });
});

describe('--check refuses in one line with exit 2', () => {
  test.each<[string, string, RegExp]>([
    [
      'another version',
      JSON.stringify({ schema: 'bindgate.vectors/2', results }),
      /answers\.json: expected a file of bindgate\.vectors\/1, got one of bindgate\.vectors\/2; write one with/,
    ],
    [
      'the published file of another version',
      published.replace('vectors/1"', 'vectors/2"'),
      /got one of bindgate\.vectors\/2/,
    ],
    ['a file without a version', JSON.stringify({ results }), /got JSON without a bindgate "schema"/],
    [
      'an answer that is a number',
      file({ results: { 'signature/plain': 1 } }),
      /results\/signature~1plain must be string/,
    ],
    ['no answers', file({}), /must have required property 'results'/],
    ['answers in a list', file({ results: [] }), /results must be object/],
    ['groups and answers', file({ groups: {}, results: [] }), /results must be object/],
    [
      'the published file',
      published,
      /answers\.json: these are the vectors, not the answers of a client; write one with/,
    ],
    ['groups without tests', file({ groups: {} }), /these are the vectors/],
    ['an empty file', '', /answers\.json: the file is empty; write one with/],
    ['a file of spaces', ' \n', /the file is empty/],
    [
      'a file that is cut',
      file({ results }).slice(0, 50),
      /answers\.json:1: the JSON is cut off or damaged at column 51/,
    ],
    [
      'a file that is cut on a later line',
      published.slice(0, 5000),
      /answers\.json:(?!1:)\d+: the JSON is cut off or damaged at column \d+/,
    ],
    [
      'two answers to one vector',
      `{"schema":"${schema}",\n"results":{"signature/plain":"y", "a": "signature/plain",\n"signature/pl\\u0061in" : "x"}}`,
      /answers\.json:3: "signature\/plain" has two answers/,
    ],
    ['a text', 'signature/plain=1', /this is not JSON/],
  ])('%s', async (_, text, message) => {
    await expectRefused(testFolder({ 'answers.json': text }), 'vectors --check answers.json', message);
  });

  test('a file that does not exist', async () => {
    await expectRefused(testFolder(), 'vectors --check none.json', /none\.json: there is no such file; write one with/);
  });
});
