/** Longer bodies are not searched: none of a client has so many characters. */
const longestBody = 100_000;

/** The names that the object of a JSON text has more than once. JSON parsers keep one of the values and drop the others. */
export function repeatedNames(json: string): readonly string[] {
  if (json.length > longestBody) return [];
  const seen = new Set<string>();
  const repeated = new Set<string>();
  let depth = 0;
  for (const [token, string, colon] of json.matchAll(/("(?:[^"\\]|\\.)*")(\s*:)?|[{}[\]]/g)) {
    if (string === undefined) depth += /[{[]/.test(token) ? 1 : -1;
    else if (colon !== undefined && depth === 1) {
      const name = JSON.parse(string) as string;
      (seen.has(name) ? repeated : seen).add(name);
    }
  }
  return [...repeated];
}
