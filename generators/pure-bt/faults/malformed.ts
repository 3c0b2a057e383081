import type { Dialect } from '../../../spec/pure-bt/dialect.ts';
import { matchesPattern } from '../../../spec/pure-bt/dialect.ts';
import { lengthsOf, textOfLength } from '../../pattern.ts';
import type { Random } from '../../random.ts';
import { seededRandom } from '../../random.ts';
import type { RequestContext } from '../request.ts';

/** A field whose format is a regular expression of the dialect. */
export type PatternKey = 'dkPattern' | 'bindingCodePattern';

/** A way to spoil a well-formed text of a field. */
export type Malformed = {
  readonly name: string;
  /** After "a dk" or "a bindingCode": `of three characters`. */
  readonly title: string;
  /** The text, made from a well-formed one; undefined where the pattern leaves no room for it. */
  readonly spoil: (text: string, dialect: Dialect, random: Random) => string | undefined;
  /** Whether no format allows it: control characters, line breaks, other scripts, only spaces, 1,000 characters. */
  readonly always?: true;
  /** A server that takes white space away finds something else wrong with it: any refusal is right. */
  readonly trims?: true;
  /** Of another script: a server that reads secrets as ASCII finds the PK,DK inside them wrong as well. */
  readonly isForeign?: true;
};

/** Boundaries of a pattern: one off at each end. */
export function boundaries(key: PatternKey): readonly Malformed[] {
  return [
    {
      name: 'too-short',
      title: 'of one character less than the shortest',
      spoil: (_, dialect, random) => shortestOf(key, dialect, random)?.slice(1),
    },
    {
      name: 'too-long',
      title: 'of one character more than the longest',
      spoil: (_, dialect, random) => {
        const longest = longestOf(key, dialect, random);
        return longest === undefined ? undefined : longest + longest.slice(-1);
      },
    },
  ];
}

/** Characters that a pattern may refuse, one class each, put into the middle of a well-formed text. */
export const strangers: readonly Malformed[] = [
  ['hyphen', 'with a hyphen inside', '-'],
  ['underscore', 'with an underscore', '_'],
  ['space', 'with a space inside', ' '],
  ['lower-case-letter', 'with a letter in lower case', 'a'],
  ['upper-case-letter', 'with a letter in upper case', 'A'],
  ['not-hex', 'with the letter G', 'G'],
  ['digit', 'with a digit', '0'],
].map(([name = '', title = '', character = '']) => ({ name, title, spoil: (text: string) => inside(text, character) }));

/** Line breaks, other scripts and nothing but spaces: no format allows them. */
export const neverAllowed: readonly Malformed[] = (
  [
    { name: 'two-lines', title: 'on the second of two lines', spoil: (text) => `-\n${text.slice(0, 12)}` },
    { name: 'first-of-two-lines', title: 'on the first of two lines', spoil: (text) => `${text.slice(0, 12)}\n-` },
    { name: 'newline', title: 'that ends with a newline', spoil: (text) => `${text.slice(0, -1)}\n`, trims: true },
    { name: 'non-ascii', title: 'with a non-ASCII letter', spoil: (text) => inside(text, 'é'), isForeign: true },
    { name: 'arabic-digits', title: 'with Arabic digits', spoil: (text) => inside(text, '٣'), isForeign: true },
    { name: 'full-width', title: 'with full-width digits', spoil: (text) => inside(text, '１'), isForeign: true },
  ] satisfies readonly Malformed[]
).map((row) => ({ ...row, always: true as const }));

/**
 * A text that the pattern refuses: made from the fixture's own, or from one that is made up where the pattern happens to
 * match the result.
 */
export function malformedText({ spoil }: Malformed, key: PatternKey, own: string, context: RequestContext): string {
  const { dialect, random } = context;
  const made = spoil(own, dialect, random);
  if (made !== undefined && !matchesPattern(made, key, dialect)) return made;
  return spoil(sample(key, dialect), dialect, random) ?? own;
}

/** Why a way to spoil a text is no fault under a dialect: the pattern matches the result, or leaves no room for it. */
export function unlessAllowed({ spoil }: Malformed, key: PatternKey): (dialect: Dialect) => string | undefined {
  return (dialect) => {
    const made = spoil(sample(key, dialect), dialect, seededRandom(0, key));
    if (made === undefined || made === '') return `${key} ${dialect[key]} leaves no room for it`;
    return matchesPattern(made, key, dialect) ? `${key} ${dialect[key]} allows it` : undefined;
  };
}

/** A well-formed text that is made up: 12 characters where the pattern allows them. */
export function sample(key: PatternKey, dialect: Dialect): string {
  const random = seededRandom(0, 'sample', key);
  return textOfLength(dialect[key], 12, random) ?? shortestOf(key, dialect, random) ?? '';
}

/** A shortest well-formed text; undefined where there is none. */
export function shortestOf(key: PatternKey, dialect: Dialect, random: Random): string | undefined {
  const lengths = lengthsOf(dialect[key]);
  return lengths === undefined ? undefined : textOfLength(dialect[key], lengths.shortest, random);
}

/** A longest well-formed text; undefined where there is no bound. */
export function longestOf(key: PatternKey, dialect: Dialect, random: Random): string | undefined {
  const longest = lengthsOf(dialect[key])?.longest;
  return longest === undefined ? undefined : textOfLength(dialect[key], longest, random);
}

/** A text with its middle character replaced. */
export function inside(text: string, character: string): string {
  const at = Math.floor(text.length / 2);
  return `${text.slice(0, at)}${character}${text.slice(at + 1)}`;
}
