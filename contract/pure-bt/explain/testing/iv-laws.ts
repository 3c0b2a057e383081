import { describe, expect, test } from 'vitest';
import type { CipherField } from '../../../../generators/pure-bt/request.ts';
import type { PartExplanation } from '../explanation.ts';
import { explainedPart, seal } from './device.ts';
import { alphabets, bodyOf, drawMade, otherPlaintexts, plaintextOf, slots, wrongIvs } from './wrong-ivs.ts';

/** `named`: with the words for how the IV was made; `shown`: with the IV itself; both are right. */
function judgeAnswer({ says, findings }: PartExplanation, iv: Buffer, words: RegExp | undefined) {
  const [first, ...others] = findings.filter(({ kind }) => kind === 'mistake');
  if (first === undefined) return 'not seen';
  if (first.id === 'cipher/undecided') return 'undecided';
  if (others.length > 0 || !first.id.startsWith('cipher/iv-')) return 'false';
  if (words?.test(says) === true) return 'named';
  if (says.includes(iv.toString()) || says.includes(iv.toString('hex'))) return 'shown';
  return says.includes('the first 16 bytes are garbage') ? 'without value' : 'false';
}

function inTurn(group: typeof alphabets, at: number): string {
  return group[at % group.length]?.[1] ?? '';
}

/**
 * Counts the answers for every way to get an IV wrong, in requests that `fields` have it in. Each way is tried with one of the
 * alphabets, in turn.
 * @param unknown the secrets that the user does not have.
 */
function countAnswers(
  group: typeof alphabets,
  fields: readonly CipherField[],
  asked: CipherField,
  unknown: readonly string[],
) {
  const counts: Partial<Record<ReturnType<typeof judgeAnswer>, number>> = {};
  const wrong: string[] = [];
  for (const [at, [name, derive, words]] of wrongIvs.entries()) {
    const seed = at * 10;
    const made = drawMade(seed, inTurn(group, at));
    const iv = derive(made);
    if (iv === undefined || iv.equals(Buffer.from(made.random))) continue;
    const ciphertexts = fields.map((field) => [field, seal(plaintextOf(made, field), made.secrets.ps, iv)] as const);
    const had = Object.entries(made.secrets).filter(([secret]) => !unknown.includes(secret));
    const secrets = { userDomainSecret: '', ...Object.fromEntries(had) };
    const part = explainedPart(bodyOf(made, Object.fromEntries(ciphertexts)), asked, { secrets });
    const answer = judgeAnswer(part, iv, words);
    counts[answer] = (counts[answer] ?? 0) + 1;
    if (answer === 'false') wrong.push(`${name}, seed ${seed}: ${part.says}`);
  }
  return { counts, wrong };
}

const [code, newSecret, oldSecret] = slots;
const lessKnown: readonly (readonly [what: string, fields: readonly CipherField[], unknown: readonly string[]])[] = [
  ['a code that is not known', [code], ['bindingCode']],
  ['all ciphertexts, with a code that is not known', slots, ['bindingCode']],
  ['both secrets, which are not known', [newSecret, oldSecret], ['bindingSecret', 'oldBindingSecret']],
];

/**
 * Tests that a wrong IV is explained, and that nothing else is explained by one.
 * @param split the groups of alphabets that a set of them is tested in; of a group, each request has one, in turn.
 */
export function testWrongIvs(split: (all: typeof alphabets) => readonly (typeof alphabets)[]): void {
  const named = (all: typeof alphabets) =>
    split(all).map((group) => [group.map(([name]) => name).join(', '), group] as const);
  const few = alphabets.filter(([name]) => /^(?:digits|upper hex|letters and digits)$/.test(name));

  describe.each(slots)('%s under a wrong IV', (slot) => {
    test.each(named(alphabets))('is never explained by a false cause: %s', (_, group) => {
      const { counts, wrong } = countAnswers(group, [slot], slot, []);
      expect(wrong).toEqual([]);
      expect(counts['not seen']).toBeUndefined();
      expect(counts.named).toBeGreaterThan(18);
      expect(counts.shown).toBeGreaterThan(5);
      expect(counts.undecided ?? 0).toBeLessThan(3);
    });
  });

  describe.each(named(few))('with a random of %s', (_, group) => {
    test.each(lessKnown)('a wrong IV of %s has no false cause', (_what, fields, unknown) => {
      const { counts, wrong } = countAnswers(group, fields, fields[0] ?? code, unknown);
      expect(wrong).toEqual([]);
      // An unknown code does not prove an IV that could fit by chance: of digits, 11 are found; of other characters, 13 or more.
      expect((counts.named ?? 0) + (counts.shown ?? 0)).toBeGreaterThan(10);
    });

    test.each(slots)('%s with a wrong plaintext is never explained by a wrong IV', (slot) => {
      const found = otherPlaintexts.flatMap(([name, write], at) => {
        const made = drawMade(500 + at * 10, inTurn(group, at));
        const text = write(made, plaintextOf(made, slot));
        if (text === plaintextOf(made, slot)) return [];
        const body = bodyOf(made, { [slot]: seal(text, made.secrets.ps, made.random) });
        const ids = explainedPart(body, slot, { secrets: made.secrets }).findings.map(({ id }) => id);
        return [{ name, ids: ids.join(' ') }];
      });
      expect(found.filter(({ ids }) => ids.includes('cipher/iv'))).toEqual([]);
      expect(found.filter(({ ids }) => ids.includes('undecided')).length).toBeLessThan(found.length / 3);
    });
  });
}
