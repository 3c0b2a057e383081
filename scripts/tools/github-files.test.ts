/** Checks the files that only GitHub and editors read. */

import { execFileSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { isAtLeast, MINIMUM_NODE } from '../setup/version.mjs';
import { byRelease, complaints, without } from '../testing/ci-tools.ts';
import { testFolder } from '../testing/folder.ts';

const root = join(import.meta.dirname, '..', '..');
const workflows = globSync('.github/workflows/*.yml', { cwd: root });
const folder = testFolder();

const read = (file: string): string => readFileSync(join(root, file), 'utf8');

test.skipIf(without('actionlint', 'shellcheck'))('passes actionlint for the workflows', async () => {
  expect(workflows.map((file) => basename(file)).sort()).toEqual(['ci.yml', 'release.yml']);
  expect(await complaints('actionlint', ['-no-color', ...workflows], root)).toBe('');
  const copies = workflows.map((file) => join(folder, basename(file)));
  for (const [at, file] of workflows.entries()) await writeFile(copies[at] ?? '', byRelease(read(file)));
  expect(await complaints('actionlint', ['-no-color', ...copies], folder)).toBe('');
});

test.skipIf(without('check-jsonschema'))(
  "matches GitHub's schemas for the dependency bot and issue forms",
  async () => {
    const forms = globSync('.github/ISSUE_TEMPLATE/*.yml', { cwd: root });
    const kinds = {
      dependabot: ['.github/dependabot.yml'],
      'github-issue-forms': forms.filter((file) => basename(file) !== 'config.yml'),
      'github-issue-config': forms.filter((file) => basename(file) === 'config.yml'),
    };
    for (const [schema, files] of Object.entries(kinds)) {
      expect(files).not.toEqual([]);
      expect(await complaints('check-jsonschema', ['--builtin-schema', `vendor.${schema}`, ...files], root)).toBe('');
    }
  },
);

test.skipIf(without('shellcheck'))('passes shellcheck for the script of CI', async () => {
  // SC2016: a program for node in single quotes.
  expect(await complaints('shellcheck', ['--exclude=SC2016', '.ci/run'], root)).toBe('');
});

test('uses the same commits of actions as init', () => {
  const own = workflows.flatMap((file) => [...read(file).matchAll(/uses: ([\w/-]+)@(\S+) # (\S+)/g)]);
  expect(own).toHaveLength(workflows.flatMap((file) => read(file).match(/uses:/g) ?? []).length);
  const known = new Map(
    [...read('scripts/setup/init/ci/github.ts').matchAll(/'([\w/-]+)': \['(\w{40})', '(\S+)'\]/g)].map(
      ([, action, commit, release]) => [action, `${commit} ${release}`],
    ),
  );
  const differing = own.filter(
    ([, action, commit, release]) => (known.get(action) ?? `${commit} ${release}`) !== `${commit} ${release}`,
  );
  expect(differing.map(([line]) => line)).toEqual([]);
});

test('publishes a release only as configured and with a changelog', async () => {
  type Job = {
    readonly if?: string;
    readonly permissions?: object;
    readonly steps: readonly { name?: string; run?: string }[];
  };
  const { jobs } = parse(read('.github/workflows/release.yml')) as { jobs: Record<string, Job> };
  expect(Object.entries(jobs).map(([name, job]) => [name, job.if])).toEqual([
    ['package', undefined],
    ['draft', undefined],
    ['npm', "vars.PUBLISH_NPM == 'true'"],
    ['image', "vars.PUBLISH_IMAGE == 'true'"],
  ]);
  const step = (part: string): string => jobs['package']?.steps.find(({ name }) => name?.includes(part))?.run ?? '';
  await writeFile(join(folder, 'package.json'), '{"version":"0.2.0"}');
  await writeFile(
    join(folder, 'CHANGELOG.md'),
    '# Changelog\n\n## Unreleased\n\n- C\n\n## 0.2.0\n\n- B\n\n## 0.1.0\n\n- A\n',
  );
  const run = (script: string, tag: string): void => {
    const env = { PATH: process.env['PATH'], GITHUB_REF_NAME: tag };
    execFileSync('bash', ['-e', '-c', script], { cwd: folder, env, stdio: 'pipe' });
  };
  run(step('tag'), 'v0.2.0');
  expect(() => run(step('tag'), 'v0.3.0')).toThrow();
  run(step('notes'), 'v0.2.0');
  expect(readFileSync(join(folder, 'notes.md'), 'utf8').trim()).toBe('- B');
  expect(() => run(step('notes'), 'v0.3.0')).toThrow();
});

test('gives editors and nvm the settings of formatter and package', () => {
  const editor = read('.editorconfig');
  const { formatter } = JSON.parse(read('biome.json')) as { formatter: Record<string, string | number> };
  expect(editor).toContain(`indent_style = ${formatter['indentStyle']}\nindent_size = ${formatter['indentWidth']}\n`);
  expect(editor).toContain(`end_of_line = ${formatter['lineEnding']}\n`);
  expect(editor).toContain(`max_line_length = ${formatter['lineWidth']}\n`);
  // nvm installs the newest 24.
  expect(isAtLeast(`${read('.nvmrc').trim()}.999.0`, MINIMUM_NODE)).toBe(true);
});
