import { createDecipheriv } from 'node:crypto';
import { correct } from '../../../spec/pure-bt/reference/behaviour.ts';
import type { Behaviour } from '../../../spec/pure-bt/reference/decision.ts';
import { skipping } from '../../mutants/operators.ts';
import type { Mutant } from './server.ts';
import { changed, changedBy, paths } from './server.ts';

/** The bindingSecrets, for which no code is documented. */
export const secretMutants: readonly Mutant[] = [
  // A new one is `PK,DK,secret` of this very device, padded, under the key of the product.
  ...changed({
    'new-secret/absent: binds without a new bindingSecret -> new-secret/absent new-secret/null new-secret/empty': {
      newSecretGiven: () => undefined,
      newSecretReadable: (attempt, world) => {
        if (attempt.fields.encryptedNewBindingSecret) return correct.newSecretReadable(attempt, world);
        attempt.newSecret = '';
        return undefined;
      },
    },
    'new-secret/unread: keeps a new bindingSecret without reading it -> new-secret/not-base64 new-secret/wrong-key paste/code-as-secret':
      {
        newSecretReadable: (attempt) => {
          attempt.newSecret = attempt.fields.encryptedNewBindingSecret ?? '';
          return undefined;
        },
      },
  }),
  ...changedBy(withPadding, {
    'ciphertext/padding-unchecked: cuts padding off without looking at it -> new-secret/bad-padding': (text) =>
      text.subarray(0, -(text.at(-1) ?? 0) || text.length),
    'ciphertext/padding-length-alone: looks at the length of the padding alone -> new-secret/uneven-padding encrypted-code/uneven-padding':
      cutByLength,
    'ciphertext/zero-padding: takes zero bytes for padding -> new-secret/bad-padding': cutZeros,
    'ciphertext/no-padding: takes text that was never padded -> new-secret/no-padding': (text) =>
      cutByLength(text) ?? text,
  }),
  ...changedBy(withNameCheck, {
    'new-secret/other-pk: does not look at the pk inside a bindingSecret -> new-secret/other-pk tamper/every-random-character':
      (named, { dk }) => named.dk === dk,
    'new-secret/other-dk: does not look at the dk inside a bindingSecret -> new-secret/other-dk paste/other-device': (
      named,
      { pk },
    ) => named.pk === pk,
    'new-secret/device-unchecked: does not look at the device inside a bindingSecret -> new-secret/swapped random/changed':
      () => true,
    'new-secret/pk-start: compares the first characters of the pk inside a bindingSecret -> new-secret/other-pk': (
      named,
      { pk, dk },
    ) => named.dk === dk && named.pk.slice(0, 5) === pk.slice(0, 5),
    'new-secret/pk-end: compares the last characters of the pk inside a bindingSecret -> new-secret/pk-other-start': (
      named,
      { pk, dk },
    ) => named.dk === dk && named.pk.slice(2) === pk.slice(2),
    'new-secret/dk-start: compares the first characters of the dk inside a bindingSecret -> new-secret/other-dk': (
      named,
      { pk, dk },
    ) => named.pk === pk && named.dk.slice(0, 8) === dk.slice(0, 8),
    'new-secret/dk-end: compares the last characters of the dk inside a bindingSecret -> new-secret/dk-other-start': (
      named,
      { pk, dk },
    ) => named.pk === pk && named.dk.slice(-8) === dk.slice(-8),
    'new-secret/dk-begins-it: takes the beginning of the dk inside a bindingSecret -> new-secret/dk-cut-short': (
      named,
      { pk, dk },
    ) => named.pk === pk && dk.startsWith(named.dk),
    'new-secret/begins-with-dk: takes a longer dk inside a bindingSecret -> new-secret/dk-too-long': (
      named,
      { pk, dk },
    ) => named.pk === pk && named.dk.startsWith(dk),
    'new-secret/any-order: takes PK and DK in any order a bindingSecret -> new-secret/swapped': (named, { pk, dk }) =>
      named.pk === dk && named.dk === pk,
  }),
  ...changedBy(withPrefix, {
    'new-secret/no-pk: takes DK and the secret -> new-secret/no-pk': (_, dk) => `${dk},`,
    'new-secret/no-dk: takes PK and the secret -> new-secret/no-dk': (pk) => `${pk},`,
    'new-secret/no-commas: takes the parts without commas -> new-secret/no-commas': (pk, dk) => `${pk}${dk}`,
    'new-secret/wide-commas: takes full-width commas -> new-secret/full-width-commas': (pk, dk) => `${pk}，${dk}，`,
  }),
  ...changedBy(plaintext, {
    'new-secret/one-part: takes a secret that names no device -> new-secret/one-part old-secret/secret-alone': (
      _pk,
      _dk,
      text,
    ) => (text.includes(',') ? undefined : text),
    'new-secret/two-parts: takes PK and DK without a secret -> new-secret/two-parts': (pk, dk, text) =>
      text === `${pk},${dk}` ? '' : undefined,
  }),
  // An old one is `PK,DK,secret` of this device and the stored one.
  ...changed({
    'old-secret/ignored: does not look at an old bindingSecret -> old-secret/wrong': {
      oldSecretReadable: () => undefined,
    },
    'old-secret/unreadable-ignored: goes on where an old bindingSecret cannot be read -> old-secret/bad-padding old-secret/not-base64 old-secret/other-dk':
      {
        oldSecretReadable: (attempt, world) => {
          if (correct.oldSecretReadable(attempt, world) !== undefined) delete attempt.oldSecret;
          return undefined;
        },
      },
    'old-secret/device-unchecked: does not look at the device inside an old bindingSecret -> old-secret/other-dk old-secret/other-pk':
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
    'old-secret/unchecked-alternate: asks nobody for the right old bindingSecret in binding mode alternate -> two-users/old-secret':
      { oldSecretIsStored: skipping(correct.oldSecretIsStored, paths.alternate) },
    'old-secret/needed: asks a second user for the old bindingSecret -> mode-multi mode-alternate': {
      oldSecretIsStored: (attempt, bindings) =>
        bindings.size > 0 && attempt.oldSecret === undefined
          ? 'oldSecretBad'
          : correct.oldSecretIsStored(attempt, bindings),
    },
    'old-secret/refused: refuses the right old bindingSecret -> mode-multi/old-secret mode-alternate/old-secret': {
      oldSecretReadable: ({ fields }) => (fields.encryptedOldBindingSecret ? 'oldSecretBad' : undefined),
    },
  }),
  ...changedBy(withStoredCheck, {
    'old-secret/first-characters: compares the first characters of an old bindingSecret -> old-secret/other-end old-secret/cut-short':
      (given, kept) => given.slice(0, 8) === kept.slice(0, 8),
    'old-secret/last-characters: compares the last characters of an old bindingSecret -> old-secret/other-start': (
      given,
      kept,
    ) => given.slice(-8) === kept.slice(-8),
    'old-secret/start-of-it: takes the start of the stored secret -> old-secret/cut-short': (given, kept) =>
      kept.startsWith(given),
    'old-secret/more-than-it: takes the stored secret with more behind it -> old-secret/too-long': (given, kept) =>
      given.startsWith(kept),
    'old-secret/any-length: looks at the length of an old bindingSecret -> old-secret/other-start old-secret/other-end':
      (given, kept) => given.length === kept.length,
  }),
];

/** Another reading of the padding; undefined where it refuses. */
function withPadding(cut: (text: Buffer) => Buffer | undefined): Partial<Behaviour> {
  return {
    decrypt: (base64, key, iv) => {
      const bytes = Buffer.from(base64, 'base64');
      if (bytes.toString('base64') !== base64 || bytes.length === 0 || bytes.length % 16 !== 0) return undefined;
      const decipher = createDecipheriv('aes-128-cbc', key, iv).setAutoPadding(false);
      return cut(Buffer.concat([decipher.update(bytes), decipher.final()]))?.toString('utf8');
    },
  };
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

type Named = { readonly pk: string; readonly dk: string };

/** A secret of three parts, of which less is asked than that they name this device. */
function withNameCheck(isRight: (named: Named, device: Named) => boolean): Partial<Behaviour> {
  return plaintext((pk, dk, text) => {
    const [namedPk = '', namedDk = '', secret, more] = text.split(',');
    return more === undefined && isRight({ pk: namedPk, dk: namedDk }, { pk, dk }) ? secret || undefined : undefined;
  });
}

/** A secret with something else in front of it. */
function withPrefix(start: (pk: string, dk: string) => string): Partial<Behaviour> {
  return plaintext((pk, dk, text) => (text.startsWith(start(pk, dk)) ? text.slice(start(pk, dk).length) : undefined));
}

/** What is no `PK,DK,secret` and counts as one. */
function plaintext(secretIn: (pk: string, dk: string, text: string) => string | undefined): Partial<Behaviour> {
  return {
    secretFor: (pk, dk, text) =>
      correct.secretFor(pk, dk, text) ?? (text === undefined ? undefined : secretIn(pk, dk, text)),
  };
}

/** Something less is asked than whether an old secret is a stored one. */
function withStoredCheck(isStored: (given: string, kept: string) => boolean): Partial<Behaviour> {
  return {
    oldSecretIsStored: skipping(correct.oldSecretIsStored, ({ oldSecret = '' }, bindings) =>
      [...bindings.values()].some((kept) => isStored(oldSecret, kept)),
    ),
  };
}
