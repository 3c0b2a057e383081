/** A place in a text where one of the searched texts was found. */
export type Found = { readonly at: number; readonly length: number; readonly name: string };

/** A search for many texts at once, in either letter case. */
export type Finder = {
  /** Adds a text to search for. Each result has its name. Texts of fewer than four characters are ignored. */
  readonly add: (text: string, name: string) => void;
  /** Finds the first place at or after `from`, in a text made by `lowerCase`. If several texts begin there, it returns the longest. */
  readonly find: (lower: string, from?: number) => Found | undefined;
};

/** Number of first characters that are hashed. */
const start = 4;
/** Size of the hash table in bits. With a thousand texts, one place in eight needs a full comparison. */
const bits = 13;

/**
 * Creates a search for many texts: about a hundred for the secrets of one device, fifty thousand for a whole run. It
 * reads a text once for any number of searched texts, because they are indexed by their first four characters (Rabin–Karp).
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
      // The longest first, so that a part of a secret does not hide the whole.
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
 * Indexes a text made by `lowerCase`. The result says whether it contains another text of at least four characters.
 * Each answer of a run is searched for a hundred texts, and most answers repeat.
 */
export function indexText(lower: string): (form: string) => boolean {
  // At most one slot of eight is used, so most searches end with a look at the table.
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

/** A rolling hash of the last four characters. */
function keyWith(key: number, code: number): number {
  return (key << 8) ^ code;
}

function hashSlot(key: number, size: number): number {
  return Math.imul(key, 0x9e3779b1) >>> (32 - size);
}

/** A text with its ASCII letters in lower case. Other letters stay: some change their length with their case. */
export function lowerCase(text: string): string {
  // Most texts are ASCII, and the built-in function is ten times faster.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the range is ASCII.
  if (/^[\x00-\x7f]*$/.test(text)) return text.toLowerCase();
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
