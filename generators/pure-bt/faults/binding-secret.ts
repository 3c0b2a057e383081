import { refusedUndocumented } from '../../../spec/expectation.ts';
import { secretPlaintext } from '../../../spec/pure-bt/formulas.ts';
import { otherSecret, replaceAt } from '../../family/tamper.ts';
import { type CipherSubject, cipherFaults, newSecretSubject, oldSecretSubject } from './ciphertext.ts';
import { type Fault, makeFault, missing, type Row, sealedField, withPlaintext } from './fault.ts';

/** The parts of a bindingSecret's plaintext; `secret` is the new or the stored one. */
type Values = { readonly pk: string; readonly dk: string; readonly secret: string };

/** A wrong plaintext: PK,DK,secret with some values replaced, or a different text. */
type PlaintextRow = Row<(values: Values) => Partial<Values> | string>;

const newSecretPlaintexts: readonly PlaintextRow[] = [
  ['swapped', 'holding DK,PK instead of PK,DK', ({ pk, dk }) => ({ pk: dk, dk: pk })],
  ['other-pk', 'with another pk', ({ pk }) => ({ pk: otherEnd(pk) })],
  ['other-dk', 'with another dk', ({ dk }) => ({ dk: otherEnd(dk) })],
  ['dk-cut-short', 'with the dk without its last character', ({ dk }) => ({ dk: dk.slice(0, -1) })],
  ['dk-too-long', 'with the dk and one extra character', ({ dk }) => ({ dk: `${dk}0` })],
  ['dk-other-start', 'with a dk with another first character', ({ dk }) => ({ dk: replaceAt(dk, 0) })],
  ['pk-other-start', 'with a pk with another first character', ({ pk }) => ({ pk: replaceAt(pk, 0) })],
  ['pk-cut-short', 'with the pk without its last character', ({ pk }) => ({ pk: pk.slice(0, -1) })],
  ['semicolons', 'with semicolons instead of commas', ({ pk, dk, secret }) => `${pk};${dk};${secret}`],
  ['no-pk', 'holding only DK and the secret', ({ dk, secret }) => `${dk},${secret}`],
  ['no-dk', 'holding only PK and the secret', ({ pk, secret }) => `${pk},${secret}`],
  ['four-parts', 'with four parts', ({ secret }) => ({ secret: `${secret},${secret}` })],
  ['one-part', 'holding only the secret', ({ secret }) => secret],
  ['two-parts', 'holding only PK and DK', ({ pk, dk }) => `${pk},${dk}`],
  ['no-commas', 'without the commas', ({ pk, dk, secret }) => `${pk}${dk}${secret}`],
  ['full-width-commas', 'with full-width commas', ({ pk, dk, secret }) => `${pk}，${dk}，${secret}`],
];

const oldSecretPlaintexts: readonly PlaintextRow[] = [
  ['wrong', 'that differs from the stored one', ({ secret }) => ({ secret: otherSecret(secret) })],
  ['other-start', 'with a different first character', ({ secret }) => ({ secret: replaceAt(secret, 0) })],
  ['other-end', 'with a different last character', ({ secret }) => ({ secret: otherEnd(secret) })],
  ['other-case', 'with upper and lower case swapped', ({ secret }) => ({ secret: otherCase(secret) })],
  ['cut-short', 'without its last character', ({ secret }) => ({ secret: secret.slice(0, -1) })],
  ['too-long', 'with one extra character', ({ secret }) => ({ secret: `${secret}0` })],
  ['other-dk', 'with another dk', ({ dk }) => ({ dk: otherEnd(dk) })],
  ['other-pk', 'with another pk', ({ pk }) => ({ pk: otherEnd(pk) })],
  ['secret-alone', 'without PK and DK', ({ secret }) => secret],
  ['empty-secret', 'with an empty secret', () => ({ secret: '' })],
];

/**
 * Faults of the encrypted bindingSecrets. The document has no code for them, so any refusal is right.
 * Neither field is signed, so only the decrypted content shows the fault.
 */
export const bindingSecretFaults: readonly Fault[] = [
  ...cipherFaults(newSecretSubject),
  ...missing(newSecretSubject.kind, 'encryptedNewBindingSecret', sealedField),
  ...newSecretPlaintexts.map((row) => ({
    ...plaintextFault(newSecretSubject, 'an encryptedNewBindingSecret', row),
    // The document does not say whether a bindingSecret may contain a comma.
    ...(row[0] === 'four-parts' && {
      rule: 'new-secret-content' as const,
      expect: refusedUndocumented(['bindingSecret'], { open: [200], reading: 'new-secret-content' }),
    }),
  })),
  ...cipherFaults(oldSecretSubject),
  ...oldSecretPlaintexts.map((row) => plaintextFault(oldSecretSubject, 'an old bindingSecret', row)),
];

function plaintextFault({ name, kind }: CipherSubject, what: string, [row, title, corrupt]: PlaintextRow): Fault {
  const held = withPlaintext(name, ({ fixture }) => {
    const { pk, dk, bindingSecret: fresh, oldBindingSecret: stored = fresh } = fixture;
    const right = { pk, dk, secret: name === 'encryptedOldBindingSecret' ? stored : fresh };
    const wrong = corrupt(right);
    if (typeof wrong === 'string') return wrong;
    const values = { ...right, ...wrong };
    return secretPlaintext(values.pk, values.dk, values.secret);
  });
  return makeFault(kind, row, `${what} ${title}`, held);
}

function otherEnd(text: string): string {
  return replaceAt(text, text.length - 1);
}

/** Swaps the case of each letter, which makes a different secret. A text without letters gets one. */
function otherCase(secret: string): string {
  const swapped = secret.replace(/[a-z]/gi, (letter) =>
    letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
  );
  return swapped === secret ? `${secret}x` : swapped;
}
