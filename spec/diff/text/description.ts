import { definedOnly } from '../../defined-only.ts';
import { cosmetic, otherScript, sameWords } from './cosmetic.ts';
import { enumerationIn } from './enumeration.ts';
import { formulasIn, plainFormula } from './formulas.ts';
import { type Aspect, aspects, importantWords, sentencesByAspect } from './sentences.ts';

/** The parts of a description: its structure, and its sentences by aspect. */
export type Description = {
  readonly values: Readonly<Record<string, string>>;
  readonly formulas: readonly string[];
  readonly sentences: Readonly<Record<Aspect, string>>;
};

/** One difference between two descriptions of the same thing, with the different parts of both. */
export type TextDifference = {
  readonly kind:
    | 'values-gone'
    | 'values-new'
    | 'values-other'
    | 'values-swapped'
    | 'formula'
    | 'translated'
    // A sentence about this aspect differs in an important word, or only in other words.
    | Aspect
    | 'algorithm-reworded'
    | 'reworded';
  /** The affected values of an enumeration: `1, 2`. */
  readonly values?: string;
  readonly before?: string;
  readonly after?: string;
};

/** Longer descriptions are not analysed: no page has them, and it would be slow. */
const longest = 10_000;

/** Splits a description into its parts. */
export function describe(text: string): Description {
  const { values, rest } = enumerationIn(cosmetic(text));
  const { formulas, rest: left } = formulasIn(rest);
  return { values, formulas, sentences: sentencesByAspect(left, formulas) };
}

/**
 * The changes between two descriptions. If the structure changed (values, formulas, or an important word in a sentence
 * about an algorithm, a default or a limit), only that is reported. If not, the change of wording is reported once.
 * Differences only in appearance are ignored.
 */
export function compareTexts(before: string, after: string): readonly TextDifference[] {
  if (cosmetic(before) === cosmetic(after)) return [];
  const wording = firstDifference(before, after);
  if (before.length > longest || after.length > longest) return [{ kind: 'prose', ...wording }];
  const [old, newer] = [describe(before), describe(after)];
  const translated = otherScript(before, after);
  const structural = [...compareValues(old.values, newer.values, translated), ...compareFormulas(old, newer)];
  // Punctuation matters only in formulas and quotes.
  if (structural.length === 0 && sameWords(before, after)) return [];
  if (translated) return [...structural, { kind: 'translated', ...wording }];
  const rewritten = aspects.filter((aspect) => !sameWords(old.sentences[aspect], newer.sentences[aspect]));
  const important = rewritten.filter(
    (aspect) => importantIn(aspect, old.sentences[aspect]) !== importantIn(aspect, newer.sentences[aspect]),
  );
  const isCovered = structural.some(({ kind }) => kind === 'formula');
  const strong = important.find((aspect) => aspect !== 'prose' && !(isCovered && aspect === 'algorithm'));
  if (strong !== undefined) return [...structural, { kind: strong, ...wording }];
  const [first] = rewritten;
  if (structural.length > 0 || first === undefined) return structural;
  if (important.includes(first)) return [{ kind: first, ...wording }];
  return [{ kind: first === 'algorithm' ? 'algorithm-reworded' : 'reworded', ...wording }];
}

/** The important words of sentences. Their order matters only in sentences about an algorithm. */
function importantIn(aspect: Aspect, sentences: string): string {
  const found = importantWords(sentences);
  return (aspect === 'algorithm' ? found : found.toSorted()).join(' ');
}

/** Compares listed values; meanings in different languages are not compared. */
function compareValues(
  old: Description['values'],
  newer: Description['values'],
  translated: boolean,
): readonly TextDifference[] {
  const gone = Object.keys(old).filter((value) => newer[value] === undefined);
  const came = Object.keys(newer).filter((value) => old[value] === undefined);
  const other = Object.keys(old).filter((value) => {
    const [was = '', is] = [old[value], newer[value]];
    return is !== undefined && !(translated && otherScript(was, is)) && !sameWords(was, is);
  });
  const hasMeaningOf = (one: string, partner: string): boolean => sameWords(old[one] ?? '', newer[partner] ?? '');
  const swapped = other.filter((one) =>
    other.some((partner) => partner !== one && hasMeaningOf(one, partner) && hasMeaningOf(partner, one)),
  );
  const listed = (values: readonly string[], from: Description['values']): string | undefined =>
    values.flatMap((value) => (from[value] === undefined ? [] : `${value}-${from[value]}`)).join(', ') || undefined;
  return [
    { kind: 'values-gone' as const, values: gone },
    { kind: 'values-swapped' as const, values: swapped, joint: ' and ' },
    { kind: 'values-other' as const, values: other.filter((value) => !swapped.includes(value)) },
    { kind: 'values-new' as const, values: came },
  ]
    .filter(({ values }) => values.length > 0)
    .map(({ kind, values, joint = ', ' }) =>
      definedOnly({ kind, values: values.join(joint), before: listed(values, old), after: listed(values, newer) }),
    );
}

function compareFormulas(old: Description, newer: Description): readonly TextDifference[] {
  const plain = { old: old.formulas.map(plainFormula), newer: newer.formulas.map(plainFormula) };
  if (plain.old.join('\n') === plain.newer.join('\n')) return [];
  const gone = old.formulas.filter((formula) => !plain.newer.includes(plainFormula(formula)));
  const came = newer.formulas.filter((formula) => !plain.old.includes(plainFormula(formula)));
  // If the same formulas have another order, they belong to other words.
  const [before, after] = gone.length + came.length === 0 ? [old.formulas, newer.formulas] : [gone, came];
  return [
    definedOnly({ kind: 'formula', before: before.join('; ') || undefined, after: after.join('; ') || undefined }),
  ];
}

/** The number of words shown before the first different one. */
const lead = 4;
const widest = 100;

/** The different parts of two texts, with a few words before them; an empty text is left out. */
function firstDifference(before: string, after: string): Pick<TextDifference, 'before' | 'after'> {
  const [old, newer] = [before, after].map((text) => text.trim().split(/\s+/));
  if (old === undefined || newer === undefined) return {};
  let start = 0;
  while (start < old.length && start < newer.length && old[start] === newer[start]) start += 1;
  let end = 0;
  const shorter = Math.min(old.length, newer.length) - start;
  while (end < shorter && old.at(-1 - end) === newer.at(-1 - end)) end += 1;
  const cut = (all: readonly string[]): string => {
    const from = Math.max(0, start - lead);
    const upTo = Math.min(all.length, all.length - end + 1);
    const part = all.slice(from, upTo).join(' ');
    const shown = `${from > 0 ? '… ' : ''}${part}${upTo < all.length ? ' …' : ''}`;
    return shown.length > widest ? `${shown.slice(0, widest - 1)}…` : shown;
  };
  return { ...(before.trim() !== '' && { before: cut(old) }), ...(after.trim() !== '' && { after: cut(newer) }) };
}
