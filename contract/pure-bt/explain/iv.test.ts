import { describe, expect, test } from 'vitest';
import type { CipherField } from '../../../generators/pure-bt/request.ts';
import type { PartExplanation } from './explanation.ts';
import type { Secrets } from './secrets.ts';
import { explained, seal } from './testing/device.ts';
import type { Made } from './testing/wrong-ivs.ts';
import { alphabets, bodyOf, drawMade, otherPlaintexts, plaintextOf, slots, wrongIvs } from './testing/wrong-ivs.ts';

/** `named`: with the words for how the IV was made; `shown`: with the IV itself; both are right. */
type Answer = 'named' | 'shown' | 'without value' | 'undecided' | 'not seen' | 'false';

/** More draws find more; each costs a second for every field and alphabet. */
const drawsForEach = 1;
const bothSecrets = ['encryptedNewBindingSecret', 'encryptedOldBindingSecret'] as const;

/** Explains a request and gives the part of one field. */
function explainPart({ secrets }: Made, body: Record<string, unknown>, field: CipherField): PartExplanation {
  const part = explained(body, { secrets }).parts.find((found) => found.part === field);
  if (part === undefined) throw new Error(`the request has no ${field}`);
  return part;
}

function judgeAnswer({ says, findings }: PartExplanation, iv: Buffer, words: RegExp | undefined): Answer {
  const [first, ...others] = findings.filter(({ kind }) => kind === 'mistake');
  if (first === undefined) return 'not seen';
  if (first.id === 'cipher/undecided') return 'undecided';
  if (others.length > 0 || !first.id.startsWith('cipher/iv-')) return 'false';
  if (words?.test(says) === true) return 'named';
  if (says.includes(iv.toString()) || says.includes(iv.toString('hex'))) return 'shown';
  return says.includes('the first 16 bytes are garbage') ? 'without value' : 'false';
}

/** Counts the answers for every way to get an IV wrong, in requests that `fields` have it in. */
function countAnswers(
  alphabet: string,
  fields: readonly CipherField[],
  asked: CipherField,
  change: (made: Made) => Made = (made) => made,
): { readonly counts: Partial<Record<Answer, number>>; readonly wrong: readonly string[] } {
  const counts: Partial<Record<Answer, number>> = {};
  const wrong: string[] = [];
  for (const [at, [name, derive, words]] of wrongIvs.entries()) {
    for (let draw = 0; draw < drawsForEach; draw += 1) {
      const seed = at * 10 + draw;
      const made = drawMade(seed, alphabet);
      const iv = derive(made);
      if (iv === undefined || iv.equals(Buffer.from(made.random))) continue;
      const ciphertexts = fields.map((field) => [field, seal(plaintextOf(made, field), made.secrets.ps, iv)] as const);
      const part = explainPart(change(made), bodyOf(made, Object.fromEntries(ciphertexts)), asked);
      const answer = judgeAnswer(part, iv, words);
      counts[answer] = (counts[answer] ?? 0) + 1;
      if (answer === 'false') wrong.push(`${name}, seed ${seed}: ${part.says}`);
    }
  }
  return { counts, wrong };
}

describe.each(slots)('%s under a wrong IV', (slot) => {
  test.each(Object.entries(alphabets))('is never explained by a false cause, with a random of %s', (_, alphabet) => {
    const { counts, wrong } = countAnswers(alphabet, [slot], slot);
    expect(wrong).toEqual([]);
    expect(counts['not seen']).toBeUndefined();
    const { named = 0, shown = 0, undecided = 0 } = counts;
    expect(named).toBeGreaterThan(18 * drawsForEach);
    expect(shown).toBeGreaterThan(5 * drawsForEach);
    expect(undecided).toBeLessThan(3 * drawsForEach);
  });
});

/** What the fixture of a user may lack. */
function without(...names: readonly (keyof Secrets)[]): (made: Made) => Made {
  return ({ secrets, ...made }) => {
    const kept = Object.entries(secrets).filter(([name]) => !names.includes(name as keyof Secrets));
    return { ...made, secrets: { userDomainSecret: '', ...Object.fromEntries(kept) } };
  };
}

const kinds = Object.entries(alphabets).filter(([name]) =>
  ['digits', 'upper hex', 'letters and digits'].includes(name),
);
const lessKnown: readonly (readonly [
  what: string,
  fields: readonly CipherField[],
  asked: CipherField,
  change: (made: Made) => Made,
])[] = [
  ['a code that is not known', ['encryptedBindingCode'], 'encryptedBindingCode', without('bindingCode')],
  ['all ciphertexts, with a code that is not known', slots, 'encryptedBindingCode', without('bindingCode')],
  [
    'both secrets, which are not known',
    bothSecrets,
    'encryptedNewBindingSecret',
    without('bindingSecret', 'oldBindingSecret'),
  ],
];

describe.each(kinds)('with a random of %s', (_, alphabet) => {
  test.each(lessKnown)('a wrong IV of %s has no false cause', (_what, fields, asked, change) => {
    const { counts, wrong } = countAnswers(alphabet, fields, asked, change);
    expect(wrong).toEqual([]);
    const { named = 0, shown = 0 } = counts;
    expect(named + shown).toBeGreaterThan(16 * drawsForEach);
  });
});

describe.each(slots)('%s with a wrong plaintext', (slot) => {
  test.each(kinds)('is never explained by a wrong IV, with a random of %s', (_, alphabet) => {
    const found = otherPlaintexts.flatMap(([name, write], at) =>
      Array.from({ length: 2 }, (__, draw) => {
        const made = drawMade(500 + at * 10 + draw, alphabet);
        const text = write(made, plaintextOf(made, slot));
        if (text === plaintextOf(made, slot)) return { name, ids: 'same' };
        const body = bodyOf(made, { [slot]: seal(text, made.secrets.ps, made.random) });
        return {
          name,
          ids: explainPart(made, body, slot)
            .findings.map(({ id }) => id)
            .join(' '),
        };
      }),
    );
    expect(found.filter(({ ids }) => ids.includes('cipher/iv'))).toEqual([]);
    expect(found.filter(({ ids }) => ids.includes('undecided')).length).toBeLessThan(found.length / 3);
  });
});
