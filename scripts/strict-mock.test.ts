/** `bindgate mock --strict` as a process: what it prints, and files of fixtures that it cannot use. */

import { describe, expect, test } from 'vitest';
import { goodFixture } from '../contract/testing/servers.ts';
import { documentedCodes } from '../spec/pure-bt/catalogue.ts';
import { expectRefused } from './testing/expect-refused.ts';
import { testFolder } from './testing/folder.ts';
import { runBindgate } from './testing/run-bindgate.ts';

const ready = 'a device ready to bind';

test('prints its addresses and a way to each code, ends with 0, and prints no secret of a file', async () => {
  const { otherToken: _, oldBindingSecret: __, ...device } = goodFixture(1);
  const folder = testFolder({ 'mine.yaml': `\ufefffixtures:\n  ${ready}: [${JSON.stringify(device)}]\n` });
  const args = 'mock --strict --fixtures mine.yaml';
  const { exitCode, out, err } = await runBindgate(folder, args, {}, { interrupt: '5459' });
  expect([exitCode, err]).toEqual([0, '']);
  expect(out).toMatch(/^strict mock +http:\/\/127\.0\.0\.1:\d+\/v2\//);
  expect(out).toMatch(/\nfixtures +mine.yaml\n/);
  expect(out).toContain(`200  ${device.pk}  ${device.dk}  ${ready}`);
  for (const { code } of documentedCodes) expect(out).toMatch(new RegExp(`^ +${code} `, 'm'));
  for (const secret of [device.ps, device.token, device.userDomainSecret, device.bindingCode]) {
    expect(out).not.toContain(secret);
  }
});

describe('a file of fixtures', () => {
  test.each<[string, string, RegExp]>([
    ['empty', '', /^bindgate: bad.json has no fixtures; it must contain/],
    [
      'not JSON or YAML',
      '{"fixtures": [',
      /^bindgate: --fixtures bad.json: it is not valid JSON or YAML; give a file like/,
    ],
    ['a single fixture', JSON.stringify(goodFixture(1)), /^bindgate: bad.json: unknown state "token"; the states are/],
    ['null', '{"fixtures": null}', /^bindgate: bad.json has no fixtures/],
    ['hostile', '{"\\u001b[31m\\n::error::": []}', /unknown state "\\x1b\[31m\\n::error::"/],
    ['a state without a list', `{"${ready}": 7}`, /^bindgate: bad.json\["a device ready to bind"\] must be a list/],
  ])('is refused in one line with exit 2: %s', async (_, text, message) => {
    await expectRefused(testFolder({ 'bad.json': text }), 'mock --strict --fixtures bad.json', message);
  });
});
