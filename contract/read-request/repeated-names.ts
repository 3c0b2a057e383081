/** Longer texts are not searched: no request of a client has so many characters. */
const longestText = 100_000;

/** The names that an object in a JSON text has more than once. JSON parsers keep one of the values and drop the others. */
export function repeatedNames(json: string): readonly string[] {
  if (json.length > longestText) return [];
  const repeated = new Set<string>();
  const open: Set<string>[] = [];
  for (const [token, string, colon] of json.matchAll(/("(?:[^"\\]|\\.)*")(\s*:)?|[{}[\]]/g)) {
    if (token === '{' || token === '[') open.push(new Set());
    else if (string === undefined) open.pop();
    else if (colon !== undefined) {
      const name = JSON.parse(string) as string;
      const names = open.at(-1);
      if (names?.has(name)) repeated.add(name);
      names?.add(name);
    }
  }
  return [...repeated];
}
