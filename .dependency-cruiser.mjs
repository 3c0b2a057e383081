/** The import boundaries, stated once. `npm run check` fails on an import that breaks one. */

const layers = ['spec', 'generators', 'contract', 'load', 'scripts'];
const tests = '[.]test[.]ts$|/testing/';
const k6 = '^load/((pure-bt|family)/)?k6/';

/** @type {import('dependency-cruiser').IConfiguration} */
// biome-ignore lint/style/noDefaultExport: the tool reads the default export.
export default {
  forbidden: [
    ...layers.slice(0, -1).map((layer, at) => ({
      name: `${layer}-imports-only-to-its-left`,
      comment: `Dependencies point one way: ${layers.join(' ← ')}.`,
      severity: 'error',
      from: { path: `^${layer}/` },
      to: { path: `^(${layers.slice(at + 1).join('|')})/` },
    })),
    {
      name: 'no-circles',
      comment: 'Two files that need each other are one idea, or one of them holds two.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'k6-shares-only-plain-files',
      comment: 'k6 has no node: modules and no packages of npm: what it shares with Node imports neither.',
      severity: 'error',
      from: { path: `${k6}|^spec/pure-bt/(catalogue|formulas|vectors)[.]ts$` },
      to: { dependencyTypes: ['core', 'npm', 'npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'engine-knows-no-operation',
      comment: 'The engine gets its operation as a value: spec/operation.ts, contract/suite.ts, load/operation.ts.',
      severity: 'error',
      from: { path: `^(${layers.slice(0, -1).join('|')})/`, pathNot: `/(pure-bt|family)/|${tests}` },
      to: { path: '/(pure-bt|family)/' },
    },
    {
      name: 'family-knows-no-operation',
      comment: 'What is true of the whole API family, and operations that are data, use nothing of a single operation.',
      severity: 'error',
      from: { path: '/family/', pathNot: tests },
      to: { path: '/pure-bt/' },
    },
    {
      name: 'scripts-get-the-operation-as-a-value',
      comment:
        'scripts/operations.ts lists the operations, and a command is given one. The files named here are about one, or make one.',
      severity: 'error',
      from: {
        path: '^scripts/',
        pathNot: `^scripts/(operations|known-operation|commands/operation/new|index|commands/explain|reports/explain-text|tools/(generate|operation-tables|schema-types))[.]ts$|^scripts/benchmarks/|${tests}`,
      },
      to: { path: '/(pure-bt|family)/' },
    },
    {
      name: 'reference-is-independent',
      comment:
        'An oracle that shares code with the server shares its bugs: the reference shares names and shapes alone.',
      severity: 'error',
      from: { path: '^spec/(pure-bt|family)/reference/', pathNot: tests },
      to: {
        path: '^spec/|^node_modules/@noble/',
        pathNot:
          '^spec/(http|listen|family/(states|declared/(model|read-request|declaration[.]generated))|pure-bt/(catalogue|path|types|openapi[.]generated))[.]ts$|^spec/(pure-bt|family)/reference/',
      },
    },
    {
      name: 'only-some-use-the-reference',
      comment: 'A case that knew the server could agree with it by chance.',
      severity: 'error',
      from: {
        path: '.',
        pathNot: `^spec/(pure-bt|family)/reference/|^contract/(pure-bt|family)/(targets/reference|mutants/)|${tests}`,
      },
      to: { path: '^spec/(pure-bt|family)/reference/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.mjs', '.mts', '.js'] },
  },
};
