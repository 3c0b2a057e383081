import { compareValues, type ValuesDifference } from './compare-values.ts';
import { cosmetic, otherScript, sameWords, words } from './cosmetic.ts';
import { enumerationIn } from './enumeration.ts';
import { formulasIn, plainFormula } from './formulas.ts';
import { type Aspect, aspects, sentencesByAspect, weightyWords } from './sentences.ts';

/** A description taken apart: what is structure, and its sentences by what they are about. */
export type Description = {
  readonly values: Readonly<Record<string, string>>;
  readonly formulas: readonly string[];
  readonly sentences: Readonly<Record<Aspect, string>>;
};

/** How two descriptions of one thing differ, each difference once. */
export type TextDifference =
  | ValuesDifference
  | { readonly kind: 'formula'; readonly before?: string; readonly after?: string }
  | { readonly kind: 'algorithm' | 'default' | 'limit' | 'prose'; readonly weighty: boolean }
  | { readonly kind: 'translated' };

/** Longer ones are not taken apart: no page has them, and it would cost. What differs in them is for a reader to judge. */
const longest = 10_000;

/** A description taken apart by its structure. */
export function describe(text: string): Description {
  const { values, rest } = enumerationIn(cosmetic(text));
  const { formulas, rest: left } = formulasIn(rest);
  return { values, formulas, sentences: sentencesByAspect(left, formulas) };
}

/**
 * What changed between two descriptions. Where structure changed (values, formulas, or a weighty word in a sentence about an
 * algorithm, a default or a bound) that alone is told; otherwise how the wording changed, once. Nothing for looks alone.
 */
export function compareTexts(before: string, after: string): readonly TextDifference[] {
  if (cosmetic(before) === cosmetic(after)) return [];
  if (before.length > longest || after.length > longest) return [{ kind: 'prose', weighty: true }];
  if (sameStructure(before, after)) return [];
  const [old, newer] = [describe(before), describe(after)];
  const translated = otherScript(before, after);
  const structural = [...compareValues(old.values, newer.values, translated), ...compareFormulas(old, newer)];
  if (translated) return [...structural, { kind: 'translated' }];
  const rewritten = aspects.filter((aspect) => !sameWords(old.sentences[aspect], newer.sentences[aspect]));
  const weighty = rewritten.filter(
    (aspect) => weightIn(aspect, old.sentences[aspect]) !== weightIn(aspect, newer.sentences[aspect]),
  );
  const covered = structural.some(({ kind }) => kind === 'formula') ? ['algorithm'] : [];
  const strong = weighty.filter((aspect) => aspect !== 'prose' && !covered.includes(aspect)).slice(0, 1);
  const told = [...structural, ...strong.map((kind) => ({ kind, weighty: true }))];
  if (told.length > 0) return told;
  const kind = rewritten[0];
  return kind === undefined ? [] : [{ kind, weighty: weighty.includes(kind) }];
}

/** In what is said of an algorithm the order of names counts; elsewhere other words may bring another order. */
function weightIn(aspect: Aspect, sentences: string): string {
  const weighty = weightyWords(sentences);
  return (aspect === 'algorithm' ? weighty : weighty.toSorted()).join(' ');
}

/** Formulas and quoted signs aside, punctuation is looks; so equal words and equal formulas mean the same text. */
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
  // The same formulas in another order belong to other words.
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
