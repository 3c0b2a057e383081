/**
 * A `console` block: commands after `$ `, each with its output. A line with only `…` means omitted lines, and `…` at
 * the end of a line means the rest of it. Numbers, addresses and keys vary between runs and are not compared; codes are.
 */

/** A command and the lines that the page shows below it. */
export type Step = { readonly command: string; readonly quoted: readonly string[] };

const widest = 150;
const leastAlike = 0.4;

/** Reads a block. A command that ends with a backslash continues on the next line. */
export function readSteps(text: string): readonly Step[] {
  const parts = text.split(/^\$ /m);
  if (parts[0] !== '') throw new Error(`a console block must begin with "$ ", but this one begins with "${parts[0]}"`);
  return parts.slice(1).map((part) => {
    const [command = ''] = /^(?:.*\\\n)*.*/.exec(part) ?? [];
    return { command, quoted: part.slice(command.length).split('\n').slice(1).join('\n').trimEnd().split('\n') };
  });
}

/** Writes a block. */
export function writeSteps(steps: readonly Step[]): string {
  return steps
    .flatMap(({ command, quoted }) => [`$ ${command}`, ...quoted])
    .join('\n')
    .trimEnd()
    .replaceAll(/^\n+/gm, '\n');
}

/** A line without the values that vary between runs. */
export function comparable(line: string): string {
  return line
    .replaceAll(/"(pk|dk|bindingCode|random|signature|encrypted\w+|token)":"[^"]*"/g, '"$1":"X"')
    .replaceAll(/\b[0-9a-f]{8}-[0-9a-f-]{27}\b/g, 'X')
    .replaceAll(/\b[0-9a-f]{32,}\b/g, 'X')
    .replaceAll(/(?<![\d.])(?![56]\d{3}(?![\d.]))\d[\d.]*/g, 'N')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

/** Whether the page shows the output correctly. */
export function shows(quoted: readonly string[], printed: readonly string[]): boolean {
  const [first, ...rest] = quoted;
  if (first === undefined) return printed.length === 0;
  if (isGap(first)) return printed.some((_, at) => shows(rest, printed.slice(at))) || shows(rest, []);
  const [line, ...others] = printed;
  return line !== undefined && isSame(first, line) && shows(rest, others);
}

/**
 * The new text of the page. Omitted lines stay omitted if the lines around them are still found; a
 * reworded line is replaced. Without a `…`, the page shows the full output.
 * @param fresh also writes the new numbers.
 */
export function refresh(quoted: readonly string[], printed: readonly string[], fresh = false): readonly string[] {
  if (!fresh && shows(quoted, printed)) return quoted;
  if (!quoted.some(isGap)) return printed.map(cut);
  const result: string[] = [];
  let next = 0;
  let gap: string | undefined;
  for (const line of [...quoted, undefined]) {
    if (line !== undefined && isGap(line)) {
      gap = line;
      continue;
    }
    const place = line === undefined ? printed.length : findSimilar(line, printed, next);
    if (place === undefined) continue;
    if (gap === undefined) result.push(...printed.slice(next, place).map(cut));
    else if (place > next) result.push(gap);
    gap = undefined;
    next = place + 1;
    const found = printed[place];
    if (found !== undefined && line !== undefined) result.push(shown(line, found, fresh));
  }
  return result;
}

/** The place of the most similar of the lines that follow; undefined if no line is similar. */
function findSimilar(line: string, printed: readonly string[], from: number): number | undefined {
  const likeness = printed.slice(from).map((other) => similarity(line, other));
  const best = Math.max(0, ...likeness);
  return best < leastAlike ? undefined : from + likeness.indexOf(best);
}

/** 1 for the same line, less for lines with fewer common words. A label, as of a row in a table, counts more than other words. */
function similarity(line: string, other: string): number {
  if (isSame(line, other)) return 1;
  const [some, others] = [words(line), words(other)];
  const shared = (2 * some.intersection(others).size) / (some.size + others.size);
  const label = labelIn(line);
  return Math.min(0.9, shared + (label !== undefined && label === labelIn(other) ? 0.3 : 0));
}

function words(line: string): ReadonlySet<string> {
  return new Set(comparable(line.replace(/…$/, '')).split(' '));
}

function labelIn(line: string): string | undefined {
  return /^ +\S+(?= {2})/.exec(line)?.[0] ?? /^[A-Za-z]+(?= {2})/.exec(line)?.[0];
}

function isGap(line: string): boolean {
  return line.trim() === '…';
}

function isSame(quoted: string, printed: string): boolean {
  const line = comparable(printed);
  if (!quoted.endsWith('…')) return comparable(quoted) === line;
  // The last word may be incomplete, so it is ignored.
  const beginning = comparable(quoted.slice(0, -1).replace(/[^\s"]*$/, ''));
  return line.startsWith(beginning);
}

/** The line of the page, or the printed line; an omitted end stays omitted. */
function shown(quoted: string, printed: string, fresh: boolean): string {
  if (!isSame(quoted, printed)) return cut(printed);
  if (!fresh) return quoted;
  return quoted.endsWith('…') && quoted.length <= printed.length
    ? `${printed.slice(0, quoted.length - 1)}…`
    : cut(printed);
}

/** A one-line message is never cut, because readers search for it. */
function cut(line: string): string {
  return line.startsWith('bindgate: ') || line.length <= widest ? line : `${line.slice(0, widest - 1)}…`;
}
