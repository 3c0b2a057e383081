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

type Table = {
  /** Whether anything may begin with four characters of this slot. */
  readonly starts: Uint8Array;
  readonly byStart: ReadonlyMap<number, readonly (readonly [form: string, name: string])[]>;
};

const tables = new WeakMap<Finder, readonly Table[]>();

/**
 * Opens a search for the hundred forms of a device's secrets, or for the fifty thousand of a whole run. A text is gone
 * through once, whatever the number of forms: they are listed under their first four characters (Rabin–Karp).
 * @param base another search that is made in the same pass, as it is now.
 */
export function createFinder(base?: Finder): Finder {
  const inherited = base === undefined ? [] : (tables.get(base) ?? []);
  const byStart = new Map<number, [form: string, name: string][]>();
  const known = new Set<string>();
  const starts = inherited[0]?.starts.slice() ?? new Uint8Array(2 ** bits);
  const all: readonly Table[] = [{ starts, byStart }, ...inherited];

  const lookUp = (key: number, lower: string, at: number): Found | undefined => {
    for (const table of all) {
      const found = table.byStart.get(key)?.find(([form]) => lower.startsWith(form, at));
      if (found !== undefined) return { at, length: found[0].length, name: found[1] };
    }
    return undefined;
  };

  const finder: Finder = {
    add: (text, name) => {
      const form = lowerCase(text);
      if (form.length < start || known.has(form)) return;
      known.add(form);
      let key = 0;
      for (let at = 0; at < start; at += 1) key = keyWith(key, form.charCodeAt(at));
      starts[hashSlot(key)] = 1;
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
        if (starts[hashSlot(key)] === 0 || end + 1 - start < from) continue;
        const found = lookUp(key, lower, end + 1 - start);
        if (found !== undefined) return found;
      }
      return undefined;
    },
  };
  tables.set(finder, all);
  return finder;
}

/** A number made of the last four characters alone: each further one pushes the oldest out. */
function keyWith(key: number, code: number): number {
  return (key << 8) ^ code;
}

function hashSlot(key: number): number {
  return Math.imul(key, 0x9e3779b1) >>> (32 - bits);
}

/** A text in lower case, of the same length: ASCII alone, since some letters change their length with their case. */
export function lowerCase(text: string): string {
  // Most texts are ASCII, and the built-in way is ten times as fast.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the range is ASCII.
  if (/^[\x00-\x7f]*$/.test(text)) return text.toLowerCase();
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
