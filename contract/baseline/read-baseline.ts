import { inert } from '../inert.ts';
import type { Suite } from '../suite.ts';
import { UserError } from '../user-error.ts';
import { isAnswer } from './answer.ts';
import { baselineFormat, notRunWord } from './baseline-text.ts';
import type { Behaviour, Observation } from './behaviour.ts';
import { leftOut } from './behaviour.ts';

const recordHint = 'record it again with `bindgate verify --record`';

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
  const facts = { case: new Map<string, Observation>(), precedence: new Map<string, Observation>() };
  const firstAt = new Map<string, number>();
  let at = 2;
  for (; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    if (line.startsWith('end ')) break;
    const fact = parseFact(line);
    if (fact === undefined) throw wrong(at, notAFact(line, at === lines.length - 1));
    const { kind, id, seen } = fact;
    const earlier = firstAt.get(`${kind} ${id}`);
    if (earlier !== undefined)
      throw wrong(at, `"${kind} ${inert(id)}" is already in line ${earlier + 1}; ${recordHint}`);
    firstAt.set(`${kind} ${id}`, at);
    facts[kind].set(id, seen);
  }
  const count = facts.case.size + facts.precedence.size;
  const end = lines[at];
  if (end === undefined)
    throw wrong(lines.length - 1, `the baseline file is cut off: its last line "end N" is missing; ${recordHint}`);
  if (end !== `end ${count}`) {
    throw wrong(
      at,
      `the line is "${inert(end, 40)}", but there are ${count} facts: lines were removed or added; ${recordHint}`,
    );
  }
  const extra = lines.findIndex((line, index) => index > at && line !== '');
  if (extra >= 0) throw wrong(extra, `there is text after the last line; ${recordHint}`);
  const { case: cases, precedence } = facts;
  return { name, catalogue, dialectAt: `${name}:2`, dialect, detail: 'answers', cases, precedence };
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

type Fact = { readonly kind: 'case' | 'precedence'; readonly id: string; readonly seen: Observation };

function parseFact(line: string): Fact | undefined {
  const parts = /^case ([\w./-]+): (.+)$/.exec(line) ?? /^precedence ([^:+]+ \+ [^:+]+): (.+)$/.exec(line);
  const [, id, text] = parts ?? [];
  if (id === undefined || text === undefined) return undefined;
  const kind = line.startsWith('case ') ? 'case' : 'precedence';
  if (text === notRunWord) return { kind, id, seen: { notRun: 'it did not run when the baseline was recorded' } };
  const seen = text.split(' or ');
  return seen.every(isSeen) ? { kind, id, seen: { seen } } : undefined;
}

function isSeen(text: string): boolean {
  return text.split(' > ').every((step) => step === leftOut || step.split(' | ').every(isAnswer));
}

function notAFact(line: string, isLast: boolean): string {
  if (/^(<{7}|={7}|>{7}|\|{7})/.test(line)) return `this is a merge conflict; resolve it, or ${recordHint}`;
  if (isLast || line === '') return `the baseline file is cut off or damaged here; ${recordHint}`;
  return `"${inert(line, 60)}" is not a fact; ${recordHint}`;
}
