import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, describe, expect, test } from 'vitest';
import type { SpecDiffFile } from '../spec/diff/spec-diff.generated.ts';
import schema from '../spec/diff/spec-diff.schema.json' with { type: 'json' };
import { edited, lampPage } from '../spec/diff/testing/change-lines.ts';
import { readOpenApi } from '../spec/pure-bt/contract-file.ts';
import { callBindgate, type Ended } from './testing/run-bindgate.ts';

const folder = await mkdtemp(join(tmpdir(), 'bindgate-spec-diff-'));
afterAll(() => rm(folder, { recursive: true }));

const contract = readOpenApi();
const files: Readonly<Record<string, string>> = {
  'old.yaml': contract,
  'no-5361.yaml': edited(contract, ['        - { code: 5361, meaning: Incorrect DK format }\n', '']),
  'new-5412.yaml': edited(contract, ['Product binding mode is unique, cannot bind repeatedly', 'Device is locked']),
  'looser.yaml': edited(contract, ['      maxLength: 254\n', '      maxLength: 300\n']),
  'reworded.yaml': edited(contract, ['Room ID, a room', 'Room ID, one room']),
  'page.md': lampPage,
  'new-page.md': edited(
    lampPage,
    ['lamp+room+lampSecret', 'room+lamp+lampSecret'],
    ['Room of the lamp', 'The room of the lamp'],
  ),
  'hostile.md': edited(lampPage, ['Room is full', '\u202e::error::<img src=x>`|**@all**']),
};
await Promise.all(Object.entries(files).map(([name, content]) => writeFile(join(folder, name), content)));

async function diff(args: readonly string[], more: object = {}): Promise<Ended> {
  return callBindgate(folder, ['spec', 'diff', ...args], { GITHUB_ACTIONS: '', ...more });
}

const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile<SpecDiffFile>(schema);

/** The JSON of a comparison, which must match its schema. */
async function validDiff(args: readonly string[]): Promise<SpecDiffFile> {
  const file: unknown = JSON.parse((await diff(args)).out);
  if (validate(file)) return file;
  throw new Error(JSON.stringify(validate.errors));
}

describe('the exit code', () => {
  test.each<[string, readonly string[], number]>([
    ['no difference', ['old.yaml', 'old.yaml'], 0],
    ['a removed code', ['old.yaml', 'no-5361.yaml'], 1],
    ['a code with another meaning', ['old.yaml', 'new-5412.yaml'], 1],
    ['a risky change', ['old.yaml', 'looser.yaml'], 0],
    ['a risky change, with --fail-on risky', ['old.yaml', 'looser.yaml', '--fail-on', 'risky'], 1],
    ['a harmless change, with --fail-on risky', ['old.yaml', 'reworded.yaml', '--fail-on', 'risky'], 0],
    ['a breaking change, with --fail-on never', ['old.yaml', 'no-5361.yaml', '--fail-on', 'never'], 0],
    ['a breaking change, as JSON', ['old.yaml', 'no-5361.yaml', '--json'], 1],
  ])('%s', async (_, args, want) => {
    const { exitCode, err } = await diff(args);
    expect([exitCode, err]).toEqual([want, '']);
  });
});

describe('spec diff', () => {
  test('explains each change for clients and servers', async () => {
    const { out } = await diff(['old.yaml', 'new-5412.yaml']);
    const line = contract.slice(0, contract.indexOf('code: 5412')).split('\n').length;
    expect(out.split('\n')).toEqual([
      'breaking',
      '  code 5412 has another meaning',
      '    before    Product binding mode is unique, cannot bind repeatedly',
      '    after     Device is locked',
      '    clients   know the number, but handle the wrong fault, without an error',
      '    servers   must send it for a different fault',
      '    to do     compare the two meanings: if only the words changed, accept the new document; if not, change clients and servers',
      `    where     old.yaml:${line} → new-5412.yaml:${line} (code-meaning-changed)`,
      '',
      '1 breaking, 0 risky, 0 harmless  old.yaml → new-5412.yaml',
      '',
    ]);
  });

  test('writes JSON that matches its schema', async () => {
    expect(await validDiff(['page.md', 'new-page.md', '--json'])).toMatchObject({
      schema: 'bindgate.spec-diff/1',
      before: { file: 'page.md', kind: 'page' },
      counts: { breaking: 1, risky: 0, harmless: 1 },
      changes: [
        { rule: 'algorithm-changed', before: 'SHA256(lamp+room+lampSecret)' },
        { rule: 'description-reworded' },
      ],
    });
  });

  test('writes Markdown with one row a change and folds harmless ones', async () => {
    const { out } = await diff(['page.md', 'new-page.md', '--format', 'markdown']);
    const line = lampPage.slice(0, lampPage.indexOf('| &emsp;&emsp;proof')).split('\n').length;
    expect(out).toContain('## bindgate: 1 breaking, 0 risky, 1 harmless\n');
    const row = out.split('\n').find((text) => text.startsWith('| **')) ?? '';
    expect(row.split(' | ')).toHaveLength(5);
    expect(row).toContain(`| **request field proof** is computed differently <sub>line ${line} → ${line}</sub> |`);
    expect(out).toMatch(
      /<details><summary>✅ Harmless: 1<\/summary>\n\n- \*\*request field room\*\* is worded differently/,
    );
  });

  test('writes annotations at the lines of the new document', async () => {
    const { out } = await diff(['page.md', 'new-page.md', '--format', 'github']);
    const line = lampPage.slice(0, lampPage.indexOf('| &emsp;&emsp;proof')).split('\n').length;
    expect(out).toMatch(
      new RegExp(
        `^::error file=new-page.md,line=${line},title=bindgate%3A breaking%3A request field proof [^\\n]*\\n$`,
      ),
    );
    expect((await diff(['page.md', 'page.md', '--format', 'github'])).out).toBe('');
  });

  test('writes annotations and a step summary in GitHub Actions', async () => {
    const summary = join(folder, 'summary.md');
    const { out } = await diff(['page.md', 'new-page.md'], { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: summary });
    expect(out).toMatch(/^::error file=new-page\.md,/m);
    expect(await readFile(summary, 'utf8')).toMatch(/^## bindgate: 1 breaking/);
  });

  test.each(['text', 'json', 'markdown', 'github'])('makes the text of a document inert in %s', async (format) => {
    const { out } = await diff(['page.md', 'hostile.md', '--format', format]);
    expect(out).toContain('error');
    expect(out).not.toMatch(format === 'json' ? /^::/m : /^::error::|\u202e/m);
    if (format === 'markdown') expect(out).not.toMatch(/<img|`|\*\*@all/);
  });
});

const acceptedFile = (content: string): string => `schema: bindgate.accepted-changes/1\n${content}`;
const entry = (rule: string, until: string): string =>
  `accept:\n  - { rule: ${rule}, until: ${until}, owner: app team, reason: API-12 }\n`;
const acceptFiles: Readonly<Record<string, string>> = {
  'accept.yaml': acceptedFile(entry('algorithm-changed', '2999-12-31')),
  'accept.json': '\ufeff{"schema":"bindgate.accepted-changes/1","severities":{"algorithm-changed":"off"}}',
  'expired.yaml': acceptedFile(entry('algorithm-changed', '2020-01-31')),
  'strict.yaml': acceptedFile('severities: { description-reworded: breaking, algorithm-changed: off }\n'),
  'date.yaml': acceptedFile(entry('algorithm-changed', '2027-02-30')),
  'day.yaml': acceptedFile(entry('algorithm-changed', '31.12.2027')),
  'rule.yaml': acceptedFile(entry('algoritm-changed', '2027-12-31')),
  'level.yaml': acceptedFile('severities: { code-added: warning }\n'),
  'kind.yaml': acceptedFile('severities: { code-aded: off }\n'),
  'key.yaml': acceptedFile('acept: []\n'),
  'owner.yaml': acceptedFile('accept:\n  - { rule: code-added, until: 2027-12-31, reason: x }\n'),
  'version.yaml': 'schema: bindgate.accepted-changes/2\n',
  'none.txt': 'hello\n',
  'list.yaml': '- a\n',
  'empty.yaml': '',
  'broken.yaml': acceptedFile('accept: [\n'),
};
await Promise.all(Object.entries(acceptFiles).map(([name, content]) => writeFile(join(folder, name), content)));

describe('accepted changes', () => {
  const pages = ['page.md', 'new-page.md', '--accept'];

  test('do not fail, and are listed with their owner', async () => {
    const { exitCode, out, err } = await diff([...pages, 'accept.yaml']);
    expect([exitCode, err]).toEqual([0, '']);
    expect(out).toMatch(
      /\naccepted\n {2}request field proof is computed differently {2}\(breaking, page\.md:40 → .*\), until 2999-12-31 \(app team: API-12\)\n/,
    );
    expect(out).toContain('0 breaking, 0 risky, 1 harmless, 1 accepted  page.md → new-page.md');
    const markdown = await diff([...pages, 'accept.yaml', '--format', 'markdown']);
    expect(markdown.out).toMatch(/### Accepted\n\n- request field proof/);
    expect((await diff([...pages, 'accept.yaml', '--format', 'github'])).out).toBe('');
  });

  test('fail again after their last day, with a note', async () => {
    const { exitCode, err } = await diff([...pages, 'expired.yaml']);
    expect(exitCode).toBe(1);
    expect(err).toBe(
      'accept: "algorithm-changed" was accepted until 2020-01-31, but it is still a change; it counts again (app team)\n',
    );
  });

  test('use the severities of a file, in YAML or JSON', async () => {
    expect(await diff([...pages, 'strict.yaml'])).toMatchObject({
      exitCode: 1,
      out: expect.stringContaining('1 breaking, 0 risky, 0 harmless, 1 off'),
    });
    expect(await diff([...pages, 'accept.json'])).toMatchObject({
      exitCode: 0,
      out: expect.stringContaining('1 harmless, 1 off'),
    });
  });

  test('are in the JSON, which matches its schema', async () => {
    const changes = [{ accepted: { owner: 'app team' } }, {}];
    const file = await validDiff([...pages, 'accept.yaml', '--json']);
    expect(file).toMatchObject({ accepted: 1, off: 0, notes: [], changes });
  });
});

describe('reports bad input in one line with exit 2', () => {
  test.each<[string, RegExp]>([
    ['missing.yaml', /missing\.yaml: there is no such file; write a YAML or JSON file with schema:/],
    ['date.yaml', /date\.yaml: "accept\.0\.until" is not a date such as 2027-03-31$/],
    ['day.yaml', /day\.yaml: "accept\.0\.until" is not a date such as 2027-03-31$/],
    [
      'rule.yaml',
      /rule\.yaml: accept\.0\.rule: "algoritm-changed" is not a kind of change; did you mean "algorithm-changed"\?$/,
    ],
    ['level.yaml', /level\.yaml: "severities\.code-added" must be one of breaking, risky, harmless, off$/],
    ['kind.yaml', /kind\.yaml: severities: "code-aded" is not a kind of change; did you mean "code-added"\?$/],
    ['key.yaml', /key\.yaml: unknown key "acept"; did you mean "accept"\?$/],
    ['owner.yaml', /owner\.yaml: "accept\.0" has no "owner"$/],
    [
      'version.yaml',
      /version\.yaml: its schema is bindgate\.accepted-changes\/2; write a YAML or JSON file with schema: bindgate\.accepted-changes\/1/,
    ],
    ['none.txt', /none\.txt: the file has no schema; write/],
    ['list.yaml', /list\.yaml: the file has no schema; write/],
    ['empty.yaml', /empty\.yaml: the file is empty; write/],
    ['broken.yaml', /broken\.yaml:\d: this is not YAML: /],
  ])('an accepted file %s', async (file, message) => {
    const { exitCode, err, out } = await diff(['page.md', 'new-page.md', '--accept', file]);
    expect([exitCode, out]).toEqual([2, '']);
    expect(err.trimEnd()).toMatch(message);
    expect(err.trimEnd().split('\n')).toHaveLength(1);
  });

  test.each<[string, readonly string[], RegExp]>([
    [
      'a missing file',
      ['old.yaml', 'none.yaml'],
      /^bindgate: none.yaml: there is no such file; give an openapi.yaml or a page from the vendor in Markdown$/,
    ],
    [
      'another operation',
      ['old.yaml', 'page.md'],
      /page.md:4 describes POST \/v2\/lamps\/bindLamp: they have nothing in common/,
    ],
    [
      'an unknown severity',
      ['old.yaml', 'old.yaml', '--fail-on', 'harmless'],
      /Allowed choices are breaking, risky, never/,
    ],
    ['one document', ['old.yaml'], /missing required argument 'after'/],
  ])('%s', async (_, args, message) => {
    const { exitCode, err, out } = await diff(args);
    expect([exitCode, out]).toEqual([2, '']);
    expect(err.trimEnd()).toMatch(message);
    expect(err.trimEnd().split('\n')).toHaveLength(1);
  });
});

const shared = new URL('../../shared/document', import.meta.url);
test.runIf(existsSync(shared))(
  "finds no difference for the vendor's page, and no change of structure in its Chinese version",
  async () => {
    const page = join(shared.pathname, 'deviceBindingByPureBt.md');
    const chinese = join(shared.pathname, 'siblings', 'deviceBindingByPureBt.zh.md');
    const [both, translated, removed] = await Promise.all([
      diff(['old.yaml', page, '--json']),
      diff([page, chinese, '--json']),
      writeFile(join(folder, 'no-5361.md'), (await readFile(page, 'utf8')).replace(/^\| 5361 .*\n/m, '')).then(() =>
        diff([page, 'no-5361.md', '--json']),
      ),
    ]);
    const rules = ({ out }: Ended): readonly string[] =>
      (JSON.parse(out) as SpecDiffFile).changes.map(({ rule }) => rule);
    expect(rules(both)).toEqual([]);
    expect(new Set(rules(translated))).toEqual(
      new Set(['codes-translated', 'description-translated', 'remark-changed']),
    );
    expect(rules(removed)).toEqual(['code-removed']);
  },
);
