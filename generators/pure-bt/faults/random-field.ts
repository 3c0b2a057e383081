import { refusedSomehow } from '../../../spec/expectation.ts';
import type { Json } from '../../request.ts';
import { withFields } from '../../request.ts';
import type { Fault } from './fault.ts';
import { draftChange, sealedField, textOf } from './fault.ts';

/** Faults of `random`, the initialisation vector. Unsigned, so only what the ciphertexts decrypt to can tell. */
export const randomFaults: readonly Fault[] = [
  random('absent', 'a request without random', () => undefined),
  random('null', 'a null random', () => null),
  random('empty', 'an empty random', () => ''),
  random('too-short', 'a random of 15 characters', (iv) => iv.slice(1)),
  random('too-long', 'a random of 17 characters', (iv) => `${iv}0`),
  random('non-ascii', 'a random of 16 characters and 17 bytes', (iv) => `é${iv.slice(1)}`),
  // Made as a server would read them that mends what is no iv: only its length can tell.
  random(
    'padded-with-zeros',
    'a random of 15 characters, read with a zero behind it',
    (iv) => iv.slice(0, 15),
    (iv) => `${iv.slice(0, 15)}\0`,
  ),
  random(
    'cut-to-length',
    'a random of 17 characters, read without the last',
    (iv) => `${iv}0`,
    (iv) => iv,
  ),
  random(
    'zero-iv',
    'a request without random, encrypted under zeros',
    () => undefined,
    () => '\0'.repeat(16),
  ),
  random('changed', 'a random changed after encryption', withAnotherBit),
];

/**
 * A random that stays letters and digits, with one bit of one character flipped: it takes every hex digit out of the
 * digits, and no letter becomes itself in the other case. So a bindingCode never stays well formed, and a server that
 * ignores the case of PK and DK sees the change as well.
 */
function withAnotherBit(iv: string): string {
  const flipped = [...iv].map((character) =>
    String.fromCharCode(character.charCodeAt(0) ^ (/\d/.test(character) ? 0x40 : 0x10)),
  );
  const at = flipped.findIndex((character) => /[0-9A-Za-z]/.test(character));
  return at < 0 ? iv : `${iv.slice(0, at)}${flipped[at] ?? ''}${iv.slice(at + 1)}`;
}

function random(
  name: string,
  title: string,
  change: (iv: string) => Json | undefined,
  encryptedUnder?: (iv: string) => string,
): Fault {
  return {
    id: `random/${name}`,
    title,
    breaks: 'random',
    changes: [
      ...(encryptedUnder === undefined
        ? []
        : [draftChange((draft) => withFields(draft, { random: encryptedUnder(textOf(draft.fields, 'random')) }))]),
      sealedField('random', (body) => change(textOf(body, 'random'))),
    ],
    expect: refusedSomehow(['bindingSecret']),
    rule: name === 'changed' ? 'pasting' : 'random-given',
  };
}
