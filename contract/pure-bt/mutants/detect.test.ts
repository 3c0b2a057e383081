import { expect, test } from 'vitest';
import { detect, mutantsFile } from '../../mutants/detect.ts';
import type { MutantSet, Variant } from '../../mutants/mutant.ts';
import { answering, withText } from '../../mutants/operators.ts';
import { type Mutant, refusal } from './server.ts';
import { mutantSet } from './set.ts';

const few = ['bind/plain', 'dk/too-short', 'dk/too-long', 'bind/dk/mac'];
const loose = { dkPattern: /^\w{3,32}$/ };

function smallSet(mutants: readonly Mutant[], variants: readonly Variant[] = []): MutantSet {
  return { ...mutantSet, cases: mutantSet.cases.filter(({ id }) => few.includes(id)), mutants, variants };
}

function mutant(more: Partial<Mutant>): Mutant {
  return { id: 'one', breaks: 'is broken', killedBy: ['dk/too-short'], ...more };
}

function crash(): never {
  throw new Error('a mistake');
}

test.each<[string, Partial<Mutant>, object]>([
  ['accepts a dk of three characters', { override: loose }, { outcome: 'killed', killedBy: ['dk/too-short'] }],
  ['is correct', {}, { outcome: 'survived', killedBy: [], missed: [{ ended: 'passed' }] }],
  [
    'is detected only by another case',
    { killedBy: ['dk/too-long'], override: loose },
    { outcome: 'survived', killedBy: [] },
  ],
  [
    'names no case',
    { killedBy: ['dk/none'] },
    { outcome: 'survived', missed: [{ id: 'dk/none', ended: 'there is no such case' }] },
  ],
  [
    'throws',
    { override: { dkFormat: crash } },
    { outcome: 'crashed', killedBy: [], missed: [{ ended: 'crashed: Error: a mistake' }] },
  ],
  ['never answers', { wire: () => () => 'hangs' }, { outcome: 'survived', killedBy: [] }],
  ['answers success to everything', { wire: answering(withText(() => '{"code":200}')) }, { outcome: 'killed' }],
])('detects a server that %s', async (_, broken, result) => {
  const { mutants } = await detect(smallSet([mutant(broken)]));
  expect(mutants).toMatchObject([result]);
});

test('counts a variant that a case fails as a false alarm', async () => {
  const wrong: Variant = { id: 'wrong', differs: 'rejects everything', wire: () => () => refusal(5361) };
  const right: Variant = { id: 'right', differs: 'does nothing differently' };
  expect(mutantsFile(await detect(smallSet([], [right, wrong])))).toMatchObject({
    falseAlarms: 1,
    variants: [
      { id: 'right', alarms: [] },
      { id: 'wrong', alarms: ['bind/plain'] },
    ],
  });
});

test('keeps the results after an interruption', async () => {
  const interrupted = new AbortController();
  const many = Array.from({ length: 40 }, (_, at) => mutant({ id: `mutant-${at}`, override: loose }));
  const detection = await detect(smallSet(many, [{ id: 'variant', differs: 'does nothing differently' }]), {
    signal: interrupted.signal,
    onResult: (_, done) => done === 5 && interrupted.abort(),
  });
  const { total, killed, survived } = mutantsFile(detection);
  expect(detection.interrupted).toBe(true);
  expect([total >= 5, total < 40, killed, survived]).toEqual([true, true, total, []]);
});
