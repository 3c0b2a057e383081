import { compareValues, type ValuesDifference } from './compare-values.ts';
import { cosmetic, otherScript, sameWords, words } from './cosmetic.ts';
import { enumerationIn } from './enumeration.ts';
import { formulasIn, plainFormula } from './formulas.ts';
import { type Aspect, aspects, importantWords, sentencesByAspect } from './sentences.ts';

/** The parts of a description: its structure, and its sentences by aspect. */
export type Description = {
  readonly values: Readonly<Record<string, string>>;
  readonly formulas: readonly string[];
  readonly sentences: Readonly<Record<Aspect, string>>;
};

/** One difference between two descriptions of the same thing. */
export type TextDifference =
  | ValuesDifference
  | { readonly kind: 'formula'; readonly before?: string; readonly after?: string }
  | { readonly kind: 'algorithm' | 'default' | 'limit' | 'prose'; readonly important: boolean }
  | { readonly kind: 'translated' };

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
  if (before.length > longest || after.length > longest) return [{ kind: 'prose', important: true }];
  if (sameStructure(before, after)) return [];
  const [old, newer] = [describe(before), describe(after)];
  const translated = otherScript(before, after);
  const structural = [...compareValues(old.values, newer.values, translated), ...compareFormulas(old, newer)];
  if (translated) return [...structural, { kind: 'translated' }];
  const rewritten = aspects.filter((aspect) => !sameWords(old.sentences[aspect], newer.sentences[aspect]));
  const important = rewritten.filter(
    (aspect) => importantIn(aspect, old.sentences[aspect]) !== importantIn(aspect, newer.sentences[aspect]),
  );
  const covered = structural.some(({ kind }) => kind === 'formula') ? ['algorithm'] : [];
  const strong = important.filter((aspect) => aspect !== 'prose' && !covered.includes(aspect)).slice(0, 1);
  const reported = [...structural, ...strong.map((kind) => ({ kind, important: true }))];
  if (reported.length > 0) return reported;
  const kind = rewritten[0];
  return kind === undefined ? [] : [{ kind, important: important.includes(kind) }];
}

/** The important words of sentences. Their order matters only in sentences about an algorithm. */
function importantIn(aspect: Aspect, sentences: string): string {
  const found = importantWords(sentences);
  return (aspect === 'algorithm' ? found : found.toSorted()).join(' ');
}

/** Whether texts have equal words, formulas and values; punctuation matters only in formulas and quotes. */
function sameStructure(before: string, after: string): boolean {
  if (words(before).join(' ') !== words(after).join(' ')) return false;
  const [old, newer] = [describe(before), describe(after)];
  return (
    same(old.formulas.map(plainFormula), newer.formulas.map(plainFormula)) &&
    compareValues(old.values, newer.values, false).length === 0
  );
}

function compareFormulas(old: Description, newer: Description): readonly TextDifference[] {
  const plain = { old: old.formulas.map(plainFormula), newer: newer.formulas.map(plainFormula) };
  if (same(plain.old, plain.newer)) return [];
  const gone = old.formulas.filter((formula) => !plain.newer.includes(plainFormula(formula)));
  const came = newer.formulas.filter((formula) => !plain.old.includes(plainFormula(formula)));
  // If the same formulas have another order, they belong to other words.
  const [before, after] = gone.length + came.length === 0 ? [old.formulas, newer.formulas] : [gone, came];
  return [
    {
      kind: 'formula',
      ...(before.length > 0 && { before: before.join('; ') }),
      ...(after.length > 0 && { after: after.join('; ') }),
    },
  ];
}

function same(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((value, index) => value === other[index]);
}
