import { expect, test } from 'vitest';
import { seededRandom } from '../../../../generators/random.ts';
import { refusedSomehow } from '../../../../spec/expectation.ts';
import { correct } from '../../../../spec/pure-bt/reference/behaviour.ts';
import { drawOrder, keepsNeeds } from '../../../../spec/pure-bt/reference/order.ts';
import { openLab, runServer } from '../../../mutants/run.ts';
import type { Case } from '../../../run/case.ts';
import { cases } from '../../cases/menu.ts';
import type { ConformingServer } from './draw.ts';
import { describeServer, drawServer, needsOf, shrink } from './draw.ts';
import { readings } from './menu.ts';
import { questionOf } from './reading.ts';

const drawn = Array.from({ length: 200 }, (_, at) => drawServer(1, at));

test('the order of the reference keeps what each decision needs, and every drawn one does', () => {
  expect(keepsNeeds(correct.order)).toBe(true);
  expect(drawn.filter(({ order, readings: own }) => !keepsNeeds(order, needsOf(own)))).toEqual([]);
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

test('the same seed and number draw the same server, with one reading a question', () => {
  const names = ({ readings: own }: ConformingServer): readonly string[] => own.map(({ id }) => id);
  expect(names(drawServer(1, 7))).toEqual(names(drawn[7] ?? drawServer(1, 8)));
  expect(names(drawServer(2, 7))).not.toEqual(names(drawServer(1, 7)));
  const twice = drawn.filter(({ readings: own }) => new Set(own.map(questionOf)).size !== own.length);
  expect(twice).toEqual([]);
  // In 200 servers every reading comes up, and none is always there.
  const seen = new Set(drawn.flatMap(names));
  expect(readings.filter(({ id }) => !seen.has(id)).map(({ id }) => id)).toEqual([]);
});

test('readings that together let a forged request through are never drawn together', () => {
  const excluded = drawn.filter(({ readings: own }) =>
    own.some(({ excludes = [] }) => own.some(({ id }) => excludes.includes(id))),
  );
  expect(excluded).toEqual([]);
});

test('a server is shrunk to the reading that matters', async () => {
  const server =
    drawn.find(({ readings: own }) => own.some(({ id }) => id === 'signature-case/any')) ?? drawServer(1, 0);
  const least = await shrink(server, async ({ readings: own }) => own.some(({ id }) => id === 'signature-case/any'));
  expect(least.readings.map(({ id }) => id)).toEqual(['signature-case/any']);
  expect(least.order).toBe(correct.order);
  expect(describeServer(least)).toBe('accepts a signature in either letter case');
});

test('a server is shrunk to the one check that matters of its order', async () => {
  const early = (order: ConformingServer['order']): boolean => order.indexOf('pwdFormat') < order.indexOf('token');
  const server = drawn.find(({ order }) => early(order)) ?? drawServer(1, 0);
  const least = await shrink(server, async ({ order }) => early(order));
  expect(least.readings).toEqual([]);
  expect(describeServer(least)).toMatch(/^asks \w+ before \w+$/);
});

test('a case that calls a right server wrong is an alarm that names the reading', async () => {
  const known = cases.find(({ id }) => id === 'open/upper-case-signature');
  if (known === undefined) throw new Error('there is no such case');
  const [step] = known.steps;
  if (step === undefined || 'timed' in step) throw new Error('it sends nothing');
  // As it would be without its reading: whoever accepts upper case fails.
  const wrong: Case = { ...known, steps: [{ ...step, expect: () => refusedSomehow(['signature']) }] };
  const lab = await openLab({ cases: [wrong], seed: 1 });
  const server =
    drawn.find(({ readings: own }) => own.some(({ id }) => id === 'signature-case/any')) ?? drawServer(1, 0);
  const { alarms } = await runServer(server, lab);
  expect(alarms).toEqual([
    {
      id: 'open/upper-case-signature',
      reason: expect.stringContaining('answered'),
      because: expect.stringMatching(/^accepts a signature in either letter case(; makes|; answers|$)/),
    },
  ]);
});
