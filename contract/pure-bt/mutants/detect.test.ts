import { expect, test } from 'vitest';
import { detect } from '../../mutants/detect.ts';
import type { Mutant, Variant } from '../../mutants/mutant.ts';
import { mutantsFile } from '../../mutants/results.ts';
import { answering, refusal } from '../../mutants/wires.ts';
import { cases } from '../cases/menu.ts';

const few = cases.filter(({ id }) => ['bind/plain', 'dk/too-short', 'dk/too-long', 'bind/dk/mac'].includes(id));

function mutant(id: string, more: Partial<Mutant> = {}): Mutant {
  return { id, breaks: 'is broken', killedBy: ['dk/too-short'], ...more };
}

test.each<[string, Mutant, object]>([
  [
    'takes a dk of 3',
    mutant('killed', { override: { dkPattern: /^\w{3,32}$/ } }),
    { outcome: 'killed', killedBy: ['dk/too-short'] },
  ],
  ['is correct', mutant('survived'), { outcome: 'survived', killedBy: [], missed: [{ ended: 'passed' }] }],
  [
    'is seen by another case alone',
    mutant('unrelated', { killedBy: ['dk/too-long'], override: { dkPattern: /^\w{3,32}$/ } }),
    { outcome: 'survived', killedBy: [] },
  ],
  [
    'names no case',
    mutant('unknown', { killedBy: ['dk/none'] }),
    { outcome: 'survived', missed: [{ id: 'dk/none', ended: 'there is no such case' }] },
  ],
  [
    'throws',
    mutant('crashed', {
      override: {
        dkFormat: () => {
          throw new Error('a mistake');
        },
      },
    }),
    { outcome: 'crashed', killedBy: [], missed: [{ ended: 'crashed: Error: a mistake' }] },
  ],
  ['never answers', mutant('hangs', { wire: () => () => 'hangs' }), { outcome: 'survived', killedBy: [] }],
  [
    'answers success to everything',
    mutant('success', { wire: answering((answer) => ({ ...answer, body: Buffer.from('{"code":200}') })) }),
    { outcome: 'killed' },
  ],
])('a server that %s', async (_, broken, result) => {
  const detection = await detect({ mutants: [broken], variants: [], cases: few });
  expect(detection.mutants).toMatchObject([result]);
});

test('a variant that some case calls wrong is a false alarm', async () => {
  const wrong: Variant = { id: 'wrong', differs: 'refuses everything', wire: () => () => refusal(5361) };
  const right: Variant = { id: 'right', differs: 'does nothing otherwise' };
  const detection = await detect({ mutants: [], variants: [right, wrong], cases: few });
  expect(mutantsFile(detection)).toMatchObject({
    falseAlarms: 1,
    variants: [
      { id: 'right', alarms: [] },
      { id: 'wrong', alarms: ['bind/plain'] },
    ],
  });
});

test('an interruption keeps what was measured', async () => {
  const interrupted = new AbortController();
  const many = Array.from({ length: 40 }, (_, at) => mutant(`mutant-${at}`, { override: { dkPattern: /^\w{3,32}$/ } }));
  const detection = await detect({
    mutants: many,
    variants: [{ id: 'variant', differs: 'does nothing otherwise' }],
    cases: few,
    signal: interrupted.signal,
    onResult: (_, done) => done === 5 && interrupted.abort(),
  });
  const { total, killed, survived } = mutantsFile(detection);
  expect(detection.interrupted).toBe(true);
  expect([total >= 5, total < 40, killed, survived]).toEqual([true, true, total, []]);
});
