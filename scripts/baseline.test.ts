/** `verify --record` and `--baseline`, from the file to the exit code. */

import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import type { Policy } from '../contract/judge/policy.ts';
import { cases } from '../contract/pure-bt/cases/all-cases.ts';
import { serverNamed } from '../contract/pure-bt/mutants/named.ts';
import { suite } from '../contract/pure-bt/suite.ts';
import { openReferenceTarget, startReference } from '../contract/pure-bt/targets/reference.ts';
import resultsSchema from '../contract/results.schema.json' with { type: 'json' };
import type { Results } from '../contract/results.ts';
import type { Case } from '../contract/run/case.ts';
import { casesUnder } from '../contract/run/case.ts';
import type { Target } from '../contract/targets/target.ts';
import { UserError } from '../contract/user-error.ts';
import { defaultDialect } from '../spec/pure-bt/dialect.ts';
import type { VerifyFlags } from './config/flags.ts';
import { openTarget } from './config/open-target.ts';
import { readVerifySettings } from './config/verify-settings.ts';
import { operations } from './operations.ts';
import { annotations } from './reports/github.ts';
import { stepSummary } from './reports/github-summary.ts';
import { callBindgate } from './testing/run-bindgate.ts';
import type { VerifiedHere } from './testing/verifying.ts';
import { verifying } from './testing/verifying.ts';

const folder = await mkdtemp(join(tmpdir(), 'bindgate-baseline-'));
afterAll(() => rm(folder, { recursive: true }));
const baseline = join(folder, 'baseline.txt');
const isFew = ({ id }: Case): boolean => /^(bind\/plain|dk\/|signature\/|home\/on)/.test(id);

/** Verifies a few cases as if they were the catalogue, so that the order of checks is asked for as well. */
function verifyingFew(target: Target, flags: VerifyFlags, policy: Policy = {}): Promise<VerifiedHere> {
  return verifying(
    { seed: 1, runs: 1, out: join(folder, 'out'), ...flags },
    { policy },
    {
      target,
      change: ({ cases, catalogue }) => ({ cases: cases.filter(isFew), catalogue: catalogue.filter(isFew) }),
    },
  );
}

async function verifyingMutant(id: string, flags: VerifyFlags, policy: Policy = {}): Promise<VerifiedHere> {
  await using server = await startReference({ ...serverNamed(id), port: 0 });
  const named = { url: server.url, states: server.statesUrl };
  await using target = await openTarget(named, { config: {}, file: 'bindgate.config' }, operations[0]);
  return await verifyingFew(target, flags, policy);
}

beforeAll(async () => {
  await using target = await openReferenceTarget();
  const { exitCode, said } = await verifyingFew(target, { record: baseline });
  expect(exitCode).toBe(0);
  expect(said).toMatch(/^bindgate: recorded \d{3} facts in /);
}, 60_000);

describe('a run held against a baseline', { timeout: 60_000 }, () => {
  test('the same server: nothing, in one line', async () => {
    await using target = await openReferenceTarget();
    const { exitCode, results, text } = await verifyingFew(target, { baseline, seed: 99 });
    expect(exitCode).toBe(0);
    expect(results.baseline).toMatchObject({ clusters: [], added: [], gone: [], notRun: [], unsteady: [] });
    expect(text).toContain(`baseline  as before: ${results.baseline?.compared} facts of ${baseline}`);
    expect(text).not.toContain('CHANGED');
    expect(results.precedence?.length).toBeGreaterThan(200);
  });

  test('another code that the contract allows as well: what was before and is now, by cause', async () => {
    const { exitCode, results, text } = await verifyingMutant('code/siblings', { baseline });
    expect(exitCode).toBe(1);
    expect(results.summary.failed).toBe(0);
    expect(results.verdict.reasons).toEqual([expect.stringMatching(/^\d+ results differ from .*baseline\.txt$/)]);
    expect(text).toMatch(
      /^CHANGED {2}code 5420 → 5421 · \d+ cases, \d+ pairs of faults\n {2}signature\/\S+\n {4}before {2}200 5420 …\n {4}now {5}200 5421 …\n {2}also {2}/m,
    );
    expect(text).toContain('contract kept, server CHANGED: ');
    const written = JSON.parse(await readFile(join(folder, 'out', 'results.json'), 'utf8')) as Results;
    expect(written.baseline).toEqual(results.baseline);
    const validate = new Ajv2020({ allowUnionTypes: true }).compile(resultsSchema);
    expect([validate(written), validate.errors]).toEqual([true, null]);
    const page = await readFile(join(folder, 'out', 'report.html'), 'utf8');
    expect(page).toContain('<h3>code 5420 → 5421</h3>');
    expect(page).toContain('Contract kept, server changed');
    const contents = await readFile(join(folder, 'out', 'junit.xml'), 'utf8');
    const schema = await readFile(join(import.meta.dirname, 'reports/testing/junit.xsd'), 'utf8');
    const { errors } = await validateXML({ xml: [{ fileName: 'junit.xml', contents }], schema: [schema] });
    expect(errors.map(({ message }) => message)).toEqual([]);
    expect(contents).toContain('<testcase classname="bindgate.baseline" name="code 5420 → 5421"');
    expect(annotations(results)[0]).toMatch(
      /^::error title=bindgate%3A changed%3A code 5420 → 5421::signature\/.*%0Abefore: 200 5420 …%0Anow: 200 5421 …%0A/,
    );
    expect(stepSummary(results, suite.operation)).toContain('- **changed**: code 5420 → 5421 (');
  });

  test('another order of checks is named by the check that moved', async () => {
    const { exitCode, text } = await verifyingMutant('order/signature-first', { baseline });
    expect(exitCode).toBe(1);
    expect(text).toContain('CHANGED  order of checks: signature/middle-digit is found earlier · ');
  });

  test('what a policy tolerates does not close the gate, and its line is not called needless', async () => {
    const line = { until: '2999-12-31', owner: 'devices team', reason: 'BND-7' };
    const tolerate = ['signature/', 'precedence/', 'dk/', 'home/'].map((id) => ({ ...line, case: id }));
    const { exitCode, results, text } = await verifyingMutant('code/siblings', { baseline }, { tolerate });
    expect(results.verdict).toEqual({ exitCode: 0, reasons: [] });
    expect(exitCode).toBe(0);
    expect(text).toMatch(/^TOLERATED {2}code 5420 → 5421 · /m);
    expect(text).toContain('until 2999-12-31 (devices team)');
    expect(text).not.toContain('"signature/" is tolerated until 2999-12-31 and no longer fails');
    const expired = tolerate.map((one) => ({ ...one, until: '2020-01-01' }));
    expect((await verifyingMutant('code/siblings', { baseline }, { tolerate: expired })).exitCode).toBe(1);
  });

  test('cases that a newer catalogue has are new, and close nothing', async () => {
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

  test('an earlier results.json will do in place of a baseline', async () => {
    await using target = await openReferenceTarget();
    await verifyingFew(target, { out: join(folder, 'earlier') });
    const file = join(folder, 'earlier', 'results.json');
    const { exitCode, results } = await verifyingFew(target, { baseline: file, seed: 5 });
    expect([exitCode, results.baseline?.clusters]).toEqual([0, []]);
    expect(results.baseline?.compared).toBeGreaterThan(50);
  });

  test('a few cases are held against a whole baseline, and the rest has not gone', async () => {
    const args = ['verify', '--reference', '--only', 'dk/', '--baseline', baseline];
    const { exitCode, out } = await callBindgate(folder, args);
    expect(exitCode).toBe(0);
    expect(out).toMatch(/baseline {2}as before: \d+ facts? of .*\n {2}not run {2}\d+ facts: not selected\n/);
    expect(out).not.toContain('gone');
  });
});

describe('a record', { timeout: 60_000 }, () => {
  test('is not made of a run in which the states broke, and the old one stays', async () => {
    const file = join(folder, 'kept.txt');
    await writeFile(file, 'as it was');
    await using target = await openReferenceTarget();
    const broken: Target = {
      ...target,
      states: {
        ...target.states,
        setup: async (state, signal) =>
          state === 'home mode on' ? { kind: 'broken', reason: 'HTTP 500' } : target.states.setup(state, signal),
      },
    };
    const { exitCode, said } = await verifyingFew(broken, { record: file });
    expect(exitCode).toBe(3);
    expect(said).toMatch(/kept\.txt is not written: \d+ cases ended in an error of the target or its states/);
    expect(await readFile(file, 'utf8')).toBe('as it was');
  });

  test('of static fixtures that are used up has what was seen once, and says what is missing', async () => {
    const file = join(folder, 'static.txt');
    await using target = await openReferenceTarget();
    const few = casesUnder(defaultDialect, cases).filter(isFew);
    let left = few.length + few.filter(({ secondState }) => secondState !== undefined).length;
    const running: Target = {
      ...target,
      states: {
        ...target.states,
        setup: async (state, signal) => {
          left -= 1;
          if (left < 0) return { kind: 'unsupported', reason: 'fixtures has no device left for this state' };
          return target.states.setup(state, signal);
        },
      },
    };
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
    ['in a folder that is not there', join(folder, 'nowhere', 'b.txt'), 'its folder is not there'],
    ['that is a folder', folder, 'it is a folder'],
    ['without a name', '', 'it has no name'],
    ['below a file', join(baseline, 'b.txt'), 'its folder is not there'],
  ])('%s is refused before anything is run', (_, file, why) => {
    const message = `the record "${file}" cannot be written: ${why}; choose another --record FILE`;
    expect(() => readVerifySettings({ record: file }, {}, suite)).toThrow(new UserError(message, 2));
  });
});

describe('a baseline that cannot be used', { timeout: 60_000 }, () => {
  test.each([
    ['a file that is not there', 'nowhere.txt', undefined, /^nowhere\.txt: it cannot be read \(ENOENT\); give a file/],
    ['a folder', '.', undefined, /^\.: it cannot be read \(EISDIR\)/],
    ['a device', '/dev/zero', undefined, /^\/dev\/zero: it is a device, not a file/],
    ['an empty file', 'a', '', /^a:1: this is not a baseline file: it is empty/],
    ['bytes', 'a', Buffer.from([0x89, 0x50, 0xff, 0xfe, 0x00]), /^a:1: this is not UTF-8 text/],
    [
      'another version',
      'a',
      'bindgate.baseline/9 catalogue 2\n',
      /^a:1: this file has the format bindgate\.baseline\/9/,
    ],
    [
      'a load result',
      'a',
      '{"schema":"bindgate.load/1"}',
      /^a: expected a file of bindgate\.results\/1, got one of bindgate\.load\/1; give/,
    ],
    ['another JSON', 'a', '{"name":"x"}', /^a: .*, got JSON without a bindgate "schema"/],
    ['half a result', 'a', '{\n"schema":"bindgate.results/1",\n"cases":[', /^a:3: the JSON is cut off/],
    ['a hollow result', 'a', '{"schema":"bindgate.results/1"}', /^a: not a valid file of bindgate\.results\/1/],
    ['another results version', 'a', '{"schema":"bindgate.results/2"}', /^a: .*, got one of bindgate\.results\/2/],
  ])('%s: one line, exit 2, nothing written', async (name, file, content, message) => {
    const place = join(folder, 'bad', name.replaceAll(' ', '-'));
    await mkdir(place, { recursive: true });
    if (content !== undefined) await writeFile(join(place, file), content);
    const args = ['verify', '--reference', '--baseline', file, '--record', 'new-baseline.txt'];
    const { exitCode, out, err } = await callBindgate(place, args);
    expect([exitCode, out]).toEqual([2, '']);
    expect(err.replace(/^bindgate: /, '')).toMatch(message);
    expect(err.trimEnd().split('\n')).toHaveLength(1);
    await expect(stat(join(place, 'reports'))).rejects.toThrow();
    await expect(stat(join(place, 'new-baseline.txt'))).rejects.toThrow();
  });

  test('another dialect: both are named', () => {
    const message = `${baseline}:2: it was recorded with successCode=200, but this run has successCode=0; use the same dialect, or record it again`;
    const reading = (): unknown => readVerifySettings({ baseline, dialect: ['successCode=0'] }, {}, suite);
    expect(reading).toThrow(new UserError(message, 2));
  });
});
