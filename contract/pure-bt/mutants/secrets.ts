import { createDecipheriv } from 'node:crypto';
import { correct } from '../../../spec/pure-bt/reference/behaviour.ts';
import type { Behaviour } from '../../../spec/pure-bt/reference/decision.ts';
import {
  anyText,
  type Comparison,
  hasStart,
  isStart,
  sameLength,
  samePart,
  skipping,
} from '../../mutants/operators.ts';
import { changed, changedBy, type Mutant, paths } from './server.ts';

/** The bindingSecrets; the document has no code for them. */
export const secretMutants: readonly Mutant[] = [
  // A new one is `PK,DK,secret` of this device, padded and encrypted with the product's key.
  ...changed({
    'new-secret/absent: binds without a new bindingSecret -> new-secret/absent new-secret/null new-secret/empty': {
      newSecretGiven: () => undefined,
      newSecretReadable: (attempt, world) => {
        if (attempt.fields.encryptedNewBindingSecret) return correct.newSecretReadable(attempt, world);
        attempt.newSecret = '';
        return undefined;
      },
    },
    'new-secret/unread: stores a new bindingSecret without reading it -> new-secret/not-base64 new-secret/wrong-key paste/code-as-secret':
      {
        newSecretReadable: (attempt) => {
          attempt.newSecret = attempt.fields.encryptedNewBindingSecret ?? '';
          return undefined;
        },
      },
  }),
  ...changedBy(withPadding, {
    'ciphertext/padding-unchecked: removes the padding without a check -> new-secret/bad-padding': (text) =>
      text.subarray(0, -(text.at(-1) ?? 0) || text.length),
    'ciphertext/padding-length-alone: checks only the length of the padding -> new-secret/uneven-padding encrypted-code/uneven-padding':
      cutByLength,
    'ciphertext/zero-padding: accepts zero bytes as padding -> new-secret/bad-padding': cutZeros,
    'ciphertext/no-padding: accepts text without padding -> new-secret/no-padding': (text) => cutByLength(text) ?? text,
  }),
  ...changedBy(withNameCheck, {
    'new-secret/other-pk: does not check the pk inside a bindingSecret -> new-secret/other-pk tamper/every-random-character':
      { pk: anyText },
    'new-secret/other-dk: does not check the dk inside a bindingSecret -> new-secret/other-dk paste/other-device': {
      dk: anyText,
    },
    'new-secret/device-unchecked: does not check the device inside a bindingSecret -> new-secret/swapped random/changed':
      { pk: anyText, dk: anyText },
    'new-secret/pk-start: compares only the first characters of the pk inside a bindingSecret -> new-secret/other-pk': {
      pk: samePart(0, 5),
    },
    'new-secret/pk-end: compares only the last characters of the pk inside a bindingSecret -> new-secret/pk-other-start':
      { pk: samePart(2) },
    'new-secret/dk-start: compares only the first characters of the dk inside a bindingSecret -> new-secret/other-dk': {
      dk: samePart(0, 8),
    },
    'new-secret/dk-end: compares only the last characters of the dk inside a bindingSecret -> new-secret/dk-other-start':
      { dk: samePart(-8) },
    'new-secret/dk-begins-it: accepts the start of the dk inside a bindingSecret -> new-secret/dk-cut-short': {
      dk: isStart,
    },
    'new-secret/begins-with-dk: accepts a longer dk inside a bindingSecret -> new-secret/dk-too-long': { dk: hasStart },
  }),
  ...changedBy(withPrefix, {
    'new-secret/no-pk: accepts DK and the secret without PK -> new-secret/no-pk': (_, dk) => `${dk},`,
    'new-secret/no-dk: accepts PK and the secret without DK -> new-secret/no-dk': (pk) => `${pk},`,
    'new-secret/any-order: accepts PK and DK in any order inside a bindingSecret -> new-secret/swapped': (pk, dk) =>
      `${dk},${pk},`,
    'new-secret/no-commas: accepts the parts without commas -> new-secret/no-commas': (pk, dk) => `${pk}${dk}`,
    'new-secret/wide-commas: accepts full-width commas -> new-secret/full-width-commas': (pk, dk) => `${pk}，${dk}，`,
  }),
  ...changedBy((secretIn: Parameters<typeof plaintext>[0]) => plaintext(secretIn), {
    'new-secret/one-part: accepts a secret that names no device -> new-secret/one-part old-secret/secret-alone': (
      _pk,
      _dk,
      text,
    ) => (text.includes(',') ? undefined : text),
    'new-secret/two-parts: accepts PK and DK without a secret -> new-secret/two-parts': (pk, dk, text) =>
      text === `${pk},${dk}` ? '' : undefined,
  }),
  // An old one is `PK,DK,secret` of this device with the stored secret.
  ...changed({
    'old-secret/ignored: ignores an old bindingSecret -> old-secret/wrong': {
      oldSecretReadable: () => undefined,
    },
    'old-secret/unreadable-ignored: ignores an old bindingSecret that it cannot read -> old-secret/bad-padding old-secret/not-base64 old-secret/other-dk':
      {
        oldSecretReadable: (attempt, world) => {
          if (correct.oldSecretReadable(attempt, world) !== undefined) delete attempt.oldSecret;
          return undefined;
        },
      },
    'old-secret/device-unchecked: does not check the device inside an old bindingSecret -> old-secret/other-dk old-secret/other-pk':
      {
        oldSecretReadable: (attempt) => {
          const { fields, product } = attempt;
          if (!fields.encryptedOldBindingSecret) return undefined;
          const text = correct.decrypt(fields.encryptedOldBindingSecret, product?.ps ?? '', fields.random ?? '');
          const secret = text?.split(',').at(-1);
          if (!secret) return 'oldSecretBad';
          attempt.oldSecret = secret;
          return undefined;
        },
      },
    'old-secret/unchecked-alternate: does not check the old bindingSecret in binding mode alternate -> two-users/old-secret':
      { oldSecretIsStored: skipping(correct.oldSecretIsStored, paths.alternate) },
    'old-secret/needed: requires the old bindingSecret from a second user -> mode-multi mode-alternate': {
      oldSecretIsStored: (attempt, bindings) =>
        bindings.size > 0 && attempt.oldSecret === undefined
          ? 'oldSecretBad'
          : correct.oldSecretIsStored(attempt, bindings),
    },
    'old-secret/refused: rejects the correct old bindingSecret -> mode-multi/old-secret mode-alternate/old-secret': {
      oldSecretReadable: ({ fields }) => (fields.encryptedOldBindingSecret ? 'oldSecretBad' : undefined),
    },
  }),
  ...changedBy(withStoredCheck, {
    'old-secret/first-characters: compares only the first characters of an old bindingSecret -> old-secret/other-end old-secret/cut-short':
      samePart(0, 8),
    'old-secret/last-characters: compares only the last characters of an old bindingSecret -> old-secret/other-start':
      samePart(-8),
    'old-secret/start-of-it: accepts the start of the stored secret -> old-secret/cut-short': isStart,
    'old-secret/more-than-it: accepts the stored secret with extra characters -> old-secret/too-long': hasStart,
    'old-secret/any-length: compares only the length of an old bindingSecret -> old-secret/other-start old-secret/other-end':
      sameLength,
  }),
];

/** Removes the padding in another way; undefined refuses the text. */
function withPadding(cut: (text: Buffer) => Buffer | undefined): Partial<Behaviour> {
  return {
    decrypt: (base64, key, iv) => {
      const bytes = Buffer.from(base64, 'base64');
      if (bytes.toString('base64') !== base64 || bytes.length === 0 || bytes.length % 16 !== 0) return undefined;
      return cut(decryptBlocks(bytes, key, iv))?.toString('utf8');
    },
  };
}

/** The plaintext of whole blocks, with its padding. */
export function decryptBlocks(bytes: Buffer, key: string, iv: string): Buffer {
  const decipher = createDecipheriv('aes-128-cbc', key, iv).setAutoPadding(false);
  return Buffer.concat([decipher.update(bytes), decipher.final()]);
}

function cutByLength(text: Buffer): Buffer | undefined {
  const length = text.at(-1) ?? 0;
  return length >= 1 && length <= 16 ? text.subarray(0, text.length - length) : undefined;
}

function cutZeros(text: Buffer): Buffer | undefined {
  let end = text.length;
  while (end > 0 && text[end - 1] === 0) end -= 1;
  return end < text.length ? text.subarray(0, end) : cutByLength(text);
}

function withNameCheck({
  pk: isPk = samePart(0),
  dk: isDk = samePart(0),
}: Partial<Record<'pk' | 'dk', Comparison>>): Partial<Behaviour> {
  return plaintext((pk, dk, text) => {
    const [namedPk = '', namedDk = '', secret, more] = text.split(',');
    return more === undefined && isPk(namedPk, pk) && isDk(namedDk, dk) ? secret || undefined : undefined;
  });
}

function withPrefix(start: (pk: string, dk: string) => string): Partial<Behaviour> {
  return plaintext((pk, dk, text) => (text.startsWith(start(pk, dk)) ? text.slice(start(pk, dk).length) : undefined));
}

/** Also accepts some texts that are not `PK,DK,secret`. */
export function plaintext(
  secretIn: (pk: string, dk: string, text: string) => string | undefined,
  inner: Behaviour = correct,
): Partial<Behaviour> {
  return {
    secretFor: (pk, dk, text) =>
      inner.secretFor(pk, dk, text) ?? (text === undefined ? undefined : secretIn(pk, dk, text)),
  };
}

function withStoredCheck(isStored: Comparison): Partial<Behaviour> {
  return {
    oldSecretIsStored: skipping(correct.oldSecretIsStored, ({ oldSecret = '' }, bindings) =>
      [...bindings.values()].some((kept) => isStored(oldSecret, kept)),
    ),
  };
}
