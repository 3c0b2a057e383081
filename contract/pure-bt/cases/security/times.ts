import { fieldText, signedField } from '../../../../generators/pure-bt/faults/fault.ts';
import type { Change, RequestContext } from '../../../../generators/pure-bt/request.ts';
import { buildRequest } from '../../../../generators/pure-bt/request.ts';
import { withDk } from '../../../../generators/pure-bt/valid-forms.ts';
import type { Random } from '../../../../generators/random.ts';
import type { StateName } from '../../../../spec/family/states.ts';
import type { RuleId } from '../../../../spec/pure-bt/rules.ts';
import type { Case } from '../steps.ts';
import { ready, tested } from '../steps.ts';

/** A name, and the change that makes a request of this kind from a correct one, with new random values each time. */
type Kind = readonly [name: string, change: Change];

/** Comparisons and look-ups that end early: an attacker who can measure how early can guess a value character by character. */
export const timeCases: readonly Case[] = [
  sameTime('signature', 'compares signatures in constant time', 'timing-signature', [
    ['a wrong first digit', wrongDigits(0, 1)],
    ['a wrong last digit', wrongDigits(63, 64)],
  ]),
  sameTime(
    'signature-prefix',
    'compares signatures in the same time for any number of right digits',
    'timing-signature',
    [
      ['a signature without a right digit', wrongDigits(0, 64)],
      ['a signature with a wrong last digit', wrongDigits(63, 64)],
    ],
  ),
  sameTime(
    'dk',
    'looks up unknown devices in the same time for any number of known first characters',
    'timing-dk',
    [
      ['an unknown dk with an unknown first half', withDk(({ fixture, random }) => otherHalf(fixture.dk, 0, random))],
      ['an unknown dk with a known first half', withDk(({ fixture, random }) => otherHalf(fixture.dk, 1, random))],
    ],
    // This user may not bind, so a server that adds devices at their first bind refuses both kinds too.
    'a user without permission',
  ),
];

function sameTime(
  name: string,
  title: string,
  rule: RuleId,
  kinds: readonly [Kind, Kind],
  given: StateName = ready,
): Case {
  const [one, other] = kinds.map(([what, change]) => ({
    name: what,
    request: (context: RequestContext) => buildRequest(context, [change]),
  }));
  if (one === undefined || other === undefined) throw new Error('a comparison needs two kinds');
  const what = `${one.name} compared with ${other.name}`;
  return tested(`timing/${name}`, title, rule, [{ what, timed: [one, other] }], { alone: true, given });
}

/** Replaces some digits of the right signature. */
function wrongDigits(from: number, to: number): Change {
  return signedField('signature', (body, { random }) =>
    replaceSome(fieldText(body, 'signature'), (at) => at >= from && at < to, random),
  );
}

/** Replaces one half of a dk. Another format than its own is unlikely: each character stays of its kind. */
function otherHalf(dk: string, half: 0 | 1, random: Random): string {
  return replaceSome(dk, (at) => Math.floor((2 * at) / dk.length) === half, random);
}

const alphabets = ['0123456789', 'ABCDEF', 'abcdef'];

/** Replaces digits by other digits, and letters by other ones from A to F: those are in most formats. */
function replaceSome(text: string, isReplaced: (at: number) => boolean, random: Random): string {
  return [...text]
    .map((character, at) => {
      if (!isReplaced(at)) return character;
      const alphabet = alphabets.find((letters) => letters.includes(character)) ?? '';
      const others = [...alphabet].filter((letter) => letter !== character);
      return others.length === 0 ? character : random.helpers.arrayElement(others);
    })
    .join('');
}
