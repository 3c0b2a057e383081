import { refusedUndocumented } from '../../../spec/expectation.ts';
import { flipBit } from '../../family/tamper.ts';
import { withFields } from '../../request.ts';
import { draftChange, type Fault, fieldText, type Kind, makeFault, missing, sealedField } from './fault.ts';

const noRandom: Kind = {
  prefix: 'random',
  breaks: 'random',
  expect: refusedUndocumented(['bindingSecret']),
  rule: 'random-given',
};

const randoms: readonly (readonly [
  name: string,
  title: string,
  sent: (iv: string) => string,
  encryptedUnder?: (iv: string) => string,
])[] = [
  ['too-short', 'a random of 15 characters', (iv) => iv.slice(1)],
  ['too-long', 'a random of 17 characters', (iv) => `${iv}0`],
  ['non-ascii', 'a random of 16 characters but 17 bytes', (iv) => `é${iv.slice(1)}`],
  // Encrypted with the iv that a lenient server would make from the wrong one, so only the length is wrong.
  [
    'padded-with-zeros',
    'a random of 15 characters, padded with a zero byte for encryption',
    (iv) => iv.slice(0, 15),
    (iv) => `${iv.slice(0, 15)}\0`,
  ],
  ['cut-to-length', 'a random of 17 characters, cut to 16 for encryption', (iv) => `${iv}0`],
  ['zero-iv', 'a request without random, encrypted with a zero iv', () => '', () => '\0'.repeat(16)],
  ['changed', 'a random changed after encryption', flipBit],
];

/** Faults of `random`, the initialisation vector. It is not signed, so only the decrypted texts show the fault. */
export const randomFaults: readonly Fault[] = [
  ...missing(noRandom, 'random', sealedField),
  ...randoms.map(([name, title, sent, encryptedUnder = (iv: string) => iv]) =>
    makeFault(
      { ...noRandom, rule: name === 'changed' ? 'pasting' : 'random-given' },
      name,
      title,
      draftChange((draft) => withFields(draft, { random: encryptedUnder(fieldText(draft.fields, 'random')) })),
      sealedField('random', (body) => sent(fieldText(body, 'random')) || undefined),
    ),
  ),
];
