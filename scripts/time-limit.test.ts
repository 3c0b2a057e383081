import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { httpServer, jsonServer, statesServer } from '../contract/testing/servers.ts';
import { resultsIn, testFolder } from './testing/folder.ts';
import { runBindgate } from './testing/run-bindgate.ts';

const folder = testFolder();

const success = '{"code":200,"msg":"","data":{"verified":1},"extMsg":null}';

describe.concurrent('a run that stops early', () => {
  test('ends at --time-limit if a target stops answering', async () => {
    let asked = 0;
    await using target = await httpServer((_request, response) => {
      asked += 1;
      // Only the probe and the first case get an answer.
      if (asked <= 2) response.setHeader('content-type', 'application/json').end(success);
    });
    await using states = await statesServer();
    const args = `verify --url ${target.url} --states ${states.url} --time-limit 3s --record record.txt --out slow`;
    const { exitCode, out, err } = await runBindgate(folder, args);
    const { summary, verdict, cases } = resultsIn(folder, 'slow');
    const left = cases.length - 1;
    const reason = `the time limit of 3 s was reached; ${left} of ${cases.length} cases did not run`;
    expect(out).toContain(`contract NOT DECIDED: ${reason}; `);
    expect(out).toMatch(/\d+ % of the waiting time was for the target/);
    expect(err).toBe(`bindgate: record.txt was not written: ${verdict.reasons[0]}\n`);
    expect(summary).toMatchObject({ passed: 1, skipped: left, failed: 0, errors: 0 });
    expect(await readFile(join(folder, 'slow', 'junit.xml'), 'utf8')).toContain('not run: the time limit of 3 s');
    expect(exitCode).toBe(3);
  });

  test('ends at --time-limit if a target never answers', async () => {
    await using target = await httpServer(() => {});
    await using states = await statesServer();
    const args = `verify --url ${target.url} --states ${states.url} --time-limit 1s --out silent`;
    const { exitCode, out } = await runBindgate(folder, args);
    const { summary, cases } = resultsIn(folder, 'silent');
    expect(out).toContain(`the time limit of 1 s was reached; ${cases.length} of ${cases.length} cases did not run`);
    expect(summary).toMatchObject({ passed: 0, skipped: cases.length, failed: 0, errors: 0 });
    expect(exitCode).toBe(3);
  });

  test('ends at the first failed case with --fail-fast', async () => {
    await using target = await jsonServer({ code: '5361', msg: '' });
    await using states = await statesServer();
    const args = `verify --url ${target.url} --states ${states.url} --fail-fast --out fast`;
    const { exitCode, out } = await runBindgate(folder, args);
    expect(resultsIn(folder, 'fast').summary).toMatchObject({ passed: 0, failed: 1 });
    expect(out).toContain('contract FAILED: 1 case failed; stopped after a failed case (--fail-fast); ');
    expect(exitCode).toBe(1);
  });
});
