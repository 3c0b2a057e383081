import { nullWords } from '../forms.ts';
import type { Known } from '../known.ts';
import { deviceOf, display } from '../known.ts';
import { literal } from './remark.ts';

const names = ['ps', 'userDomainSecret', 'bindingCode', 'bindingSecret', 'oldBindingSecret'] as const;

/** A plaintext as it may be shown: pk and dk as they are, every other word by its name or its length. */
export function shownPlaintext(known: Known, plaintext: string): string {
  if (known.showSecrets) return display(known, plaintext, 500);
  const shown = [...Object.values(deviceOf(known)), 'pk', 'dk', 'bindingSecret', 'bindingCode'].filter(Boolean);
  const open = new RegExp(`(${shown.map(literal).join('|')})`, 'i');
  const pieces = plaintext.split(open).map((piece, index) => (index % 2 === 1 ? piece : named(known, piece)));
  return display(known, pieces.join(''), 500);
}

function named(known: Known, text: string): string {
  return text.replace(/[^\s,，;:|&"'{}[\]=]+/g, (word) => {
    // The end of a dk is what is left of it where the first block is lost.
    const isDevice = Object.values(deviceOf(known)).some((value) => value.endsWith(word));
    if (isDevice || nullWords.includes(word)) return word;
    const name = names.find((secret) => known.secrets[secret] === word);
    return `«${name ?? `${word.length} characters`}»`;
  });
}
