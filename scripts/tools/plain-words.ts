/**
 * `npm run check`: words that stop a reader whose first language is not English, and what to write instead. They are looked
 * for in docs, in names, texts and comments of the code, and in the contract's own files.
 *
 *     node scripts/launch.mjs scripts/tools/plain-words.ts [FOLDER…]
 */
import { globSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';

const root = join(import.meta.dirname, '..', '..');

/** A word, as a regular expression within word boundaries, and what to write instead. */
const words: Readonly<Record<string, string>> = {
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

const pattern = new RegExp(`(?<![\\w/-])(?:${Object.keys(words).join('|')})(?![\\w-])`, 'gi');
const ignored =
  /(?:^|\/)(?:node_modules|dist|\.git)\/|^reports\/|\.generated\.|package-lock\.json$|tools\/plain-words\.ts$|^docs\/api-change\/|testing\/catalogue/;

const folders = process.argv.length > 2 ? process.argv.slice(2) : ['.'];
const files = folders
  .flatMap((folder) => globSync(`${folder}/**/*.{ts,mjs,md,yaml,yml}`, { cwd: root, exclude: ['**/node_modules'] }))
  .map((file) => file.replaceAll(sep, '/').replace(/^\.\//, ''))
  .filter((file) => !ignored.test(file));

let found = 0;
for (const file of files) {
  for (const [at, line] of readFileSync(join(root, file), 'utf8').split('\n').entries()) {
    const text = allowed.reduce((rest, quoted) => rest.replace(quoted, ''), line);
    for (const [word] of text.matchAll(pattern)) {
      found += 1;
      const instead = Object.entries(words).find(([key]) => new RegExp(`^(?:${withoutContext(key)})$`, 'i').test(word));
      console.error(`${file}:${at + 1}: "${word}": write ${instead?.[1]}`);
    }
  }
}
process.exitCode = found === 0 ? 0 : 1;

/** A word's expression without what must be before or after it. */
function withoutContext(expression: string): string {
  return expression.replace(/^\(\?<![^)]*\)[^)]*\)/, '').replace(/\(\?!.*$/, '');
}
