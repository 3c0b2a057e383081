import { createDecipheriv } from 'node:crypto';
import type { Behaviour } from '../../../spec/pure-bt/reference/behaviour.ts';
import { correct } from '../../../spec/pure-bt/reference/behaviour.ts';
import type { Mutant } from '../../mutants/mutant.ts';

/** A new bindingSecret is `PK,DK,secret` of this very device, padded, under the key of the product. No code is documented. */
export const newSecretMutants: readonly Mutant[] = [
  {
    id: 'new-secret/absent',
    breaks: 'binds without a new bindingSecret',
    killedBy: ['new-secret/absent', 'new-secret/null', 'new-secret/empty'],
    override: {
      newSecretGiven: () => undefined,
      newSecretReadable: (attempt, world) => {
        if (attempt.fields.encryptedNewBindingSecret) return correct.newSecretReadable(attempt, world);
        attempt.newSecret = '';
        return undefined;
      },
    },
  },
  {
    id: 'new-secret/unread',
    breaks: 'keeps a new bindingSecret without reading it',
    killedBy: ['new-secret/not-base64', 'new-secret/wrong-key', 'paste/code-as-secret'],
    override: {
      newSecretReadable: (attempt) => {
        attempt.newSecret = attempt.fields.encryptedNewBindingSecret ?? '';
        return undefined;
      },
    },
  },
  padding(
    'padding-unchecked',
    'cuts padding off without looking at it',
    (text) => text.subarray(0, -(text.at(-1) ?? 0) || text.length),
    'new-secret/bad-padding',
  ),
  padding(
    'padding-length-alone',
    'looks at the length of the padding alone',
    cutByLength,
    'new-secret/uneven-padding',
    'encrypted-code/uneven-padding',
  ),
  padding('zero-padding', 'takes zero bytes for padding', cutZeros, 'new-secret/bad-padding'),
  padding(
    'no-padding',
    'takes text that was never padded',
    (text) => cutByLength(text) ?? text,
    'new-secret/no-padding',
  ),
  holding(
    'other-pk',
    'does not look at the pk inside',
    ([pk, dk], device) => dk === device.dk && pk !== undefined,
    'new-secret/other-pk',
    'tamper/every-random-character',
  ),
  holding(
    'other-dk',
    'does not look at the dk inside',
    ([pk], device) => pk === device.pk,
    'new-secret/other-dk',
    'paste/other-device',
  ),
  holding('device-unchecked', 'does not look at the device inside', () => true, 'new-secret/swapped', 'random/changed'),
  holding(
    'pk-start',
    'compares the first characters of the pk inside',
    ([pk, dk], device) => dk === device.dk && pk?.slice(0, 5) === device.pk.slice(0, 5),
    'new-secret/other-pk',
  ),
  holding(
    'pk-end',
    'compares the last characters of the pk inside',
    ([pk, dk], device) => dk === device.dk && pk?.slice(2) === device.pk.slice(2),
    'new-secret/pk-other-start',
  ),
  holding(
    'dk-start',
    'compares the first characters of the dk inside',
    ([pk, dk], device) => pk === device.pk && dk?.slice(0, 8) === device.dk.slice(0, 8),
    'new-secret/other-dk',
  ),
  holding(
    'dk-end',
    'compares the last characters of the dk inside',
    ([pk, dk], device) => pk === device.pk && dk?.slice(-8) === device.dk.slice(-8),
    'new-secret/dk-other-start',
  ),
  holding(
    'dk-begins-it',
    'takes the beginning of the dk inside',
    ([pk, dk = '-'], device) => pk === device.pk && device.dk.startsWith(dk),
    'new-secret/dk-cut-short',
  ),
  holding(
    'begins-with-dk',
    'takes a longer dk inside',
    ([pk, dk], device) => pk === device.pk && dk?.startsWith(device.dk) === true,
    'new-secret/dk-too-long',
  ),
  holding(
    'any-order',
    'takes PK and DK in any order',
    (parts, { pk, dk }) => parts.includes(pk) && parts.includes(dk),
    'new-secret/swapped',
  ),
  plaintext('no-pk', 'takes DK and the secret', (_pk, dk, text) => after(text, `${dk},`), 'new-secret/no-pk'),
  plaintext('no-dk', 'takes PK and the secret', (pk, _dk, text) => after(text, `${pk},`), 'new-secret/no-dk'),
  plaintext(
    'no-commas',
    'takes the parts without commas',
    (pk, dk, text) => after(text, `${pk}${dk}`),
    'new-secret/no-commas',
  ),
  plaintext(
    'wide-commas',
    'takes full-width commas',
    (pk, dk, text) => after(text, `${pk}，${dk}，`),
    'new-secret/full-width-commas',
  ),
  plaintext(
    'one-part',
    'takes a secret that names no device',
    (_pk, _dk, text) => (text.includes(',') ? undefined : text),
    'new-secret/one-part',
    'old-secret/secret-alone',
  ),
  plaintext(
    'two-parts',
    'takes PK and DK without a secret',
    (pk, dk, text) => (text === `${pk},${dk}` ? '' : undefined),
    'new-secret/two-parts',
  ),
];

type Device = { readonly pk: string; readonly dk: string };

/** Another reading of the padding; undefined where it refuses. */
function padding(
  name: string,
  breaks: string,
  cut: (text: Buffer) => Buffer | undefined,
  ...killedBy: Mutant['killedBy']
): Mutant {
  const decrypt: Behaviour['decrypt'] = (base64, key, iv) => {
    const bytes = Buffer.from(base64, 'base64');
    if (bytes.toString('base64') !== base64 || bytes.length === 0 || bytes.length % 16 !== 0) return undefined;
    const decipher = createDecipheriv('aes-128-cbc', key, iv).setAutoPadding(false);
    return cut(Buffer.concat([decipher.update(bytes), decipher.final()]))?.toString('utf8');
  };
  return { id: `ciphertext/${name}`, breaks, killedBy, override: { decrypt } };
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

/** A new secret of three parts that is held to something less than `PK,DK` of the device. */
function holding(
  name: string,
  breaks: string,
  isRight: (parts: readonly string[], device: Device) => boolean,
  ...killedBy: Mutant['killedBy']
): Mutant {
  return plaintext(
    name,
    `${breaks} a bindingSecret`,
    (pk, dk, text) => {
      const parts = text.split(',');
      return parts.length === 3 && isRight(parts, { pk, dk }) ? parts[2] || undefined : undefined;
    },
    ...killedBy,
  );
}

/** What is no `PK,DK,secret` and counts as one. */
function plaintext(
  name: string,
  breaks: string,
  otherwise: (pk: string, dk: string, text: string) => string | undefined,
  ...killedBy: Mutant['killedBy']
): Mutant {
  const secretFor: Behaviour['secretFor'] = (pk, dk, text) =>
    correct.secretFor(pk, dk, text) ?? (text === undefined ? undefined : otherwise(pk, dk, text));
  return { id: `new-secret/${name}`, breaks, killedBy, override: { secretFor } };
}

function after(text: string, start: string): string | undefined {
  return text.startsWith(start) ? text.slice(start.length) : undefined;
}
