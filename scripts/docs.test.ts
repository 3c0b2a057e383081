/** Tests the README and the guides: the output of commands, settings, flags and links. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, matchesGlob } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { defaultDialect } from '../spec/pure-bt/dialect.ts';
import { checkConfig } from './config/config.ts';
import { readDialectFlags } from './config/dialect-flags.ts';
import { type CodeBlock, type Guide, guideNames, project, readGuide } from './testing/guides/read-guide.ts';
import { refreshGuide } from './testing/guides/refresh-guide.ts';
import { callBindgate } from './testing/run-bindgate.ts';

const guides = guideNames.map(readGuide);
const knownFlags = readFlags();

/** Pages with complete programs in their blocks, which another test runs. */
const testedElsewhere: Readonly<Record<string, string>> = {
  'docs/provider-states.md': 'handlers.slow.test.ts starts the handlers and runs all cases on them',
  'docs/ci.md': 'init.test.ts runs the templates',
  'docs/vectors.md': 'signing.slow.test.ts runs the code in each language',
  'docs/library.md': 'package.slow.test.ts checks the types of its programs and runs them',
};

/** Commands of `sh` blocks that this file cannot run, and why. */
const notRun: readonly (readonly [command: RegExp, reason: string])[] = [
  [/^npm (start|test)\b/, 'npm start is a console block below; npm test would run this test again'],
  [/^cd /, 'changes to the checkout'],
  [/^npm run -s bindgate -- --version$/, 'bindgate.test.ts runs the launcher'],
  [
    /^npm (run -s pack|i -D)\b|^cp \S+\.tgz |^npx bindgate doctor$/,
    'package.slow.test.ts packs, installs and runs the package',
  ],
  [/^BINDGATE_URL=\S+ BINDGATE_STATES=\S+ npx vitest run/, 'contract.test.ts is run by npm test'],
  [/^newman run /, 'newman.slow.test.ts runs the collection'],
  [/^docker |^bindgate gate --image /, 'needs a Docker engine; containers.slow.test.ts runs it if there is one'],
  [
    /^kubectl |^bindgate load (average .*--kubernetes|merge share-1.log)/,
    'needs a cluster; pods.k6.test.ts simulates one',
  ],
  [/^npm run bench\b/, 'takes minutes to an hour; bench.test.ts tests its arithmetic'],
  [/^npm run calibrate /, 'takes an hour; draw.test.ts tests its decisions'],
  [/^bindgate compare before\/load.json /, 'needs two load runs; compare.test.ts has synthetic ones'],
];

/** Programs in pages that another test runs. */
const programs: Readonly<Record<string, string>> = {
  'docs/getting-started.md': 'first-state.test.ts runs its states handler',
};

/** `text` blocks with the output of a program that this file does not run. */
const measuredByHand: Readonly<Record<string, string>> = {
  'docs/operation.md': 'formulas',
  'docs/proxy.md': 'proxy.test.ts compares it with a run',
};

describe.each(guides.map((guide) => [guide.name, guide] as const))('%s', (name, guide) => {
  test('shows what its commands print (npm run docs writes it)', async () => {
    expect(await refreshGuide(guide, ['quick'])).toBe(guide.text);
  }, 180_000);

  test('has only blocks that are run, checked or listed here', () => {
    const unknown = guide.blocks.filter((block) => !(name in testedElsewhere) && !isAccountedFor(block, name));
    expect(unknown.map(({ line, text }) => `${name}:${line} ${text}`)).toEqual([]);
  });

  test('has valid settings', () => {
    for (const { line, text, file } of blocksIn(guide, 'yaml')) {
      // The commands of the page read any other file.
      if (file !== undefined && !file.startsWith('bindgate.config.')) continue;
      const config = checkConfig(parse(text), `${name}:${line}`);
      readDialectFlags(defaultDialect, [], config.dialect);
    }
  });

  test('names only existing flags', async () => {
    const known = await knownFlags;
    const texts = [...guide.text.matchAll(/`(?:bindgate [^`]*|--[^`]*)`/g)].map(([text]) => text);
    const said = [
      ...texts,
      ...blocksIn(guide, 'sh').flatMap(({ text }) => text.split('\n').filter((line) => /^(npx )?bindgate /.test(line))),
    ];
    const flags = said.flatMap((text) => [...text.matchAll(/(?<=[\s`])--[a-z][a-z0-9-]*/g)].map(([flag]) => flag));
    expect(flags.filter((flag) => !known.has(flag))).toEqual([]);
  });
});

test.each([...guides, ...globSync('{*,docs/*/**/*}.md', { cwd: project, exclude: ['README.md'] }).map(readGuide)])(
  'has no dead link: $name',
  ({ name, links }) => {
    const problems = links.flatMap(({ url, line }) =>
      problemOf(url, name).map((problem) => `${name}:${line} ${problem}`),
    );
    expect(problems).toEqual([]);
  },
);

test('limits the README to 150 lines', () => {
  expect(readGuide('README.md').text.trimEnd().split('\n').length).toBeLessThanOrEqual(150);
});

test('links to every page in the index', () => {
  const linked = readGuide('docs/README.md').links.map(({ url }) => `docs/${url}`);
  expect(guideNames.filter((name) => !['README.md', 'docs/README.md', ...linked].includes(name))).toEqual([]);
});

test('lists only commands that are in a page', () => {
  const commands = guides.flatMap((guide) => blocksIn(guide, 'sh').flatMap(commandsOf));
  expect(notRun.filter(([pattern]) => !commands.some((command) => pattern.test(command)))).toEqual([]);
});

test('finds the messages of troubleshooting.md in the code', () => {
  const rows = [...readGuide('docs/troubleshooting.md').text.matchAll(/^\| Message \|.*\n\|.*\n((?:\|.*\n)+)/gm)];
  const messages = rows.flatMap(([, table = '']) =>
    table
      .trimEnd()
      .split('\n')
      .map((row) => row.split(' | ')[0]?.slice(2) ?? ''),
  );
  const sources = globSync('{contract,generators,load,scripts,spec}/**/*.{ts,mjs}', {
    cwd: project,
    exclude: ['**/*.test.ts', '**/testing/**', '**/node_modules/**'],
  }).map((file) => readFileSync(join(project, file), 'utf8'));
  expect(messages.length).toBeGreaterThan(10);
  expect(messages.filter((message) => !sources.some((text) => text.includes(message)))).toEqual([]);
});

function blocksIn({ name, blocks }: Guide, language: string): readonly CodeBlock[] {
  return name in testedElsewhere ? [] : blocks.filter((block) => block.language === language);
}

function isAccountedFor(block: CodeBlock, name: string): boolean {
  // A file for the commands of the page.
  if (block.file !== undefined) return true;
  if (block.language === 'sh')
    return commandsOf(block).every((command) => notRun.some(([pattern]) => pattern.test(command)));
  if (block.language === 'go') return name in programs;
  if (block.language === 'text' || block.language === '') return name in measuredByHand;
  return ['console', 'yaml', 'json'].includes(block.language);
}

/** The commands of a block, without comments. */
function commandsOf({ text }: CodeBlock): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.replace(/\s+#.*$/, ''))
    .filter((line) => line !== '' && !line.startsWith('#'));
}

/** The problem of a link; web pages are not checked. */
function problemOf(url: string, from: string): readonly string[] {
  if (/^https?:/.test(url)) return [];
  const [path = '', anchor] = url.split('#');
  const target = path === '' ? from : join(dirname(from), path).replaceAll('\\', '/').replace(/\/$/, '');
  if (!existsSync(join(project, target))) return [`${url}: there is no ${target}`];
  if (isPacked(from) && !isPacked(target)) return [`${url}: ${target} is not in the package`];
  if (anchor === undefined || guides.find(({ name }) => name === target)?.anchors.has(anchor) === true) return [];
  return [`${url}: ${target} has no heading #${anchor}`];
}

/** Whether npm puts a file or folder into the package. */
function isPacked(path: string): boolean {
  const { files } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')) as { files: readonly string[] };
  const always = ['README.md', 'LICENSE', 'package.json'];
  return [...files, ...always].some(
    (pattern) => path === pattern || path.startsWith(`${pattern}/`) || matchesGlob(path, pattern),
  );
}

/** The flags of all commands, from their help. */
async function readFlags(): Promise<ReadonlySet<string>> {
  const known = new Set<string>(['--help', '--version']);
  const helpOf = async (...command: readonly string[]): Promise<void> => {
    const { out } = await callBindgate(project, [...command, '--help']);
    for (const [flag] of out.matchAll(/(?<=^ {2}(?:-\w, )?)--[a-z0-9-]+/gm)) known.add(flag);
    const [, list = ''] = out.split('Commands:\n');
    for (const [, name = ''] of list.matchAll(/^ {2}([a-z]+)/gm)) if (name !== 'help') await helpOf(...command, name);
  };
  await helpOf();
  return known;
}
