import { expect, test } from 'vitest';
import { seededRandom } from '../../../generators/random.ts';
import { refusedUndocumented } from '../../../spec/expectation.ts';
import { correct } from '../../../spec/pure-bt/reference/behaviour.ts';
import { drawOrder, keepsNeeds } from '../../../spec/pure-bt/reference/order.ts';
import type { DrawnServer } from '../../mutants/draw.ts';
import { describeServer, drawServer, mergeNeeds, readingQuestion, shrink } from '../../mutants/draw.ts';
import { openLab, runRight } from '../../mutants/run-mutant.ts';
import { mutantSet } from './set.ts';

const drawn = Array.from({ length: 400 }, (_, at) => drawServer(mutantSet, 1, at));
const anyCase = drawn.findIndex((server) => readingIds(server).includes('signature-case/any'));

function readingIds({ readings }: DrawnServer): readonly string[] {
  return readings.map(({ id }) => id);
}

function server(isMeant: (server: DrawnServer) => boolean): DrawnServer {
  const found = drawn.find(isMeant);
  if (found === undefined) throw new Error('no such server is drawn');
  return found;
}

test('the order of the reference keeps what each decision needs, and every drawn one does', () => {
  expect(keepsNeeds(correct.order)).toBe(true);
  expect(drawn.filter(({ order, readings }) => !mutantSet.keepsNeeds(order, mergeNeeds(readings)))).toEqual([]);
  expect(new Set(drawn.map(({ order }) => order.join())).size).toBe(drawn.length);
});

test('an order that asks before it knows is none', () => {
  const before = [...correct.order].sort((a, b) => Number(b === 'signatureMatches') - Number(a === 'signatureMatches'));
  expect(keepsNeeds(before)).toBe(false);
  expect(keepsNeeds(correct.order.slice(1))).toBe(false);
  const random = seededRandom(1, 'order');
  const order = drawOrder((items) => random.helpers.arrayElement(items), { pwdFormat: ['bindingCodeIsDevices'] });
  expect(order.indexOf('pwdFormat')).toBeGreaterThan(order.indexOf('bindingCodeIsDevices'));
});

test('the same seed and number draw the same server: one reading a question, none that another excludes', () => {
  expect(readingIds(drawServer(mutantSet, 1, 7))).toEqual(drawn.slice(7, 8).flatMap(readingIds));
  expect(readingIds(drawServer(mutantSet, 2, 7))).not.toEqual(drawn.slice(7, 8).flatMap(readingIds));
  expect(drawn.filter(({ readings }) => new Set(readings.map(readingQuestion)).size !== readings.length)).toEqual([]);
  // Together, some would let a forged request through.
  const excluded = ({ readings }: DrawnServer): readonly string[] => readings.flatMap(({ excludes = [] }) => excludes);
  expect(drawn.filter((one) => readingIds(one).some((id) => excluded(one).includes(id)))).toEqual([]);
  // In 400 servers every reading comes up, and none is always there.
  const seen = new Set(drawn.flatMap(readingIds));
  expect(mutantSet.readings.filter(({ id }) => !seen.has(id))).toEqual([]);
});

test('a server is shrunk to the reading, or the one check of its order, that matters', async () => {
  const reads = (one: DrawnServer): boolean => readingIds(one).includes('signature-case/any');
  const reading = await shrink(mutantSet, server(reads), async (one) => reads(one));
  expect([readingIds(reading), reading.order]).toEqual([['signature-case/any'], correct.order]);
  expect(describeServer(mutantSet, reading)).toBe('accepts a signature in either letter case');

  const early = ({ order }: DrawnServer): boolean => order.indexOf('pwdFormat') < order.indexOf('token');
  const moved = await shrink(mutantSet, server(early), async (one) => early(one));
  expect(readingIds(moved)).toEqual([]);
  expect(describeServer(mutantSet, moved)).toMatch(/^checks \w+ before \w+$/);
});

test('a case that calls a right server wrong is an alarm that names the reading', async () => {
  const [known] = mutantSet.cases.filter(({ id }) => id === 'open/upper-case-signature');
  const [step] = known?.steps ?? [];
  if (known === undefined || step === undefined || 'timed' in step) throw new Error('it sends nothing');
  // As it would be without its reading: whoever accepts upper case fails.
  const wrong = { ...known, steps: [{ ...step, expect: () => refusedUndocumented(['signature']) }] };
  const { alarms } = await runRight(anyCase, await openLab({ ...mutantSet, cases: [wrong] }, 1));
  expect(alarms).toEqual([
    {
      id: 'open/upper-case-signature',
      reason: expect.stringContaining('expected a refusal, got 200'),
      because: expect.stringMatching(/^accepts a signature in either letter case(; makes|; answers|$)/),
    },
  ]);
});
