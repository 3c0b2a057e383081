import { plural } from '../../../../spec/plural.ts';
import type { Known } from '../known.ts';
import { display, readDevice } from '../known.ts';
import { nullWords } from '../value-forms.ts';
import { escapePattern } from '../wrappings.ts';

const names = ['ps', 'userDomainSecret', 'bindingCode', 'bindingSecret', 'oldBindingSecret'] as const;

/** A plaintext that is safe to print: pk and dk as they are, every other word as its name or its length. */
export function shownPlaintext(known: Known, plaintext: string): string {
  if (known.showSecrets) return display(known, plaintext, 500);
  // A value that is longer than the plaintext is not in it, and its pattern may be too large.
  const device = Object.values(readDevice(known)).filter((value) => value !== '' && value.length <= plaintext.length);
  const shown = [...device, 'pk', 'dk', 'bindingSecret', 'bindingCode'];
  const open = new RegExp(`(${shown.map(escapePattern).join('|')})`, 'i');
  const pieces = plaintext.split(open).map((piece, index) => (index % 2 === 1 ? piece : nameSecrets(known, piece)));
  return display(known, pieces.join(''), 500);
}

function nameSecrets(known: Known, text: string): string {
  return text.replace(/[^\s,，;:|&"'{}[\]=]+/g, (word) => {
    // If the first block is lost, only the end of a dk remains.
    const isDevice = Object.values(readDevice(known)).some((value) => value.endsWith(word));
    if (isDevice || nullWords.includes(word)) return word;
    const name = names.find((secret) => known.secrets[secret] === word);
    return `«${name ?? plural(word.length, 'character')}»`;
  });
}
