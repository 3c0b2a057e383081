/** `1-WAN`, `true: enabled`; but not the range `1-64` or the middle of `UTF-8`. */
const marked = /(?<![\w.+*/-])(-?\d{1,4}|true|false) ?[-:=] ?(?=[^\s\d])/gi;
/** `1 Multi-user binding` at the start of a line. */
const lined = /(?<=^|\n)(-?\d{1,4}) (?=\p{L})/gu;
/** `1 SN binding 2 WiFi binding`: only if the numbers count up. */
const counted = /(?<![\w.+*/-])(\d{1,4}) (?=\p{L})/gu;

/**
 * The values listed in a text that `cosmetic` has normalised, such as `1-WAN` (value → meaning), and the text without them;
 * empty if it lists fewer than two values.
 */
export function enumerationIn(text: string): {
  readonly values: Readonly<Record<string, string>>;
  readonly rest: string;
} {
  for (const [pattern, least] of [
    [marked, 2],
    [lined, 2],
    [counted, 3],
  ] as const) {
    const found = read(text, pattern);
    const keys = Object.keys(found.values);
    if (keys.length >= least && (pattern !== counted || countsUp(keys))) return found;
  }
  return { values: {}, rest: text };
}

function read(text: string, pattern: RegExp): ReturnType<typeof enumerationIn> {
  const starts = [...text.matchAll(pattern)];
  const values: Record<string, string> = {};
  let rest = '';
  let from = 0;
  for (const [index, start] of starts.entries()) {
    const begin = start.index + start[0].length;
    const end = starts[index + 1]?.index ?? text.length;
    const label = /^[^\n]*?(?=\n|[.;] |[.;]$|$)/.exec(text.slice(begin, end))?.[0] ?? '';
    values[start[1]?.toLowerCase() ?? ''] = label.replace(/[\s,;(|]+$/, '');
    rest += `${text.slice(from, start.index)}‹›`;
    from = begin + label.length;
  }
  rest += text.slice(from);
  return { values, rest: rest.replace(/(?:[\s,;]*‹›)+/g, ' ').trim() };
}

function countsUp(keys: readonly string[]): boolean {
  return keys.every((key, index) => Number(key) === Number(keys[0]) + index);
}
