import { type Form, filledIn, type Written, writeInForms } from '../value-forms.ts';
import { blockBytes } from './recipe.ts';

/** A value as example code makes a key or an IV of it: in any form, cut or padded to a size that AES takes. */

/** Shorter values would give almost the same bytes when padded. */
const leastBytes = 8;
/** No code takes the end of a text that is hardly longer than a block, such as a value with a line break. */
const leastLong = 24;

/** The ids of forms for keys and IVs, where they differ. */
const ids: Readonly<Record<string, string>> = {
  hex: 'hex-digits',
  'hex-decoded': 'hex',
  base64: 'base64-text',
  'base64-decoded': 'base64',
};

/** A value in every form, cut or padded to one of the sizes. */
export function toSizedBytes(
  { name, value }: { readonly name: string; readonly value: string },
  sizes: readonly number[],
  more: readonly Form[],
): readonly Written[] {
  const asItIs = { id: '', words: name, bytes: Buffer.from(value) };
  return [asItIs, ...writeInForms(value, name), ...writeInForms(value, name, more)].flatMap(({ id, words, bytes }) =>
    cutOrPad(bytes, sizes).map((fit) => ({
      id: (ids[id] ?? id) || fit.id,
      words: filledIn(fit.words, words),
      bytes: fit.bytes,
    })),
  );
}

/** Cuts or pads bytes to one of the sizes; in `words`, `*` is the name of the value. */
function cutOrPad(bytes: Buffer, sizes: readonly number[]): readonly Written[] {
  const { length } = bytes;
  if (length < blockBytes) return length < leastBytes ? [] : fillBlock('filled', '* padded with', bytes);
  const middle = Math.floor((length - blockBytes) / 2);
  const cuts: readonly Written[] = [
    { id: '', words: '*', bytes },
    { id: 'cut', words: 'the first 16 bytes of *', bytes: bytes.subarray(0, blockBytes) },
    { id: 'cut', words: 'the first 32 bytes of *', bytes: bytes.subarray(0, 2 * blockBytes) },
    ...(length < leastLong
      ? []
      : [
          { id: 'cut', words: 'the middle 16 bytes of *', bytes: bytes.subarray(middle, middle + blockBytes) },
          { id: 'cut', words: 'the last 16 bytes of *', bytes: bytes.subarray(-blockBytes) },
        ]),
  ];
  return cuts.filter((cut) => sizes.includes(cut.bytes.length));
}

/** Less than a block of bytes, filled up with zero bytes or the digit 0. */
export function fillBlock(id: string, words: string, bytes: Buffer): readonly Written[] {
  const filled = (name: string, filler: number): Written => ({
    id,
    words: `${words} ${name}`,
    bytes: Buffer.concat([bytes, Buffer.alloc(blockBytes - bytes.length, filler)]),
  });
  return [filled('zero bytes', 0), filled('the digit 0', 0x30)];
}
