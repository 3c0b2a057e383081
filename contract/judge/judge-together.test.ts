import { expect, test } from 'vitest';
import { oneUserWins, takesOver } from '../pure-bt/cases/security/races.ts';
import type { Answer, Together } from '../run/case.ts';
import { atLeastOneBound, exactlyOneBound, indistinguishable, inTurn } from './judge-together.ts';

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
  ['none', [again, again], 'none of several concurrent requests bound'],
  ['two', [bound, again, bound], 'several concurrent requests bound one device'],
])('lets exactly one request bind: %s', (_, answers, cause) => expect(exactlyOneBound(answers)?.cause).toBe(cause));

test.each([
  ['the first user', [bound, anothers, again, anothers], undefined],
  ['the second user', [anothers, bound, anothers, again], undefined],
  ['the winner, if its second request gets 5412', [bound, anothers, anothers, anothers], undefined],
  ['both', [bound, bound], 'both users hold one device'],
  ['the first user, twice', [bound, anothers, bound, anothers], 'several concurrent requests bound one device'],
  ['neither', [again, again], 'none of several concurrent requests bound'],
  [
    'the first user, but the second is told that it has bound',
    [bound, again, again, anothers],
    'the user who lost a race got 5049, expected 5412',
  ],
])('lets one of two users win: %s', (_, answers, cause) => expect(oneUserWins(answers)?.cause).toBe(cause));

test('only warns if the loser of a race is told another code: it may be the code of a locked device', () => {
  expect(oneUserWins([bound, again])?.rule).toBe('race-loser');
  expect(oneUserWins([bound, bound])?.rule).toBeUndefined();
});

test('demands at least one bind', () => {
  expect(atLeastOneBound([again, bound])).toBeUndefined();
  expect(atLeastOneBound([again, again])?.reason).toBe(
    'none of 2 concurrent requests bound the device; expected at least one',
  );
});

test.each<[string, Together | undefined, string]>([
  [
    'two of three',
    exactlyOneBound([bound, again, bound]),
    '2 of 3 concurrent requests bound the device; expected exactly one',
  ],
  ['none', exactlyOneBound([again, again]), 'none of 2 concurrent requests bound the device; expected exactly one'],
  [
    'both users at once',
    oneUserWins([bound, bound, anothers, again]),
    'after the race both users hold the device: 2 of 4 concurrent requests bound the device; expected exactly one',
  ],
  ['the second user after a race', takesOver([again]), 'after the race both users hold the device'],
  [
    'the loser is told that it holds the device',
    oneUserWins([bound, again, again, anothers]),
    'the user who lost the race got 5049; expected 5412, because the other user holds the device',
  ],
])('says what happened in a race: %s', (_, finding, reason) => expect(finding?.reason).toBe(reason));

const compare = indistinguishable('bad padding', 'bad content');

test.each([
  ['equal answers', [answer(5459), answer(5459)], undefined],
  ['another code', [answer(5459), answer(5465)], 'code'],
  ['another HTTP status', [answer(5459), answer(5459, { httpStatus: 400 })], 'HTTP status'],
  ['another msg', [answer(5459, { msg: 'padding' }), answer(5459, { msg: 'content' })], 'msg'],
  ['another shape', [answer(5459), answer(5459, { body: { code: 5459, msg: '' } })], 'shape of the body'],
  [
    'a longer list',
    [answer(5459, { body: { code: 5459, errors: ['a'] } }), answer(5459, { body: { code: 5459, errors: ['b', 'c'] } })],
    'shape of the body',
  ],
  [
    'another value of a field',
    [answer(1, { body: { code: 1, extMsg: 'a' } }), answer(1, { body: { code: 1, extMsg: 'b' } })],
    'extMsg',
  ],
  ['another header', [answer(5459), answer(5459, { headerNames: ['content-type', 'x-why'] })], 'set of headers'],
])('distinguishes two kinds by %s', (_, [one, other], trait) => {
  if (one === undefined || other === undefined) throw new Error('two answers are needed');
  const cause = trait === undefined ? undefined : `bad padding and bad content are distinguishable by the ${trait}`;
  expect(compare([one, other, other, one])?.cause).toBe(cause);
});

test('distinguishes kinds if only some answers have a code', () => {
  const [padding, content] = [answer(5458), answer(5459)];
  expect(compare([padding, content, content, content])?.reason).toContain(
    'by the code: bad padding gets 5458 or 5459, bad content gets 5459',
  );
  expect(compare([padding, content, padding, content])).toBeUndefined();
});

test('distinguishes kinds if only some answers of one kind have a msg', () => {
  // Two samples of each kind. Bytes that are not text are refused like bad padding, other bad content is not.
  const msgs = { 0: ['padding', 'padding'], 1: ['padding', 'content'] };
  const answers = inTurn(2, (kind, sample) => answer(5459, { msg: msgs[kind][sample] ?? '' }));
  expect(answers).toHaveLength(8);
  expect(compare(answers)?.reason).toContain('by the msg: bad padding gets "padding"');
  const one = inTurn(2, (_, sample) => answer(5459, { msg: msgs[1][sample] ?? '' }));
  expect(compare(one)).toBeUndefined();
});

test('ignores what changes with every answer', () => {
  const ids = [1, 2, 3, 4].map((id) => answer(5459, { msg: `refused, request ${id}` }));
  expect(compare(ids)).toBeUndefined();
  // A clock that changes between two answers only.
  const clock = [1, 1, 1, 2].map((time) => answer(5459, { body: { code: 5459, msg: '', time } }));
  expect(compare(clock)).toBeUndefined();
  const leaking = [1, 2, 3, 4].map((id) =>
    answer(5459, { msg: `${id === 1 || id === 4 ? 'padding' : 'content'}, request ${id}` }),
  );
  expect(compare(leaking)?.cause).toContain('msg');
  // An id in letters, and a server that answers in turn.
  const letters = ['xq', 'rk', 'zt', 'wv'].map((msg) => answer(5459, { msg }));
  expect(compare(letters)).toBeUndefined();
  expect(compare(['a', 'b', 'a', 'b'].map((msg) => answer(5459, { msg })))).toBeUndefined();
});
