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

type Table = {
  /** Whether a searched text may begin with characters of this slot. */
  readonly starts: Uint8Array;
  readonly byStart: ReadonlyMap<number, readonly (readonly [form: string, name: string])[]>;
};

const tables = new WeakMap<Finder, readonly Table[]>();

/**
 * Creates a search for many texts: about a hundred for the secrets of one device, fifty thousand for a whole run. It
 * reads a text once for any number of searched texts, because they are indexed by their first four characters (Rabin–Karp).
 * @param base another finder, with the texts that it has now. Both are searched in one pass.
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
      // The longest first, so that a part of a secret does not hide the whole.
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

/** A rolling hash of the last four characters. */
function keyWith(key: number, code: number): number {
  return (key << 8) ^ code;
}

function hashSlot(key: number): number {
  return Math.imul(key, 0x9e3779b1) >>> (32 - bits);
}

/** A text with its ASCII letters in lower case. Other letters stay: some change their length with their case. */
export function lowerCase(text: string): string {
  // Most texts are ASCII, and the built-in function is ten times faster.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the range is ASCII.
  if (/^[\x00-\x7f]*$/.test(text)) return text.toLowerCase();
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
