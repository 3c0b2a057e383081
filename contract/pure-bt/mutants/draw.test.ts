import { expect, test } from 'vitest';
import { refusedUndocumented } from '../../../spec/expectation.ts';
import { correct } from '../../../spec/pure-bt/reference/behaviour.ts';
import {
  type DrawnServer,
  describeServer,
  drawServer,
  keepsNeeds,
  readingQuestion,
  shrink,
} from '../../mutants/draw.ts';
import { runRight } from '../../mutants/run-mutant.ts';
import { mutantSet } from './set.ts';

const drawn = Array.from({ length: 400 }, (_, at) => drawServer(mutantSet, 1, at));
const anyCase = drawn.findIndex((server) => readingIds(server).includes('signature-case/any'));

function readingIds({ readings }: DrawnServer): readonly string[] {
  return readings.map(({ id }) => id);
}

function keeps(order: readonly string[], readings: DrawnServer['readings'] = []): boolean {
  return keepsNeeds({ readings, order }, mutantSet);
}

function server(isMeant: (server: DrawnServer) => boolean): DrawnServer {
  const found = drawn.find(isMeant);
  if (found === undefined) throw new Error('there is no such server in the sample');
  return found;
}

test('draws only orders in which each check has what it needs', () => {
  expect(keeps(correct.order)).toBe(true);
  expect(drawn.filter((one) => !keepsNeeds(one, mutantSet))).toEqual([]);
  const sorted = correct.order.toSorted();
  for (const { order } of drawn) expect(order.toSorted()).toEqual(sorted);
  expect(new Set(drawn.map(({ order }) => order.join())).size).toBe(drawn.length);
});

test('rejects an order in which a check comes too early', () => {
  const before = [...correct.order].sort((a, b) => Number(b === 'signatureMatches') - Number(a === 'signatureMatches'));
  expect(keeps(before)).toBe(false);
  const late = { id: 'late/pwd', differs: 'checks a pwd late', needs: { pwdFormat: ['bindingCodeIsDevices'] } };
  expect(keeps(correct.order, [late])).toBe(false);
});

test('draws the same server for the same seed and number, with one reading per question', () => {
  expect(readingIds(drawServer(mutantSet, 1, 7))).toEqual(drawn.slice(7, 8).flatMap(readingIds));
  expect(readingIds(drawServer(mutantSet, 2, 7))).not.toEqual(drawn.slice(7, 8).flatMap(readingIds));
  expect(drawn.filter(({ readings }) => new Set(readings.map(readingQuestion)).size !== readings.length)).toEqual([]);
  // Some readings together would accept a forged request.
  const excluded = ({ readings }: DrawnServer): readonly string[] => readings.flatMap(({ excludes = [] }) => excludes);
  expect(drawn.filter((one) => readingIds(one).some((id) => excluded(one).includes(id)))).toEqual([]);
  // Every reading is drawn at least once in 400 servers.
  const seen = new Set(drawn.flatMap(readingIds));
  expect(mutantSet.readings.filter(({ id }) => !seen.has(id))).toEqual([]);
});

test('shrinks a server to the one reading or check that matters', async () => {
  const reads = (one: DrawnServer): boolean => readingIds(one).includes('signature-case/any');
  const reading = await shrink(mutantSet, server(reads), async (one) => reads(one));
  expect([readingIds(reading), reading.order]).toEqual([['signature-case/any'], correct.order]);
  expect(describeServer(mutantSet, reading)).toBe('accepts a signature in either letter case');

  const early = ({ order }: DrawnServer): boolean => order.indexOf('pwdFormat') < order.indexOf('token');
  const moved = await shrink(mutantSet, server(early), async (one) => early(one));
  expect(readingIds(moved)).toEqual([]);
  expect(describeServer(mutantSet, moved)).toMatch(/^checks \w+ before \w+$/);
});

test('names the reading behind a false alarm', async () => {
  const [known] = mutantSet.cases.filter(({ id }) => id === 'open/upper-case-signature');
  const [step] = known?.steps ?? [];
  if (known === undefined || step === undefined || 'timed' in step) throw new Error('the case sends no request');
  // The case without its reading: a server that accepts upper case fails.
  const wrong = { ...known, steps: [{ ...step, expect: () => refusedUndocumented(['signature']) }] };
  const { alarms } = await runRight(anyCase, {
    set: { ...mutantSet, cases: [wrong] },
    seed: 1,
    signal: AbortSignal.any([]),
  });
  expect(alarms).toEqual([
    {
      id: 'open/upper-case-signature',
      reason: expect.stringContaining('expected a refusal, got 200'),
      because: expect.stringMatching(/^accepts a signature in either letter case(; makes|; answers|$)/),
    },
  ]);
});
