import { describe, expect, test } from 'vitest';
import { goodFixture } from '../../contract/testing/servers.ts';
import { defaultDialect } from '../../spec/pure-bt/dialect.ts';
import { loadOperation } from './operation.ts';
import { requestMaker, rowMaker } from './requests.ts';

/** The workloads of the mix, of the ladder, and those with two faults. */
const { mix, ladder, bothWrong } = loadOperation(defaultDialect);
const single = [...mix, ...ladder].map(({ workload }) => workload);
const pairs = single.flatMap((first) => single.flatMap((second) => bothWrong(first, second) ?? []));
const recipes = new Map([...single, ...pairs].map((workload) => [JSON.stringify(workload.recipe), workload]));

const run = 'LABCDEFGH';
const numbers = [0, 1, 7, 35, 36, 498, 499, 99_999, 36 ** 4 + 5];
const { pwd: _, oldBindingSecret: __, ...least } = goodFixture(1);

describe.each([
  ['a usual fixture', goodFixture(1)],
  ['a fixture without optional members', least],
  ['characters that JSON escapes', { ...goodFixture(2), pk: 'p"\\1é秤', pwd: '"\\ \u0001' }],
])('%s', (_name, fixture) => {
  test.each(['transmitted', 'decrypted'] as const)('rows are the requests, signed with the %s code', (signed) => {
    const dialect = { ...defaultDialect, signedBindingCode: signed };
    const [request, row] = [requestMaker(fixture, dialect, run), rowMaker(fixture, dialect, run)];
    for (const workload of recipes.values()) {
      for (const number of numbers) {
        expect(JSON.parse(row(workload, number)), workload.name).toEqual(request(workload, number).body);
      }
    }
  });
});

test('optional fields are spread over the requests of a run', () => {
  const row = rowMaker(goodFixture(1), defaultDialect, run);
  const bodies = Array.from({ length: 300 }, (_, number) => JSON.parse(row(single[0] as never, number)) as object);
  const named = bodies.filter((body) => 'deviceName' in body).length;
  const capable = bodies.filter((body) => 'capabilitiesBitmask' in body).length;
  expect([named, capable, 300 - named - capable].every((count) => count > 60)).toBe(true);
});
