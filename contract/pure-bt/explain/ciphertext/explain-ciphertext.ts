import { encryptToBase64 } from '../../../../generators/crypto.ts';
import type { CipherField } from '../../../../generators/pure-bt/request.ts';
import { secretPlaintext } from '../../../../spec/pure-bt/formulas.ts';
import type { Finding, PartExplanation } from '../explanation.ts';
import { verdictOf } from '../explanation.ts';
import type { Known } from '../known.ts';
import { display, fieldText } from '../known.ts';
import { shownPlaintext } from '../plaintext/shown.ts';
import { ivUsed } from './iv-used.ts';
import { unknownIvRow } from './ivs.ts';
import { readCiphertext, remarksOf } from './read-ciphertext.ts';
import type { CipherRecipe, Plaintext } from './recipe.ts';
import { unexplained } from './unexplained.ts';

/** A ciphertext explained, with the plaintext that it holds where that could be read. */
export type CipherExplanation = { readonly explanation: PartExplanation; readonly plaintext: string | undefined };

/** How a ciphertext was made, by the fewest deviations from the document, and what is wrong with its plaintext. */
export function explainCiphertext(known: Known, field: CipherField, ps: string): CipherExplanation {
  const { shown, value } = dueOf(known, field);
  const random = fieldText(known, 'random');
  const canExpect = known.showSecrets && value !== undefined && Buffer.byteLength(random) === 16;
  const shared = {
    part: field,
    due: `${shown} under the key PS and the IV ${display(known, random, 32)} (random)`,
    ...(canExpect ? { expected: encryptToBase64(value, ps, random) } : {}),
  } as const;
  const match = readCiphertext(known, field, ps);
  if (match === undefined) return { explanation: { ...shared, ...unexplained(known, field) }, plaintext: undefined };
  const { deviations, recipe, found } = match;
  const findings = [
    ...deviations.map(({ id, says, fix }): Finding => {
      const more = id === unknownIvRow.id ? sayIv(known, field, recipe) : '';
      return { part: field, id, kind: 'mistake', says: says + more, fix };
    }),
    ...(found.firstBlockLost ? [] : remarksOf(known, field, found.text)).map(
      (remark): Finding => ({ ...remark, part: field }),
    ),
  ];
  const verdict = verdictOf(findings);
  const made = found.firstBlockLost
    ? `(16 bytes of garbage)${shownPlaintext(known, found.text)}`
    : shownPlaintext(known, found.text);
  return {
    explanation: {
      ...shared,
      verdict,
      says: sentence(field, findings, found),
      findings,
      ...(verdict === 'right' ? {} : { made }),
    },
    plaintext: found.firstBlockLost ? undefined : found.text,
  };
}

/** The plaintext that the field is to hold; without a value where the secrets do not tell it. */
function dueOf(known: Known, field: CipherField): { readonly shown: string; readonly value: string | undefined } {
  const { bindingCode, bindingSecret, oldBindingSecret } = known.secrets;
  const [name, secret] = {
    encryptedBindingCode: ['bindingCode', bindingCode] as const,
    encryptedNewBindingSecret: ['bindingSecret', bindingSecret] as const,
    encryptedOldBindingSecret: ['oldBindingSecret', oldBindingSecret] as const,
  }[field];
  const inPlace = (text: string): string =>
    field === 'encryptedBindingCode' ? text : secretPlaintext(fieldText(known, 'pk'), fieldText(known, 'dk'), text);
  const shown = known.showSecrets && secret !== undefined ? inPlace(secret) : inPlace(`«${name}»`);
  return { shown: display(known, shown), value: secret === undefined ? undefined : inPlace(secret) };
}

function sentence(field: CipherField, findings: readonly Finding[], { text }: Plaintext): string {
  const mistakes = findings.filter(({ kind }) => kind !== 'note');
  const [first] = mistakes;
  if (mistakes.length > 1) return `${mistakes.length} mistakes, each to be mended`;
  if (first !== undefined) return first.id.startsWith('cipher/') ? first.says : `the plaintext is wrong: ${first.says}`;
  const held =
    field === 'encryptedBindingCode'
      ? 'a bindingCode'
      : `PK,DK and a bindingSecret of ${text.length - text.lastIndexOf(',') - 1} characters`;
  return `AES-128-CBC under PS and random holds ${held}`;
}

/** The IV itself, where the plaintext's start is known: CBC adds it to the first block. */
function sayIv(known: Known, field: CipherField, recipe: CipherRecipe): string {
  const { value } = dueOf(known, field);
  const start =
    value ??
    (field === 'encryptedBindingCode' ? '' : secretPlaintext(fieldText(known, 'pk'), fieldText(known, 'dk'), ''));
  const iv = ivUsed(recipe, start);
  return iv !== undefined && /^[\x20-\x7e]+$/.test(iv) ? `; the IV used was "${display(known, iv, 32)}"` : '';
}
