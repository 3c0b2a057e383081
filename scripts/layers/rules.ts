/** The folders, leftmost first: each imports itself and what stands left of it. */
export const layers: readonly string[] = ['spec', 'generators', 'contract', 'load', 'scripts'];

/** An import between two files of the project, or of a package (`imported` is then its name, `node:fs` or `undici`). */
export type Arrow = { importer: string; imported: string };

type Rule = { name: string; isBrokenBy: (arrow: Arrow) => boolean };

/** Run in Node and in k6, which has neither packages nor `node:` modules. */
const sharedWithK6 = ['spec/catalogue.ts', 'spec/formulas.ts', 'spec/vectors.ts'];

/** What the reference may share with the oracle that judges it: names and shapes, no logic. */
const sharedWithReference = /^spec\/(reference\/.+|(catalogue|states|http|types|openapi\.generated)\.ts)$/;

const usersOfReference = /^(spec\/reference\/|contract\/(targets\/reference|mutants\/|(.+\/)?[^/]+\.test\.ts$))/;

const rules: readonly Rule[] = [
  {
    name: `dependencies point one way: ${layers.join(' ← ')}`,
    isBrokenBy: ({ importer, imported }) => layerOf(imported) > layerOf(importer),
  },
  {
    name: 'a file that also runs in k6 imports nothing',
    isBrokenBy: ({ importer }) => sharedWithK6.includes(importer),
  },
  {
    name: 'spec/reference shares with the oracle only catalogue, states, http and types of spec',
    isBrokenBy: ({ importer, imported }) =>
      importer.startsWith('spec/reference/') && layerOf(imported) >= 0 && !sharedWithReference.test(imported),
  },
  {
    name: 'spec/reference decrypts with node:crypto: generators encrypt with @noble',
    isBrokenBy: ({ importer, imported }) => importer.startsWith('spec/reference/') && imported.startsWith('@noble/'),
  },
  {
    name: 'only contract/targets/reference, contract/mutants and tests in contract import spec/reference',
    isBrokenBy: ({ importer, imported }) => imported.startsWith('spec/reference/') && !usersOfReference.test(importer),
  },
];

/** The rule that an import breaks; `undefined` when it breaks none. */
export function brokenRule(arrow: Arrow): string | undefined {
  return rules.find((rule) => rule.isBrokenBy(arrow))?.name;
}

/** -1 for a package. */
function layerOf(path: string): number {
  return path.includes('/') ? layers.indexOf(path.slice(0, path.indexOf('/'))) : -1;
}
