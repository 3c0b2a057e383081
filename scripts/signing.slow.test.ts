/** The code of docs/vectors.md, in every language that this machine has, against all vectors. */

import { spawnSync } from 'node:child_process';
import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { CipherTest, Vectors } from '../generators/pure-bt/vectors/vectors.generated.ts';
import vectorsFile from '../generators/pure-bt/vectors/vectors.json' with { type: 'json' };
import { testFolder } from './testing/folder.ts';
import type { Command } from './testing/server-process.ts';

type Language = {
  readonly name: string;
  /** The file of the page. */
  readonly shown: string;
  readonly build?: Command;
  readonly run: Command;
  readonly present: boolean;
};

const docs = join(import.meta.dirname, '..', 'docs');
const sources = join(docs, 'examples', 'signing');
const folder = testFolder();
const file = (...path: readonly string[]): string => join(sources, ...path);
const built = (name: string): string => join(folder, name);
/** The newest Python is not always the one with the package, such as where Debian's package is installed. */
const python = ['python3', '/usr/bin/python3'].find((program) => succeeds(program, '-c', 'import cryptography'));

/** Each is skipped only on a machine that cannot compile or run it. */
const languages: readonly Language[] = [
  {
    name: 'Java',
    shown: 'java/Signing.java',
    build: ['javac', '-d', built('java'), file('java/Signing.java'), file('java/Main.java')],
    run: ['java', '-XX:TieredStopAtLevel=1', '-cp', built('java'), 'Main'],
    present: succeeds('javac', '--release', '17', '-version'),
  },
  {
    name: 'Kotlin',
    shown: 'kotlin/Signing.kt',
    build: [
      'kotlinc',
      file('kotlin/Signing.kt'),
      file('kotlin/Main.kt'),
      '-d',
      built('kotlin.jar'),
      '-include-runtime',
    ],
    run: ['java', '-jar', built('kotlin.jar')],
    present: succeeds('kotlinc', '-version'),
  },
  {
    name: 'Go',
    shown: 'go/signing.go',
    build: ['go', 'build', '-C', file('go'), '-o', built('go'), '.'],
    run: [built('go')],
    present: succeeds('go', 'version'),
  },
  {
    name: 'Python',
    shown: 'python/signing.py',
    run: [python ?? 'python3', '-B', file('python/main.py')],
    present: python !== undefined,
  },
  {
    name: 'PHP',
    shown: 'php/signing.php',
    run: ['php', file('php/main.php')],
    present: succeeds('php', '-r', 'exit(extension_loaded("openssl") ? 0 : 1);'),
  },
  {
    name: 'C',
    shown: 'c/signing.c',
    build: ['gcc', '-Wall', '-Wextra', '-Werror', '-o', built('c'), file('c/signing.c'), file('c/main.c'), '-lcrypto'],
    run: [built('c')],
    present: succeeds('sh', '-c', 'echo "#include <openssl/evp.h>" | gcc -E -'),
  },
  {
    name: 'Node',
    shown: 'node/signing.mjs',
    run: [process.execPath, file('main.mjs'), './node/signing.mjs'],
    present: true,
  },
  {
    name: 'Browser (WebCrypto)',
    shown: 'browser/signing.mjs',
    run: [process.execPath, file('main.mjs'), './browser/signing.mjs'],
    present: true,
  },
];

const { signature, encryptedBindingCode, bindingSecret, request } = (vectorsFile as Vectors).groups;
const ciphertexts = [...encryptedBindingCode.tests, ...bindingSecret.tests];

describe.each(languages)('the code in $name', ({ build, run, present, shown }) => {
  test.skipIf(!present)(
    'signs, encrypts and decrypts every vector',
    () => {
      if (build !== undefined) runProgram(build, '');
      const tasks = [
        ...signature.tests.map(signTask),
        ...request.tests.map(signBodyTask),
        ...ciphertexts.flatMap(cipherTasks),
      ];
      const lines = tasks.map(({ words }) => `${words.join('\t')}\n`).join('');
      const answers = runProgram(run, lines).trimEnd().split(/\r?\n/);
      expect(answers).toHaveLength(tasks.length);
      const wrong = tasks.flatMap(({ id, words, isRight }, at) => {
        const answer = answers[at] ?? '';
        return isRight(answer) ? [] : [`${id}: ${words[0]} gave ${answer}`];
      });
      expect(wrong).toEqual([]);
    },
    120_000,
  );

  test('is in the page', async () => {
    const page = await readFile(join(docs, 'vectors.md'), 'utf8');
    expect(page).toContain(`<!-- include examples/signing/${shown} -->`);
    expect(page).toContain((await readFile(file(shown), 'utf8')).trimEnd());
  });
});

test.skipIf(python === undefined)('the Python program of the page passes', async () => {
  const page = await readFile(join(docs, 'vectors.md'), 'utf8');
  const [, program = ''] = /^## Check your code[\s\S]*?^```python\n([\s\S]*?)^```$/m.exec(page) ?? [];
  expect(program).toContain('assert');
  await copyFile(file('python/signing.py'), built('signing.py'));
  await writeFile(built('vectors.json'), JSON.stringify(vectorsFile));
  await writeFile(built('check.py'), program);
  runProgram([python ?? 'python3', '-B', 'check.py'], '');
});

test('the page names every language that is tested, and no other', async () => {
  const page = await readFile(join(docs, 'vectors.md'), 'utf8');
  const rows = [...page.matchAll(/^\| \[([^\]]+)\]\(#/gm)].map(([, name]) => name);
  expect(rows).toEqual(languages.map(({ name }) => name));
});

type Task = { readonly id: string; readonly words: readonly string[]; readonly isRight: (answer: string) => boolean };

function signTask({ id, input, result }: (typeof signature.tests)[number]): Task {
  const { pk, dk, bindingCode, pwd, userDomainSecret } = input;
  return {
    id,
    words: ['sign', ...encode(pk, dk, bindingCode, pwd, userDomainSecret)],
    isRight: (answer) => answer === result,
  };
}

/** The signature of a whole request, for the fields as they are sent. */
function signBodyTask({ id, request: { body }, secrets, result }: (typeof request.tests)[number]): Task {
  const text = (name: string): string => String(body[name] ?? '');
  const code = text('encryptedBindingCode') || text('bindingCode');
  const words = encode(text('pk'), text('dk'), code, text('pwd'), secrets.userDomainSecret);
  return { id, words: ['sign', ...words], isRight: (answer) => answer === result };
}

/** A received ciphertext is right if it decrypts to the plaintext, and only then. */
function cipherTasks({ id, input: { ps, random }, plaintext, result, received, valid }: CipherTest): readonly Task[] {
  const encoded = Buffer.from(plaintext).toString('base64');
  return [
    { id, words: ['encrypt', ...encode(plaintext, ps, random)], isRight: (answer) => answer === result },
    { id, words: ['decrypt', ...encode(received, ps, random)], isRight: (answer) => (answer === encoded) === valid },
  ];
}

function encode(...values: readonly (string | null | undefined)[]): readonly string[] {
  return values.map((value) => (value === undefined || value === null ? '-' : Buffer.from(value).toString('base64')));
}

function runProgram([program, ...args]: Command, input: string): string {
  const { status, stdout, stderr, error } = spawnSync(program, args, { cwd: folder, input, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program} ended with ${status}: ${error?.message ?? stderr}`);
  return stdout;
}

function succeeds(program: string, ...args: readonly string[]): boolean {
  return spawnSync(program, args).status === 0;
}
