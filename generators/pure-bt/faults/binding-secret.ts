import { refusedUndocumented } from '../../../spec/expectation.ts';
import { secretPlaintext } from '../../../spec/pure-bt/formulas.ts';
import type { Random } from '../../random.ts';
import { bindingSecret } from '../devices.ts';
import type { CipherSubject } from './ciphertext.ts';
import { cipherFaults, newSecretSubject, oldSecretSubject } from './ciphertext.ts';
import type { Fault, Row } from './fault.ts';
import { makeFault, missing, sealedField, withPlaintext } from './fault.ts';
import { replaceAt } from './tamper.ts';

/** What a bindingSecret's plaintext is put together from; `secret` is the new or the stored one. */
type Values = { readonly pk: string; readonly dk: string; readonly secret: string; readonly random: Random };

/** A wrong plaintext: some values replaced in PK,DK,secret, or another text in its place. */
type PlaintextRow = Row<(values: Values) => Partial<Values> | string>;

const newSecretHoldings: readonly PlaintextRow[] = [
  ['swapped', 'holding DK,PK instead of PK,DK', ({ pk, dk }) => ({ pk: dk, dk: pk })],
  ['other-pk', 'that names another pk', ({ pk }) => ({ pk: otherEnd(pk) })],
  ['other-dk', 'that names another dk', ({ dk }) => ({ dk: otherEnd(dk) })],
  ['dk-cut-short', 'that names a dk without its last character', ({ dk }) => ({ dk: dk.slice(0, -1) })],
  ['dk-too-long', 'that names a dk with a character more', ({ dk }) => ({ dk: `${dk}0` })],
  ['dk-other-start', 'that names a dk of another first character', ({ dk }) => ({ dk: replaceAt(dk, 0) })],
  ['pk-other-start', 'that names a pk of another first character', ({ pk }) => ({ pk: replaceAt(pk, 0) })],
  ['pk-cut-short', 'that names a pk without its last character', ({ pk }) => ({ pk: pk.slice(0, -1) })],
  ['semicolons', 'with semicolons', ({ pk, dk, secret }) => `${pk};${dk};${secret}`],
  ['no-pk', 'holding DK and the secret alone', ({ dk, secret }) => `${dk},${secret}`],
  ['no-dk', 'holding PK and the secret alone', ({ pk, secret }) => `${pk},${secret}`],
  ['four-parts', 'of four parts', ({ secret }) => ({ secret: `${secret},${secret}` })],
  ['one-part', 'holding the secret alone', ({ secret }) => secret],
  ['two-parts', 'holding PK and DK alone', ({ pk, dk }) => `${pk},${dk}`],
  ['no-commas', 'without the commas', ({ pk, dk, secret }) => `${pk}${dk}${secret}`],
  ['full-width-commas', 'with full-width commas', ({ pk, dk, secret }) => `${pk}，${dk}，${secret}`],
];

const oldSecretHoldings: readonly PlaintextRow[] = [
  ['wrong', 'that was never the stored one', ({ random }) => ({ secret: `${bindingSecret(random)}x` })],
  ['other-start', 'whose first character differs', ({ secret }) => ({ secret: replaceAt(secret, 0) })],
  ['other-end', 'whose last character differs', ({ secret }) => ({ secret: otherEnd(secret) })],
  ['other-case', 'in the other letter case', ({ secret }) => ({ secret: otherCase(secret) })],
  ['cut-short', 'without its last character', ({ secret }) => ({ secret: secret.slice(0, -1) })],
  ['too-long', 'with a character more', ({ secret }) => ({ secret: `${secret}0` })],
  ['other-dk', 'that names another dk', ({ dk }) => ({ dk: otherEnd(dk) })],
  ['other-pk', 'that names another pk', ({ pk }) => ({ pk: otherEnd(pk) })],
  ['secret-alone', 'that names no device', ({ secret }) => secret],
  ['empty-secret', 'with an empty secret', () => ({ secret: '' })],
];

/**
 * Faults of the encrypted bindingSecrets. The document has no code for them, so any refusal is right.
 * Neither field is signed: only what the ciphertext holds can tell.
 */
export const bindingSecretFaults: readonly Fault[] = [
  ...cipherFaults(newSecretSubject),
  ...missing(newSecretSubject.kind, 'encryptedNewBindingSecret', sealedField),
  ...newSecretHoldings.map((row) => ({
    ...plaintextFault(newSecretSubject, 'an encryptedNewBindingSecret', row),
    // Whether a bindingSecret may hold a comma is not said.
    ...(row[0] === 'four-parts' && {
      rule: 'new-secret-content' as const,
      expect: refusedUndocumented(['bindingSecret'], { open: [200], reading: 'new-secret-content' }),
    }),
  })),
  ...cipherFaults(oldSecretSubject),
  ...oldSecretHoldings.map((row) => plaintextFault(oldSecretSubject, 'an old bindingSecret', row)),
];

function plaintextFault({ name, kind }: CipherSubject, what: string, [row, title, spoil]: PlaintextRow): Fault {
  const held = withPlaintext(name, ({ fixture, random }) => {
    const { pk, dk, bindingSecret: fresh, oldBindingSecret: stored = fresh } = fixture;
    const right = { pk, dk, random, secret: name === 'encryptedOldBindingSecret' ? stored : fresh };
    const spoilt = spoil(right);
    if (typeof spoilt === 'string') return spoilt;
    const values = { ...right, ...spoilt };
    return secretPlaintext(values.pk, values.dk, values.secret);
  });
  return makeFault(kind, row, `${what} ${title}`, held);
}

function otherEnd(text: string): string {
  return replaceAt(text, text.length - 1);
}

/** A secret is opaque: each letter in the other case makes another one. A text without letters gets one. */
function otherCase(secret: string): string {
  const swapped = secret.replace(/[a-z]/gi, (letter) =>
    letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
  );
  return swapped === secret ? `${secret}x` : swapped;
}
