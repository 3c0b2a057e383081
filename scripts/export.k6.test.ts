/** The exported k6 script, run by k6 against the embedded server. */

import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { startReference } from '../contract/pure-bt/targets/reference.ts';
import { k6, withoutK6 } from '../load/testing/with-k6.ts';
import { testFolder } from './testing/folder.ts';
import { runBindgate } from './testing/run-bindgate.ts';

const folder = testFolder();

test.skipIf(withoutK6)('every request of the k6 script gets its code', async () => {
  await using server = await startReference();
  const body = JSON.stringify({ state: 'a device ready to bind', params: { id: 'export' }, action: 'setup' });
  const answer = await fetch(server.statesUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  });
  await writeFile(join(folder, 'fixture.json'), await answer.text());
  const flags = ['--format', 'k6', '--fixture', 'fixture.json', '--url', server.url];
  const { out, err } = await runBindgate(folder, ['payload', ...flags]);
  expect(err).toMatch(/^left out: \d+ requests? \(/);
  const file = join(folder, 'requests.js');
  await writeFile(file, out);
  const { stdout, stderr } = await promisify(execFile)(k6?.file ?? '', ['run', '--quiet', '--no-usage-report', file], {
    env: { PATH: process.env['PATH'] },
  });
  expect(stderr).toBe('');
  expect(stdout).toMatch(/checks_succeeded\D+100\.00%/);
});
