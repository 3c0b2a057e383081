import { inert } from '../inert.ts';
import type { Suite } from '../suite.ts';
import { UserError } from '../user-error.ts';
import { isAnswer } from './answer.ts';
import { type Behaviour, type Facts, leftOut, type Observation } from './behaviour.ts';

/** The first word of a baseline file: its kind and the version of the format. */
const baselineFormat = 'bindgate.baseline/1';

/** Written for a case that did not run. */
const notRunWord = 'not-run';

const recordHint = 'record it again with `bindgate verify --record`';

/**
 * Writes a behaviour as text: sorted, with one fact on each line.
 *
 * The first line has the format and the catalogue of cases, the second the dialect. Lines `case <id>: <steps>` and
 * `precedence <fault> + <fault>: <status> <code>` follow. The last line has the number of facts, which reveals a cut file.
 * ` > ` separates steps, ` | ` separates answers to concurrent requests, and ` or ` separates results that vary between runs.
 */
export function baselineText({ catalogue, dialect, facts }: Behaviour): string {
  const lines = [...facts]
    .map(([key, seen]) => `${key}: ${'seen' in seen ? seen.seen.join(' or ') : notRunWord}`)
    .sort();
  const settings = Object.entries(dialect).map(([key, value]) => `${key}=${value}`);
  return [
    `${baselineFormat} catalogue ${catalogue}`,
    `dialect ${settings.join(' ')}`,
    ...lines,
    `end ${lines.length}`,
    '',
  ].join('\n');
}

/**
 * Reads a baseline file.
 * @param name its name in messages: the file.
 * @throws UserError (exit code 2) with file and line for everything that `baselineText` does not write.
 */
export function readBaseline(text: string, name: string, { operation }: Suite): Behaviour {
  // An editor or git on Windows may have changed the line ends.
  const lines = text.replace(/^\ufeff/, '').split(/\r?\n/);
  const wrong = (at: number, what: string): UserError => new UserError(`${name}:${at + 1}: ${what}`, 2);
  const catalogue = readHead(lines[0] ?? '', (what) => wrong(0, what));
  const dialect = readSettings(lines[1] ?? '', Object.keys(operation.settings), (what) => wrong(1, what));
  const endAt = lines.findIndex((line, at) => at > 1 && line.startsWith('end '));
  const facts = readFacts(lines.slice(0, endAt < 0 ? lines.length : endAt), endAt < 0, wrong);
  if (endAt < 0)
    throw wrong(lines.length - 1, `the baseline file is cut off: its last line "end N" is missing; ${recordHint}`);
  const end = lines[endAt] ?? '';
  if (end !== `end ${facts.size}`) {
    throw wrong(
      endAt,
      `the line is "${inert(end, 40)}", but there are ${facts.size} facts: lines were removed or added; ${recordHint}`,
    );
  }
  const extra = lines.findIndex((line, at) => at > endAt && line !== '');
  if (extra >= 0) throw wrong(extra, `there is text after the last line; ${recordHint}`);
  return { name, catalogue, dialectAt: `${name}:2`, dialect, detail: 'answers', facts };
}

function readHead(line: string, wrong: (what: string) => UserError): number {
  const [format = '', version] = /^(bindgate\.[a-z]+)\/(\d+)/.exec(line)?.slice(1) ?? [];
  const wanted = `a ${baselineFormat} file written by \`bindgate verify --record\``;
  if (format === '') {
    throw wrong(
      `this is not a baseline file: ${line === '' ? 'it is empty' : 'the first line has another format'}; give ${wanted}`,
    );
  }
  if (`${format}/${version}` !== baselineFormat) {
    throw wrong(
      `this file has the format ${format}/${version}, but this version of bindgate reads ${baselineFormat}; ${recordHint}`,
    );
  }
  const catalogue = /^\S+ catalogue ([1-9]\d{0,8})$/.exec(line)?.[1];
  if (catalogue === undefined) throw wrong(`"catalogue N" must follow "${baselineFormat}"; ${recordHint}`);
  return Number(catalogue);
}

function readSettings(line: string, keys: readonly string[], wrong: (what: string) => UserError): Behaviour['dialect'] {
  if (!/^dialect( |$)/.test(line)) throw wrong(`the line must be "dialect key=value …"; ${recordHint}`);
  const settings = new Map<string, string>();
  for (const word of line.split(' ').slice(1)) {
    const [key = '', value] = [word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1)];
    const known = keys.find((name) => name === key);
    if (known === undefined) {
      throw wrong(`"${inert(word, 60)}" is not a dialect setting of this version of bindgate; ${recordHint}`);
    }
    if (settings.has(known)) throw wrong(`the setting ${key} is given twice; ${recordHint}`);
    settings.set(known, value);
  }
  return Object.fromEntries(settings);
}

/** Reads the facts from the third line on. */
function readFacts(lines: readonly string[], isCut: boolean, wrong: (at: number, what: string) => UserError): Facts {
  const facts = new Map<string, Observation>();
  for (const [at, line] of lines.entries()) {
    if (at < 2) continue;
    const [, key, text] = /^(case [\w./-]+|precedence [^:+]+ \+ [^:+]+): (.+)$/.exec(line) ?? [];
    const seen = text === undefined ? undefined : readObservation(text);
    if (key === undefined || seen === undefined) throw wrong(at, notAFact(line, isCut && at === lines.length - 1));
    if (facts.has(key)) {
      const earlier = lines.findIndex((other) => other.startsWith(`${key}: `));
      throw wrong(at, `"${inert(key)}" is already in line ${earlier + 1}; ${recordHint}`);
    }
    facts.set(key, seen);
  }
  return facts;
}

function readObservation(text: string): Observation | undefined {
  if (text === notRunWord) return { notRun: 'it did not run when the baseline was recorded' };
  const seen = text.split(' or ');
  return seen.every(isSeen) ? { seen } : undefined;
}

function isSeen(text: string): boolean {
  return text.split(' > ').every((step) => step === leftOut || step.split(' | ').every(isAnswer));
}

function notAFact(line: string, isLast: boolean): string {
  if (/^(<{7}|={7}|>{7}|\|{7})/.test(line)) return `this is a merge conflict; resolve it, or ${recordHint}`;
  if (isLast || line === '') return `the baseline file is cut off or damaged here; ${recordHint}`;
  return `"${inert(line, 60)}" is not a fact; ${recordHint}`;
}
