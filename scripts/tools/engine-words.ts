/**
 * `npm run check`: the engine must not name parts of an operation. Fields of requests, members of fixtures, states and codes are
 * searched in every file of the engine, including comments. Tests and their helpers may use them.
 */
import { globSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { parseOpenApi } from '../../spec/openapi.ts';
import type { KnownOperation } from '../operations.ts';
import { operations } from '../operations.ts';

const root = join(import.meta.dirname, '..', '..');

/** Words of an operation that have a general meaning in a test tool. */
const usual: ReadonlySet<string> = new Set(['token', 'signature', 'random', '200']);

const words = new Set((await Promise.all(operations.map(wordsOf))).flat());
const wanted = [...words].filter((word) => !usual.has(word));
const pattern = new RegExp(`(?<![\\w.#-])(?:${wanted.join('|')})(?![\\w-])`);

const engine = globSync('{spec,generators,contract,load}/**/*.{ts,mjs}', { cwd: root })
  .map((file) => file.replaceAll(sep, '/'))
  .filter((file) => !/\/(?:pure-bt|family)\/|\/testing\/|\.test\.ts$|\.generated\./.test(file));

const found = engine.flatMap((file) =>
  readFileSync(join(root, file), 'utf8')
    .split('\n')
    .flatMap((line, at) => {
      const word = pattern.exec(line)?.[0];
      return word === undefined
        ? []
        : [`${file}:${at + 1}: "${word}" is a word of an operation; the engine must not use it`];
    }),
);
for (const line of found) console.error(line);
process.exitCode = found.length === 0 ? 0 : 1;

async function wordsOf(known: KnownOperation): Promise<readonly string[]> {
  const { operation } = await known.operation();
  const { schemas } = parseOpenApi((await known.openApi()).readOpenApi()).components;
  const requests = Object.entries(schemas).filter(([name]) => name.endsWith('Request'));
  return [
    ...requests.flatMap(([, { properties = {} }]) => Object.keys(properties)),
    ...Object.keys(operation.fixture),
    ...operation.codes.map(({ code }) => String(code)),
    operation.id,
  ];
}
