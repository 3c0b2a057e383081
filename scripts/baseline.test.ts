/** `verify --record` and `--baseline`, from the file to the exit code. */

import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { baselineViolations, withTolerated } from '../contract/baseline/judge-changes.ts';
import type { Policy } from '../contract/judge/policy.ts';
import { serverNamed } from '../contract/mutants/named.ts';
import { cases } from '../contract/pure-bt/cases/all-cases.ts';
import { mutantSet } from '../contract/pure-bt/mutants/set.ts';
import { suite } from '../contract/pure-bt/suite.ts';
import { openReferenceTarget, startReference } from '../contract/pure-bt/targets/reference.ts';
import { type Case, casesUnder } from '../contract/run/case.ts';
import { type Target, withStates } from '../contract/targets/target.ts';
import { UserError } from '../contract/user-error.ts';
import { defaultDialect } from '../spec/pure-bt/dialect.ts';
import type { TargetFlags, VerifyFlags } from './config/flags.ts';
import { readVerifySettings } from './config/verify-settings.ts';
import { annotations } from './reports/github.ts';
import { stepSummary } from './reports/github-summary.ts';
import { expectRefused } from './testing/expect-refused.ts';
import { resultsIn, testFolder } from './testing/folder.ts';
import { callBindgate } from './testing/run-bindgate.ts';
import { type VerifiedHere, verifying } from './testing/verifying.ts';

const folder = testFolder();
const baseline = join(folder, 'baseline.txt');
const isFew = ({ id }: Case): boolean => /^(bind\/plain|dk\/|signature\/|home\/on)/.test(id);

/** Verifies a few cases as if they were the whole catalogue, so that the order of checks is also tested. */
function verifyingFew(
  target: Target | undefined,
  flags: TargetFlags & VerifyFlags,
  policy: Policy = {},
): Promise<VerifiedHere> {
  return verifying(
    { seed: 1, runs: 1, out: join(folder, 'out'), ...flags },
    { policy },
    {
      ...(target && { target }),
      change: ({ cases, catalogue }) => ({ cases: cases.filter(isFew), catalogue: catalogue.filter(isFew) }),
    },
  );
}

async function verifyingMutant(id: string, flags: VerifyFlags, policy: Policy = {}): Promise<VerifiedHere> {
  await using server = await startReference({ ...serverNamed(mutantSet, id), port: 0 });
  return await verifyingFew(undefined, { url: server.url, states: server.statesUrl, ...flags }, policy);
}

beforeAll(async () => {
  await using target = await openReferenceTarget();
  const { exitCode, said } = await verifyingFew(target, { record: baseline, out: join(folder, 'earlier') });
  expect(exitCode).toBe(0);
  expect(said).toMatch(/^bindgate: recorded \d{3} facts in /);
}, 60_000);

describe('a run compared with a baseline', { timeout: 60_000 }, () => {
  test('reports in one line that nothing changed', async () => {
    await using target = await openReferenceTarget();
    const { exitCode, results, text } = await verifyingFew(target, { baseline, seed: 99 });
    expect(exitCode).toBe(0);
    expect(results.baseline).toMatchObject({ clusters: [], added: [], gone: [], notRun: [], unsteady: [] });
    expect(text).toContain(`baseline  no change: ${results.baseline?.compared} facts as in ${baseline}`);
    expect(text).not.toContain('CHANGED');
    expect(results.precedence?.length).toBeGreaterThan(200);
  });

  test('shows before and now when another allowed code is answered', async () => {
    const { exitCode, results, text } = await verifyingMutant('code/siblings', { baseline });
    expect(exitCode).toBe(1);
    expect(results.summary.failed).toBe(0);
    expect(results.verdict.reasons).toEqual([expect.stringMatching(/^\d+ results differ from .*baseline\.txt$/)]);
    expect(text).toMatch(
      /^CHANGED {2}code 5420 → 5421 · \d+ cases, \d+ pairs of faults\n {2}signature\/\S+\n {4}before {2}200 5420 …\n {4}now {5}200 5421 …\n {2}also {2}/m,
    );
    expect(text).toContain('contract passed, server CHANGED: ');
    expect(resultsIn(folder, 'out').baseline).toEqual(results.baseline);
    const page = await readFile(join(folder, 'out', 'report.html'), 'utf8');
    expect(page).toContain('<h3>code 5420 → 5421</h3>');
    expect(page).toContain('Contract passed, server changed');
    const contents = await readFile(join(folder, 'out', 'junit.xml'), 'utf8');
    expect(contents).toContain('<testcase classname="bindgate.baseline" name="code 5420 → 5421"');
    expect(annotations(results)[0]).toMatch(
      /^::error title=bindgate%3A changed%3A code 5420 → 5421::signature\/.*%0Abefore: 200 5420 …%0Anow: 200 5421 …%0A/,
    );
    expect(stepSummary(results, suite.operation)).toContain('- **changed**: code 5420 → 5421 (');
  });

  test('passes a tolerated change and does not call the policy line unused', async () => {
    const line = { until: '2999-12-31', owner: 'devices team', reason: 'BND-7' };
    const tolerate = ['signature/', 'precedence/', 'dk/', 'home/'].map((id) => ({ ...line, case: id }));
    const { exitCode, results, text } = await verifyingMutant('code/siblings', { baseline }, { tolerate });
    expect(results.verdict).toEqual({ exitCode: 0, reasons: [] });
    expect(exitCode).toBe(0);
    expect(text).toMatch(/^TOLERATED {2}code 5420 → 5421 · /m);
    expect(text).toContain('until 2999-12-31 (devices team)');
    expect(text).not.toContain('"signature/" is tolerated until 2999-12-31 and no longer fails');
    const later = results.baseline && withTolerated(results.baseline, { tolerate }, '3000-01-01');
    expect(later && baselineViolations(later)).toEqual([expect.stringMatching(/^\d+ results differ from /)]);
  });

  test('lists cases of a newer catalogue as new without failing', async () => {
    const lines = (await readFile(baseline, 'utf8')).split('\n');
    const older = lines
      .filter((line) => !/^case dk\/(too-long|too-short):/.test(line))
      .map((line) => line.replace(/catalogue \d+$/, 'catalogue 1'))
      .map((line) => line.replace('case dk/space-first:', 'case dk/no-longer-there:'))
      .map((line) => line.replace(/^end (\d+)$/, (_, count: string) => `end ${Number(count) - 2}`));
    const file = join(folder, 'older.txt');
    await writeFile(file, older.join('\n'));
    await using target = await openReferenceTarget();
    const { exitCode, results, text } = await verifyingFew(target, { baseline: file });
    expect(exitCode).toBe(0);
    expect(results.baseline?.added).toEqual(['dk/space-first', 'dk/too-long', 'dk/too-short']);
    expect(results.baseline?.gone).toEqual(['dk/no-longer-there']);
    expect(text).toMatch(/^ {2}new in catalogue \d+ {2}3 facts: dk\/space-first, dk\/too-long, dk\/too-short$/m);
    expect(text).toMatch(/^ {2}gone {2}1 fact: dk\/no-longer-there$/m);
  });

  test('accepts an earlier results.json as a baseline', async () => {
    await using target = await openReferenceTarget();
    const file = join(folder, 'earlier', 'results.json');
    const { exitCode, results } = await verifyingFew(target, { baseline: file, seed: 5 });
    expect([exitCode, results.baseline?.clusters]).toEqual([0, []]);
    expect(results.baseline?.compared).toBeGreaterThan(50);
  });

  test('compares a few cases with a full baseline, and reports no case as gone', async () => {
    const args = ['verify', '--reference', '--only', 'dk/', '--baseline', baseline];
    const { exitCode, out } = await callBindgate(folder, args);
    expect(exitCode).toBe(0);
    expect(out).toMatch(/baseline {2}no change: \d+ facts? as in .*\n {2}not run {2}\d+ facts: not selected\n/);
    expect(out).not.toContain('gone');
  });
});

describe('a baseline file', { timeout: 60_000 }, () => {
  test('is not written if a state failed, and the old file stays', async () => {
    const file = join(folder, 'kept.txt');
    await writeFile(file, 'as it was');
    await using target = await openReferenceTarget();
    const broken = withStates(target, {
      setup: async (state, signal) =>
        state === 'home mode on' ? { kind: 'broken', reason: 'HTTP 500' } : target.states.setup(state, signal),
    });
    const { exitCode, said } = await verifyingFew(broken, { record: file });
    expect(exitCode).toBe(3);
    expect(said).toMatch(/kept\.txt was not written: \d+ cases ended in an error of the target or its states/);
    expect(await readFile(file, 'utf8')).toBe('as it was');
  });

  test('is written from static fixtures without the order of checks', async () => {
    const file = join(folder, 'static.txt');
    await using target = await openReferenceTarget();
    const few = casesUnder(defaultDialect, cases).filter(isFew);
    let left = few.length + few.filter(({ secondState }) => secondState !== undefined).length;
    const running = withStates(target, {
      setup: async (state, signal) => {
        left -= 1;
        if (left < 0) return { kind: 'unsupported', reason: 'fixtures has no device left for this state' };
        return target.states.setup(state, signal);
      },
    });
    const { exitCode, said } = await verifyingFew(running, { record: file });
    expect(exitCode).toBe(0);
    expect(said).toMatch(
      /^bindgate: the order of checks was not observed: state "a device ready to bind" is not supported: /m,
    );
    const lines = (await readFile(file, 'utf8')).trimEnd().split('\n');
    expect(lines.slice(2, -1).every((line) => /^case \S+: \d{3} \d+ /.test(line))).toBe(true);
    expect(lines.at(-1)).toBe(`end ${few.length}`);
  });

  test.each([
    ['in a missing folder', join(folder, 'nowhere', 'b.txt'), 'its folder does not exist'],
    ['that is a folder', folder, 'it is a folder'],
    ['without a name', '', 'the name is empty'],
    ['below a file', join(baseline, 'b.txt'), 'its folder does not exist'],
  ])('is refused before the run: %s', (_, file, why) => {
    const message = `the baseline file "${file}" cannot be written: ${why}; choose another --record FILE`;
    expect(() => readVerifySettings({ record: file }, {}, suite)).toThrow(new UserError(message, 2));
  });
});

describe('an unusable baseline', { timeout: 60_000 }, () => {
  test.each([
    ['a missing file', 'nowhere.txt', undefined, /^bindgate: nowhere\.txt: there is no such file; give a file/],
    ['a folder', '.', undefined, /^bindgate: \.: it is a folder/],
    ['a device', '/dev/zero', undefined, /^bindgate: \/dev\/zero: it is a device, not a file/],
    ['bytes', 'a', Buffer.from([0x89, 0x50, 0xff, 0xfe, 0x00]), /^bindgate: a:1: this is not UTF-8 text/],
    [
      'a load result',
      'a',
      '{"schema":"bindgate.load/1"}',
      /^bindgate: a: expected a file of bindgate\.results\/1, got one of bindgate\.load\/1; give/,
    ],
    ['another JSON', 'a', '{"name":"x"}', /^bindgate: a: .*, got JSON without a bindgate "schema"/],
    ['half a result', 'a', '{\n"schema":"bindgate.results/1",\n"cases":[', /^bindgate: a:3: the JSON is cut off/],
    [
      'a hollow result',
      'a',
      '{"schema":"bindgate.results/1"}',
      /^bindgate: a: not a valid file of bindgate\.results\/1/,
    ],
    [
      'another results version',
      'a',
      '{"schema":"bindgate.results/2"}',
      /^bindgate: a: .*, got one of bindgate\.results\/2/,
    ],
  ])('ends with one line and exit 2, and writes nothing: %s', async (_, file, content, message) => {
    const place = testFolder(content === undefined ? {} : { [file]: content });
    await expectRefused(place, `verify --reference --baseline ${file} --record new-baseline.txt`, message);
    expect(await readdir(place)).toEqual(content === undefined ? [] : [file]);
  });

  test('names both dialects if they differ', () => {
    const message = `${baseline}:2: it was recorded with successCode=200, but this run has successCode=0; use the same dialect, or record it again`;
    const reading = (): unknown => readVerifySettings({ baseline, dialect: ['successCode=0'] }, {}, suite);
    expect(reading).toThrow(new UserError(message, 2));
  });
});
