/**
 * A `console` block: commands after `$ `, each with what it prints. `…` on a line of its own stands for lines that are left out, and at
 * the end of a line for the rest of it. Numbers, addresses and keys differ from run to run and are not compared; codes are.
 */

/** A command and the lines that the page shows below it. */
export type Step = { readonly command: string; readonly quoted: readonly string[] };

const widest = 150;
const leastAlike = 0.4;

/** Reads a block. A command that ends with a backslash continues on the next line. */
export function readSteps(text: string): readonly Step[] {
  const parts = text.split(/^\$ /m);
  if (parts[0] !== '') throw new Error(`a console block must begin with "$ ", and this one begins with "${parts[0]}"`);
  return parts.slice(1).map((part) => {
    const [command = ''] = /^(?:.*\\\n)*.*/.exec(part) ?? [];
    return { command, quoted: part.slice(command.length).split('\n').slice(1).join('\n').trimEnd().split('\n') };
  });
}

/** Writes a block again. */
export function writeSteps(steps: readonly Step[]): string {
  return steps
    .flatMap(({ command, quoted }) => [`$ ${command}`, ...quoted])
    .join('\n')
    .trimEnd()
    .replaceAll(/^\n+/gm, '\n');
}

/** A line with all that differs from run to run masked. */
export function comparable(line: string): string {
  return line
    .replaceAll(/"(pk|dk|bindingCode|random|signature|encrypted\w+|token)":"[^"]*"/g, '"$1":"X"')
    .replaceAll(/\b[0-9a-f]{8}-[0-9a-f-]{27}\b/g, 'X')
    .replaceAll(/\b[0-9a-f]{32,}\b/g, 'X')
    .replaceAll(/(?<![\d.])(?![56]\d{3}(?![\d.]))\d[\d.]*/g, 'N')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

/** Whether the page shows what was printed. */
export function shows(quoted: readonly string[], printed: readonly string[]): boolean {
  const [first, ...rest] = quoted;
  if (first === undefined) return printed.length === 0;
  if (isGap(first)) return printed.some((_, at) => shows(rest, printed.slice(at))) || shows(rest, []);
  const [line, ...others] = printed;
  return line !== undefined && isSame(first, line) && shows(rest, others);
}

/**
 * What the page has to show now. Lines that it left out stay out, as far as the lines around them can still be found; a line that was
 * reworded is replaced. Without a `…` all that was printed is shown.
 * @param fresh writes the new numbers too.
 */
export function refresh(quoted: readonly string[], printed: readonly string[], fresh = false): readonly string[] {
  if (!fresh && shows(quoted, printed)) return quoted;
  if (!quoted.some(isGap)) return printed.map(cut);
  const kept = quoted.filter((line) => !isGap(line));
  const places = align(kept, printed);
  const result: string[] = [];
  let next = 0;
  let gap: string | undefined;
  let at = 0;
  const leaveOut = (until: number): void => {
    if (gap === undefined) result.push(...printed.slice(next, until).map(cut));
    else if (until > next) result.push(gap);
  };
  for (const line of [...quoted, undefined]) {
    if (line !== undefined && isGap(line)) {
      gap = line;
      continue;
    }
    const place = line === undefined ? printed.length : places[at];
    at += 1;
    if (place === undefined) continue;
    leaveOut(place);
    gap = undefined;
    next = place + 1;
    const found = printed[place];
    if (found !== undefined && line !== undefined) result.push(shown(line, found, fresh));
  }
  return result;
}

/** For each line that is kept, the printed line that is most like it, in order; undefined where there is none. */
function align(kept: readonly string[], printed: readonly string[]): readonly (number | undefined)[] {
  const width = printed.length + 1;
  // best[i * width + j]: how well the lines from i on can be found among the printed ones from j on.
  const best = new Array<number>((kept.length + 1) * width).fill(0);
  const value = (i: number, j: number): number => best[i * width + j] ?? 0;
  const likeness = kept.map((line) => printed.map((other) => alike(line, other)));
  const taken = (i: number, j: number): number => (likeness[i]?.[j] ?? 0) + value(i + 1, j + 1);
  for (let i = kept.length - 1; i >= 0; i -= 1) {
    for (let j = printed.length - 1; j >= 0; j -= 1) {
      const take = (likeness[i]?.[j] ?? 0) >= leastAlike ? taken(i, j) : 0;
      best[i * width + j] = Math.max(take, value(i + 1, j), value(i, j + 1));
    }
  }
  let from = 0;
  return kept.map((_, i) => {
    for (let j = from; j < printed.length; j += 1) {
      if (value(i, j) === value(i + 1, j) && value(i, j) !== taken(i, j)) return undefined;
      if ((likeness[i]?.[j] ?? 0) < leastAlike || value(i, j) !== taken(i, j)) continue;
      from = j + 1;
      return j;
    }
    return undefined;
  });
}

/** 1 for the same line, else less, by the words that two lines have in common; a label, as of a table's row, says more than another word. */
function alike(line: string, other: string): number {
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
  // The last word may be cut in two, and what is masked must not depend on where.
  const beginning = comparable(quoted.slice(0, -1).replace(/[^\s"]*$/, ''));
  return line.startsWith(beginning);
}

/** A line as the page has it, or as it was printed; the end that the page leaves out stays out. */
function shown(quoted: string, printed: string, fresh: boolean): string {
  if (!isSame(quoted, printed)) return cut(printed);
  if (!fresh) return quoted;
  return quoted.endsWith('…') && quoted.length <= printed.length
    ? `${printed.slice(0, quoted.length - 1)}…`
    : cut(printed);
}

/** A message of one line stays whole: it is what people search for. */
function cut(line: string): string {
  return line.startsWith('bindgate: ') || line.length <= widest ? line : `${line.slice(0, widest - 1)}…`;
}
