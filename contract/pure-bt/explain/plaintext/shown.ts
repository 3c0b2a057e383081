import type { Known } from '../known.ts';
import { display, fieldText } from '../known.ts';

const names = ['ps', 'userDomainSecret', 'bindingCode', 'bindingSecret', 'oldBindingSecret'] as const;
/** A plaintext as it may be shown: pk and dk as they are, every other word by its name or its length. */
export function shownPlaintext(known: Known, plaintext: string): string {
  if (known.showSecrets) return display(known, plaintext, 500);
  const device = [fieldText(known, 'pk'), fieldText(known, 'dk'), 'pk', 'dk', 'bindingSecret', 'bindingCode'];
  const open = new RegExp(`(${device.filter(Boolean).map(literal).join('|')})`, 'i');
  const pieces = plaintext.split(open).map((piece, index) => (index % 2 === 1 ? piece : named(known, piece)));
  return display(known, pieces.join(''), 500);
}

function named(known: Known, text: string): string {
  const { secrets } = known;
  const device = [fieldText(known, 'pk'), fieldText(known, 'dk')];
  return text.replace(/[^\s,，;:|&"'{}[\]=]+/g, (word) => {
    // The end of a dk is what is left of it where the first block is lost.
    if (device.some((value) => value.endsWith(word)) || /^(null|undefined|None|nil)$/.test(word)) return word;
    const name = names.find((secret) => secrets[secret] === word);
    return name === undefined ? `«${word.length} characters»` : `«${name}»`;
  });
}

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
