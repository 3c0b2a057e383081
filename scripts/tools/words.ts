/**
 * `npm run check`: words that do not belong where they are.
 *
 * - Words that stop a reader whose first language is not English, in docs, in names, texts and comments of the code, and in
 *   the contract's own files.
 * - Words of an operation, in the engine: fields of requests, members of fixtures, codes. Tests and their helpers may use them.
 */
import { globSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { parseOpenApi } from '../../spec/openapi.ts';
import { type KnownOperation, operations } from '../operations.ts';

const root = join(import.meta.dirname, '..', '..');

/** A word, as a regular expression within word boundaries, and what to write instead. */
const plain: Readonly<Record<string, string>> = {
  'earn(?:s|ed|ing)?': 'is answered with, expected, gets',
  anew: 'again, regenerate',
  'mend(?:s|ed|ing)?': 'fix',
  otherwise: 'if not, differently',
  'nobody|no-one': 'no one',
  'somebody|everybody|anybody': 'someone, everyone, anyone',
  'who(?:se|m)|thereof|therein|whence|hence|upon|lest|shall|likewise|thus': 'a shorter, usual word',
  'besides?': 'next to, also, in addition',
  'due(?! to)': 'expected',
  'stands?|stood': 'is, is written, is in',
  stations: 'steps',
  station: 'step',
  'young|younger': 'new, newer',
  '(?:told|tell|tells|telling) apart': 'distinguish',
  '(?:is|are|was|were) none': 'there is no, is not one',
  '(?<!\\b(?:there|which) )(?:is|are|was|were) no(?! (?:longer|more|one)\\b)': 'is not a',
  'needless|midst|foretell|alike|aught|naught|amiss|ere|heed': 'a usual word',
  'goes its way|by and by|in vain|of old|at hand': 'a usual phrase',
};

/** Where a word is a name that others rely on, or is quoted. */
const allowed: readonly RegExp[] = [
  // Names of states and ids of cases and mutants, and fields of result files.
  /a device nobody has bound|a home whose common-device list|a device whose sharing|a product whose every device/g,
  /\bstations\b|\bdue: (?:\[|right\b)/g,
  // Fields of an explanation, and data of the states handlers.
  /\bdue(?=\??:|,| = ''| !== undefined| \+ length)/g,
  /'(?:nobody|everybody)'|"(?:nobody|everybody)"|\bis None\b/g,
  /[\w-]+\/[\w/-]*\b(?:nobody|beside|stands|otherwise|alike)[\w/-]*/g,
  // The field of results.json.
  /\bdue: codes\b/g,
];

/** Words of an operation that have a general meaning in a test tool. */
const usual: ReadonlySet<string> = new Set(['token', 'signature', 'random', '200']);

const unread =
  /(?:^|\/)(?:node_modules|dist|\.git)\/|^reports\/|\.generated\.|package-lock\.json$|tools\/words\.ts$|^docs\/api-change\/|testing\/catalogue/;
const all = list('**/*.{ts,mjs,md,yaml,yml}').filter((file) => !unread.test(file));
const engine = list('{spec,generators,contract,load}/**/*.{ts,mjs}').filter(
  (file) => !/\/(?:pure-bt|family)\/|\/testing\/|\.test\.ts$|\.generated\./.test(file),
);
const ofOperations = new Set((await Promise.all(operations.map(wordsOf))).flat()).difference(usual);

const found = [
  ...search(all, new RegExp(`(?<![\\w/-])(?:${Object.keys(plain).join('|')})(?![\\w-])`, 'gi'), (word) => {
    const instead = Object.entries(plain).find(([key]) => new RegExp(`^(?:${withoutContext(key)})$`, 'i').test(word));
    return `write ${instead?.[1]}`;
  }),
  ...search(
    engine,
    new RegExp(`(?<![\\w.#-])(?:${[...ofOperations].join('|')})(?![\\w-])`, 'g'),
    () => 'a word of an operation; the engine must not use it',
  ),
];
for (const line of found) console.error(line);
process.exitCode = found.length === 0 ? 0 : 1;

function list(pattern: string): readonly string[] {
  return globSync(pattern, { cwd: root, exclude: ['**/node_modules'] }).map((file) => file.replaceAll(sep, '/'));
}

/** One line for each place of a word in some files. */
function search(files: readonly string[], pattern: RegExp, says: (word: string) => string): readonly string[] {
  return files.flatMap((file) =>
    readFileSync(join(root, file), 'utf8')
      .split('\n')
      .flatMap((line, at) => {
        const text = allowed.reduce((rest, quoted) => rest.replace(quoted, ''), line);
        return [...text.matchAll(pattern)].map(([word]) => `${file}:${at + 1}: "${word}": ${says(word)}`);
      }),
  );
}

/** A word's expression without what must be before or after it. */
function withoutContext(expression: string): string {
  return expression.replace(/^\(\?<![^)]*\)[^)]*\)/, '').replace(/\(\?!.*$/, '');
}

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
