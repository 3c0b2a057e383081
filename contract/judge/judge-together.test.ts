import { expect, test } from 'vitest';
import { oneUserWins, takesOver } from '../pure-bt/cases/security/races.ts';
import type { Answer, Together } from '../run/case.ts';
import { atLeastOneBound, exactlyOneBound, indistinguishable } from './judge-together.ts';

function answer(code: number, more: Partial<Answer> & { readonly msg?: string } = {}): Answer {
  const { msg = '', ...rest } = more;
  const headerNames = ['content-type'];
  return { httpStatus: 200, code, bound: code === 200, body: { code, msg, data: null }, headerNames, ...rest };
}

const bound = answer(200);
const again = answer(5049);
const anothers = answer(5412);

test.each([
  ['one of three', [again, bound, again], undefined],
  ['none', [again, again], 'none of several requests at once bound'],
  ['two', [bound, again, bound], 'several requests at once bound one device'],
])('exactly one may bind: %s', (_, answers, cause) => expect(exactlyOneBound(answers)?.cause).toBe(cause));

test.each([
  ['the first user', [bound, anothers, again, anothers], undefined],
  ['the second user', [anothers, bound, anothers, again], undefined],
  ['its own second request may be told the mode', [bound, anothers, anothers, anothers], undefined],
  ['both', [bound, bound], 'both users hold one device'],
  ['the first user, twice', [bound, anothers, bound, anothers], 'several requests at once bound one device'],
  ['nobody', [again, again], 'none of several requests at once bound'],
  [
    'the other user is told that it has bound',
    [bound, again, again, anothers],
    'the user who lost a race got 5049, expected 5412',
  ],
])('one of two users wins: %s', (_, answers, cause) => expect(oneUserWins(answers)?.cause).toBe(cause));

test('some have to bind', () => {
  expect(atLeastOneBound([again, bound])).toBeUndefined();
  expect(atLeastOneBound([again, again])?.reason).toBe(
    'none of 2 requests at once bound the device; at least one must',
  );
});

test.each<[string, Together | undefined, string]>([
  ['two of three', exactlyOneBound([bound, again, bound]), '2 of 3 requests at once bound the device; exactly one may'],
  ['none', exactlyOneBound([again, again]), 'none of 2 requests at once bound the device; exactly one must'],
  [
    'both users at once',
    oneUserWins([bound, bound, anothers, again]),
    'after the race both users hold the device: 2 of 4 requests at once bound the device; exactly one may',
  ],
  ['the second user after a race', takesOver([again]), 'after the race both users hold the device'],
  [
    'the loser is told that it holds the device',
    oneUserWins([bound, again, again, anothers]),
    'the user who lost the race got 5049; expected 5412, because the other user holds the device',
  ],
])('a finding on a race says what happened: %s', (_, finding, reason) => expect(finding?.reason).toBe(reason));

const compare = indistinguishable('bad padding', 'bad content');

test.each([
  ['alike', [answer(5459), answer(5459)], undefined],
  ['another code', [answer(5459), answer(5465)], 'code'],
  ['another HTTP status', [answer(5459), answer(5459, { httpStatus: 400 })], 'HTTP status'],
  ['another msg', [answer(5459, { msg: 'padding' }), answer(5459, { msg: 'content' })], 'msg'],
  ['another shape', [answer(5459), answer(5459, { body: { code: 5459, msg: '' } })], 'shape of the body'],
  [
    'another value beside',
    [answer(1, { body: { code: 1, extMsg: 'a' } }), answer(1, { body: { code: 1, extMsg: 'b' } })],
    'body',
  ],
  ['another header', [answer(5459), answer(5459, { headerNames: ['content-type', 'x-why'] })], 'set of headers'],
])('two kinds are told apart: %s', (_, [one, other], trait) => {
  if (one === undefined || other === undefined) throw new Error('two answers are compared');
  const cause = trait === undefined ? undefined : `bad padding and bad content can be told apart by the ${trait}`;
  expect(compare([one, other, one, other])?.cause).toBe(cause);
});

test('a code that only some of one kind have gives them away', () => {
  const [padding, content] = [answer(5458), answer(5459)];
  expect(compare([padding, content, content, content])?.reason).toContain('by the code: 5458 or 5459 against 5459');
  expect(compare([padding, content, content, padding])).toBeUndefined();
});

test('what changes from answer to answer is set aside', () => {
  const ids = [1, 2, 3, 4].map((id) => answer(5459, { msg: `refused, request ${id}` }));
  expect(compare(ids)).toBeUndefined();
  // A clock that moves on between two answers, and not between any others.
  const clock = [1, 1, 1, 2].map((time) => answer(5459, { body: { code: 5459, msg: '', time } }));
  expect(compare(clock)).toBeUndefined();
  const told = [1, 2, 3, 4].map((id) =>
    answer(5459, { msg: `${id % 2 === 1 ? 'padding' : 'content'}, request ${id}` }),
  );
  expect(compare(told)?.cause).toContain('msg');
});
