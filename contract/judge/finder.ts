/** A place of a text where one of the searched texts is. */
export type Found = { readonly at: number; readonly length: number; readonly name: string };

/** A search for many texts at once, in either letter case. */
export type Finder = {
  /** Adds a text to search for; what it is called is told with each place. Texts under four characters are not searched. */
  readonly add: (text: string, name: string) => void;
  /** The first place from `from` on, of a text in lower case (see `lowerCase`); where several begin there, the longest. */
  readonly find: (lower: string, from?: number) => Found | undefined;
};

/** Characters that decide whether a place is worth a closer look. */
const start = 4;
/** Bits of the table of starts: with a thousand starts, one of eight places gets the closer look. */
const bits = 13;

/**
 * Opens a search for the hundred forms of a device's secrets, or for the fifty thousand of a whole run. A text is gone
 * through once, whatever the number of forms: they are listed under their first four characters (Rabin–Karp).
 */
export function createFinder(): Finder {
  const byStart = new Map<number, [form: string, name: string][]>();
  const known = new Set<string>();
  const starts = new Uint8Array(2 ** bits);

  return {
    add: (text, name) => {
      const form = lowerCase(text);
      if (form.length < start || known.has(form)) return;
      known.add(form);
      const key = startKey(form);
      starts[hashSlot(key, bits)] = 1;
      const forms = byStart.get(key) ?? [];
      byStart.set(key, forms);
      // The longest first, or a part of a secret would be taken for the whole.
      const at = forms.findIndex(([other]) => other.length < form.length);
      forms.splice(at < 0 ? forms.length : at, 0, [form, name]);
    },
    find: (lower, from = 0) => {
      let key = 0;
      for (let end = from; end < lower.length; end += 1) {
        key = keyWith(key, lower.charCodeAt(end));
        const at = end + 1 - start;
        if (starts[hashSlot(key, bits)] === 0 || at < from) continue;
        const found = byStart.get(key)?.find(([form]) => lower.startsWith(form, at));
        if (found !== undefined) return { at, length: found[0].length, name: found[1] };
      }
      return undefined;
    },
  };
}

/**
 * Prepares a text in lower case (see `lowerCase`) for the question whether it holds another one, of four characters or more.
 * Each answer of a run is asked that a hundred times, and most answers repeat.
 */
export function indexText(lower: string): (form: string) => boolean {
  // At most one slot of eight is taken, so most questions end here.
  const size = Math.ceil(Math.log2(lower.length + 1)) + 3;
  const starts = new Uint8Array(2 ** size);
  let key = 0;
  for (let end = 0; end < lower.length; end += 1) {
    key = keyWith(key, lower.charCodeAt(end));
    starts[hashSlot(key, size)] = 1;
  }
  return (form) => starts[hashSlot(startKey(form), size)] === 1 && lower.includes(form);
}

function startKey(form: string): number {
  let key = 0;
  for (let at = 0; at < start; at += 1) key = keyWith(key, form.charCodeAt(at));
  return key;
}

/** A number made of the last four characters alone: each further one pushes the oldest out. */
function keyWith(key: number, code: number): number {
  return (key << 8) ^ code;
}

function hashSlot(key: number, size: number): number {
  return Math.imul(key, 0x9e3779b1) >>> (32 - size);
}

/** A text in lower case, of the same length: ASCII alone, since some letters change their length with their case. */
export function lowerCase(text: string): string {
  // Most texts are ASCII, and the built-in way is ten times as fast.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the range is ASCII.
  if (/^[\x00-\x7f]*$/.test(text)) return text.toLowerCase();
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
