import { type Dialect, matchesPattern, settingValue } from '../../spec/dialect.ts';
import { patternLengths, textOfLength } from '../pattern.ts';
import { type Random, seededRandom } from '../random.ts';
import type { RequestContext } from '../request.ts';

/** A dialect setting with the format of a field, as a regular expression. */
export type PatternKey = 'dkPattern' | 'bindingCodePattern';

/** The fixture member that each format applies to. */
const owners = { dkPattern: 'dk', bindingCodePattern: 'bindingCode' } as const;

/** The input for a malformed text. */
type Source = {
  /** A well-formed text. */
  readonly text: string;
  /** The start of a dk, so that characters can be added without exceeding the usual length; the complete bindingCode. */
  readonly start: string;
  readonly key: PatternKey;
  readonly dialect: Dialect;
  readonly random: Random;
};

/** Makes a malformed text; undefined if that is impossible with the pattern. */
export type Corrupt = (source: Source) => string | undefined;

/** A way to make a field's text malformed. */
export type Malformed = {
  readonly name: string;
  /** Follows "a dk" or "a bindingCode": `of three characters`. */
  readonly title: string;
  readonly corrupt: Corrupt;
  /** The only field to try it with; both by default. */
  readonly only?: 'dk' | 'bindingCode';
  /** No format allows it: control characters, line breaks, other scripts, only spaces, 1,000 characters. */
  readonly always?: true;
  /** A server that trims white space finds a different fault: any refusal is right. */
  readonly trims?: true;
  /** In another script, or very long: a server that reads secrets as ASCII, or limits their length, finds a fault in them first. */
  readonly breaksSecret?: true;
};

const dk = { only: 'dk' } as const;
const code = { only: 'bindingCode' } as const;
const always = { always: true } as const;
const trims = { trims: true } as const;
const breaksSecret = { always: true, breaksSecret: true } as const;

const rows: readonly (readonly [name: string, title: string, corrupt: Corrupt, ...marks: Partial<Malformed>[]])[] = [
  ['one-character', 'of one character', ({ text }) => text.slice(0, 1), dk],
  ['too-short', 'one character shorter than the shortest', (source) => textAtEnd('shortest', source)?.slice(1)],
  ['too-long', 'one character longer than the longest', (source) => repeatLast(textAtEnd('longest', source))],
  ['far-too-long', 'of 1,000 characters', ({ text }) => text.repeat(1_000).slice(0, 1_000), dk, breaksSecret],
  ['twice-as-long', 'of twice the length', ({ text }) => text + text, code],
  ['colons', 'written with colons', ({ text }) => inGroups(text, 2).join(':'), dk],
  ['hyphen-first', 'that starts with a hyphen', ({ text }) => `-${text.slice(1)}`, dk],
  ['hyphen-last', 'that ends with a hyphen', ({ text }) => `${text.slice(0, -1)}-`, dk],
  ['lower-case', 'in lower case', ({ text }) => inLowerCase(text), code],
  ['lower-case-last', 'that ends in lower case', ({ text }) => `${text.slice(0, -1)}a`, code],
  ['hyphen', 'with a hyphen inside', ({ text }) => replaceMiddleWith(text, '-'), dk],
  ['underscore', 'with an underscore', ({ text }) => replaceMiddleWith(text, '_'), dk],
  ['space', 'with a space inside', ({ text }) => replaceMiddleWith(text, ' ')],
  ['lower-case-letter', 'with a letter in lower case', ({ text }) => replaceMiddleWith(text, 'a'), dk],
  ['upper-case-letter', 'with a letter in upper case', ({ text }) => replaceMiddleWith(text, 'A')],
  ['not-hex', 'with the letter G', ({ text }) => replaceMiddleWith(text, 'G')],
  ['digit', 'with a digit', ({ text }) => replaceMiddleWith(text, '0')],
  ['not-hex-first', 'that starts with the letter G', ({ text }) => `G${text.slice(1)}`, code],
  ['not-hex-last', 'that ends with the letter G', ({ text }) => `${text.slice(0, -1)}G`, code],
  ['space-first', 'with a space before it', ({ start }) => ` ${start}`, trims],
  ['space-last', 'with a space after it', ({ start }) => `${start} `, trims],
  ['hyphens', 'written in groups', ({ text }) => inGroups(text, 4).join('-'), code],
  ['newline', 'that ends with a newline', ({ text }) => `${text}\n`, code, always, trims],
  ['two-lines', 'on the second of two lines', ({ start }) => `-\n${start}`, always],
  ['first-of-two-lines', 'on the first of two lines', ({ start }) => `${start}\n-`, dk, always],
  ['newline', 'that ends with a newline', ({ text }) => `${text.slice(0, -1)}\n`, dk, always, trims],
  ['non-ascii', 'with full-width digits', ({ text }) => replaceMiddleWith(text, '１'), code, always],
  ['non-ascii', 'with a non-ASCII letter', ({ text }) => replaceMiddleWith(text, 'é'), dk, breaksSecret],
  ['arabic-digits', 'with Arabic digits', ({ text }) => replaceMiddleWith(text, '٣'), dk, breaksSecret],
  ['full-width', 'with full-width digits', ({ text }) => replaceMiddleWith(text, '１'), dk, breaksSecret],
  ['blank', 'of spaces', () => '        ', dk, always, trims],
];

/** The ways to make a field's text malformed: some break every format, the others break the dialect's pattern. */
export function malformedWays(key: PatternKey): readonly Malformed[] {
  return rows
    .map(([name, title, corrupt, ...marks]): Malformed => ({ name, title, corrupt, ...Object.assign({}, ...marks) }))
    .filter(({ only = owners[key] }) => only === owners[key]);
}

/**
 * A text that the pattern refuses. It is made from the fixture's value, or from an invented one if the pattern matches
 * the first result.
 */
export function malformedText(corrupt: Corrupt, key: PatternKey, { fixture, dialect, random }: RequestContext): string {
  const own = fixture[owners[key]] ?? '';
  const made = corrupt(makeSource(own, key, dialect, random));
  if (made !== undefined && !matchesPattern(made, key, dialect)) return made;
  return corrupt(makeSource(sample(key, dialect), key, dialect, random)) ?? own;
}

/** Why a malformed text is not a fault under a dialect: the pattern matches it, or it cannot be made. */
export function unlessAllowed(corrupt: Corrupt, key: PatternKey): (dialect: Dialect) => string | undefined {
  return (dialect) => {
    const made = corrupt(makeSource(sample(key, dialect), key, dialect, seededRandom(0, key)));
    if (made === undefined || made === '') return `${key} ${settingValue(key, dialect)} makes it impossible`;
    return matchesPattern(made, key, dialect) ? notAFault(key, dialect) : undefined;
  };
}

/** Why a text that the dialect's pattern matches is not tried as a fault. */
export function notAFault(key: PatternKey | 'pwdPattern', dialect: Dialect): string {
  return `not a fault under ${key} ${settingValue(key, dialect)}; set --dialect ${key}=… if your format is narrower`;
}

/** An invented well-formed text: 12 characters if the pattern allows them. */
export function sample(key: PatternKey, dialect: Dialect): string {
  const random = seededRandom(0, 'sample', key);
  return (
    textOfLength(patternIn(key, dialect), 12, random) ?? textOfEnd('shortest', patternIn(key, dialect), random) ?? ''
  );
}

/** A shortest or longest text of a pattern; undefined if there is no such text or no limit. */
export function textOfEnd(end: 'shortest' | 'longest', pattern: string, random: Random): string | undefined {
  const length = patternLengths(pattern)?.[end];
  return length === undefined ? undefined : textOfLength(pattern, length, random);
}

/** A text with its middle character replaced. */
export function replaceMiddleWith(text: string, character: string): string {
  const at = Math.floor(text.length / 2);
  return `${text.slice(0, at)}${character}${text.slice(at + 1)}`;
}

function makeSource(text: string, key: PatternKey, dialect: Dialect, random: Random): Source {
  return { text, start: key === 'dkPattern' ? text.slice(0, 12) : text, key, dialect, random };
}

function textAtEnd(end: 'shortest' | 'longest', { key, dialect, random }: Source): string | undefined {
  return textOfEnd(end, patternIn(key, dialect), random);
}

function repeatLast(text: string | undefined): string | undefined {
  return text === undefined ? undefined : text + text.slice(-1);
}

function inGroups(text: string, length: number): readonly string[] {
  return text.match(new RegExp(`.{1,${length}}`, 'g')) ?? [];
}

/** The text in lower case; a bindingCode with only digits gets a lower-case letter. */
function inLowerCase(text: string): string {
  return /[A-F]/.test(text) ? text.toLowerCase() : `a${text.slice(1)}`;
}

function patternIn(key: PatternKey, dialect: Dialect): string {
  return String(settingValue(key, dialect));
}
