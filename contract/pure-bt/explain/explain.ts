import type { CipherField } from '../../../generators/pure-bt/request.ts';
import { definedOnly } from '../../../spec/defined-only.ts';
import { explainCiphertexts } from './ciphertext/explain-ciphertext.ts';
import { explainFields } from './explain-fields.ts';
import type { Explanation, Finding, Part, PartExplanation, Remark } from './explanation.ts';
import { withRightNames } from './field-names.ts';
import type { Known, ReadRequest } from './known.ts';
import { notCheckedMasked, withoutMasks } from './masked.ts';
import { explainSignature } from './signature/explain-signature.ts';
import { explainToken } from './token.ts';

const cipherFields: readonly CipherField[] = [
  'encryptedBindingCode',
  'encryptedNewBindingSecret',
  'encryptedOldBindingSecret',
];

/** Shorter parts of a secret occur by chance, and tell little. */
const leastPart = 8;

/** What a signature depends on. */
const signedFields = ['pk', 'dk', 'bindingCode', 'encryptedBindingCode', 'pwd', 'signature'];

/** Explains a request part by part: what was done, and what to change. A pure function. */
export function explain(given: Known): Explanation {
  const sent = withoutMasks(given);
  const known = { ...sent, request: withRightNames(sent.request) };
  const { ps } = known.secrets;
  const encrypted = ciphertextsIn(known.request);
  const masked = encrypted.flatMap((field) => notCheckedMasked(known, field, [field, 'random']) ?? []);
  const readable = encrypted.filter((field) => !masked.some(({ part }) => part === field));
  const ciphertexts = ps === undefined ? [] : explainCiphertexts(known, readable, ps);
  // The signature may cover the decrypted code, so the ciphertexts are read first.
  const code = ciphertexts.find(({ explanation }) => explanation.part === 'encryptedBindingCode')?.plaintext;
  const parts = [
    notCheckedMasked(known, 'signature', signedFields) ?? explainSignature(known, code),
    ...ciphertexts.map(({ explanation }) => explanation),
    ...masked,
    explainFields(known, sent.request.body),
    explainToken(known),
  ];
  const secrets = [
    ...Object.entries(known.secrets).filter(([name]) => name !== 'pk' && name !== 'dk'),
    ...ciphertexts.map(({ explanation: { part }, plaintext }) => [part, secretIn(part, plaintext)] as const),
  ];
  const hide = (text: string): string =>
    known.showSecrets ? text : secrets.reduce((shown, [name, value = '']) => hideParts(shown, name, value), text);
  return { source: known.request.source, parts: parts.map((part) => toReported(part, hide)) };
}

/** An explained part, with the sentences of its findings changed; what was made is masked word by word. */
function toReported(
  { part, due, dueLength, expected, verdict, says, findings, made, alternatives }: PartExplanation<Remark>,
  change: (text: string) => string,
): PartExplanation {
  const toFinding = ({ id, kind, says, fix }: Remark): Finding => {
    const texts = { says: change(says), fix: fix === undefined ? undefined : change(fix) };
    return { part, id, kind, ...definedOnly(texts) };
  };
  return {
    part,
    ...definedOnly({ due, dueLength, expected }),
    verdict,
    says: change(says),
    findings: findings.map(toFinding),
    ...definedOnly({ made, alternatives: alternatives?.map(toFinding) }),
  };
}

/** The secret in a decrypted text: the code, or what is after the last comma. */
function secretIn(part: Part, plaintext: string | undefined): string | undefined {
  if (part === 'encryptedBindingCode') return plaintext;
  return plaintext?.includes(',') === true ? plaintext.split(',').at(-1) : undefined;
}

/** The ciphertext fields that a request gives. */
export function ciphertextsIn(request: ReadRequest): readonly CipherField[] {
  return cipherFields.filter((field) => givesText(request, field));
}

/** Whether a request gives a signature, also under a name that means it. */
export function isSigned(request: ReadRequest): boolean {
  return givesText(request, 'signature');
}

function givesText(request: ReadRequest, field: string): boolean {
  const value = withRightNames(request).body[field];
  return typeof value === 'string' && value !== '';
}

/**
 * Replaces parts of a secret in a text: an IV that was cut from a secret would print it. Letter case does not matter.
 * Whole values have been masked before.
 */
function hideParts(text: string, name: string, secret: string): string {
  let shown = '';
  for (let at = 0; at < text.length; ) {
    let end = at + leastPart;
    while (end <= text.length && secret.toLowerCase().includes(text.slice(at, end).toLowerCase())) end += 1;
    const isPart = end > at + leastPart;
    shown += isPart ? `«part of ${name}»` : text.charAt(at);
    at = isPart ? end - 1 : at + 1;
  }
  return shown;
}
