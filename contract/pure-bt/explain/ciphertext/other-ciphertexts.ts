import type { CipherField } from '../../../../generators/pure-bt/request.ts';
import type { Known } from '../known.ts';
import { fieldText } from '../known.ts';
import type { Written } from '../value-forms.ts';
import type { Context } from './cause.ts';
import { likelyBytes } from './encodings.ts';
import { latin1 } from './modes.ts';
import { shownIv } from './used-iv.ts';

const blockBytes = 16;

/** What the other ciphertexts of a request may have given as IV: their own IV, or their last block. */
export function othersAsNames(
  known: Known,
  fields: readonly CipherField[],
  field: CipherField,
  used: Context['others'],
): readonly Written[] {
  const random = latin1(Buffer.from(fieldText(known, 'random')));
  const reused = fields.flatMap((other): readonly Written[] => {
    const bytes = other === field ? undefined : likelyBytes(fieldText(known, other));
    if (bytes === undefined || bytes.length < blockBytes) return [];
    const words = `the last block of ${other}: one cipher object encrypted both, one after the other`;
    return [{ id: 'reused', words, bytes: Buffer.from(bytes.subarray(-blockBytes)) }];
  });
  // Only a code can have the IV of a bindingSecret: the two bindingSecrets have one start, which may be wrong in both.
  const shared = used.filter(({ iv }) => field === 'encryptedBindingCode' && latin1(iv) !== random);
  return [
    ...reused,
    ...shared.map(({ field: other, iv }) => ({
      id: 'other',
      words: `not the value of random, but ${shownIv(known, iv)}, as for ${other}`,
      bytes: Buffer.from(iv),
    })),
  ];
}
