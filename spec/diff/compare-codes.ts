import type { RuleId, Statement } from './change.ts';
import { otherScript, sameSigns, sameWords, words } from './text/cosmetic.ts';

/** One code in a document's list. */
export type ListedCode = { readonly code: string; readonly meaning: string };

/** One difference between two lists of codes, with the affected codes of the old and the new document. */
export type CodeDifference = Statement & { readonly old: readonly string[]; readonly newer: readonly string[] };

/**
 * Compares two lists of codes; each code is in at most one difference.
 * @param isExact whether to report meanings that differ only in appearance.
 */
export function compareCodes(
  old: readonly ListedCode[],
  newer: readonly ListedCode[],
  isExact = false,
): readonly CodeDifference[] {
  // If only one document has a list, that is one change: the other may have it in another form, or be another kind of document.
  if (old.length > 1 && newer.length === 0)
    return [difference('codes-all-removed', 'were all removed: the new document lists no codes', old, [])];
  if (old.length === 0 && newer.length > 1)
    return [difference('codes-all-added', 'were all added: the old document lists no codes', [], newer)];
  const before = new Set(numbers(old));
  const after = new Map(newer.map(({ code, meaning }) => [code, meaning]));
  const now = ({ code }: ListedCode): string => after.get(code) ?? '';
  const gone = old.filter(({ code }) => !after.has(code));
  const came = newer.filter(({ code }) => !before.has(code));
  const same = isExact ? sameSigns : sameWords;
  const differing = old.filter((entry) => after.has(entry.code) && !same(entry.meaning, now(entry)));
  const {
    foreign = [],
    reworded = [],
    changed = [],
  } = Object.groupBy(differing, (entry) => {
    if (otherScript(entry.meaning, now(entry))) return 'foreign';
    return sameWordSet(entry.meaning, now(entry)) ? 'reworded' : 'changed';
  });
  const renumbered = pairs(gone, came);
  const rings = findRings(changed, now);
  const outside = changed.filter((entry) => !rings.some((ring) => ring.includes(entry)));
  const taken = renumbered.map(([, to]) => to);
  const reused = pairs(
    outside,
    came.filter((entry) => !taken.includes(entry)),
  );
  const moved = [...renumbered, ...reused].flat();
  const unreported = (codes: readonly ListedCode[]): readonly ListedCode[] =>
    codes.filter((entry) => !moved.includes(entry));
  const meanings = (entry: ListedCode): Pick<Statement, 'before' | 'after'> => ({
    before: entry.meaning,
    after: now(entry),
  });
  const [first] = foreign;
  const inOtherLanguage = `${foreign.length === 1 ? 'has its meaning' : 'have their meanings'} in another language`;
  return [
    ...renumbered.map(([from, to]) =>
      difference('code-renumbered', `(${from.meaning}) is now ${to.code}`, [from], [to], {
        before: from.code,
        after: to.code,
      }),
    ),
    ...rings.map((ring) =>
      difference('codes-swapped', `have swapped their meanings${ring.length === 2 ? '' : ' in a ring'}`, ring, ring, {
        before: ring.map(({ code, meaning }) => `${code} ${meaning}`).join('; '),
        after: ring.map(({ code }, index) => `${code} ${ring[(index + 1) % ring.length]?.meaning ?? ''}`).join('; '),
      }),
    ),
    ...reused.map(([from, to]) => {
      const what = `has another meaning; its old meaning now has code ${to.code}`;
      return difference('code-reused', what, [from], [from, to], meanings(from));
    }),
    ...unreported(outside).map((entry) =>
      difference('code-meaning-changed', 'has another meaning', [entry], [entry], meanings(entry)),
    ),
    ...unreported(gone).map((entry) =>
      difference('code-removed', 'was removed', [entry], [], { before: entry.meaning }),
    ),
    ...unreported(came).map((entry) => difference('code-added', 'was added', [], [entry], { after: entry.meaning })),
    ...reworded.map((entry) => difference('code-reworded', 'is worded differently', [entry], [entry], meanings(entry))),
    ...(first === undefined
      ? []
      : [difference('codes-translated', inOtherLanguage, foreign, foreign, meanings(first))]),
  ];
}

function difference(
  rule: RuleId,
  what: string,
  old: readonly ListedCode[],
  newer: readonly ListedCode[],
  texts: Pick<Statement, 'before' | 'after'> = {},
): CodeDifference {
  return { rule, what, ...texts, old: numbers(old), newer: numbers(newer) };
}

function numbers(codes: readonly ListedCode[]): readonly string[] {
  return codes.map(({ code }) => code);
}

/** Pairs old codes with new numbers of the same meaning, one to one; codes with several candidates are not paired. */
function pairs(from: readonly ListedCode[], to: readonly ListedCode[]): readonly (readonly [ListedCode, ListedCode])[] {
  return from.flatMap((one) => {
    const matches = to.filter(({ meaning }) => sameWordSet(meaning, one.meaning));
    const rivals = from.filter(({ meaning }) => sameWordSet(meaning, one.meaning));
    const [match] = matches;
    return matches.length === 1 && rivals.length === 1 && match !== undefined ? [[one, match] as const] : [];
  });
}

/** Codes that have swapped their meanings, as rings: the new meaning of each code is the old meaning of the next. */
function findRings(
  changed: readonly ListedCode[],
  now: (entry: ListedCode) => string,
): readonly (readonly ListedCode[])[] {
  const seen = new Set<string>();
  return changed.flatMap((start) => {
    const ring: ListedCode[] = [];
    let at: ListedCode | undefined = start;
    while (at !== undefined && !seen.has(at.code) && !ring.includes(at)) {
      ring.push(at);
      const next: string = now(at);
      at = changed.find(({ meaning }) => sameWords(meaning, next));
    }
    if (at !== start || ring.length < 2) return [];
    for (const { code } of ring) seen.add(code);
    return [ring];
  });
}

/** Whether two texts have the same words in any order. */
function sameWordSet(one: string, other: string): boolean {
  const sortedWords = (text: string): string => [...words(text)].sort().join(' ');
  return sortedWords(one) !== '' && sortedWords(one) === sortedWords(other);
}
