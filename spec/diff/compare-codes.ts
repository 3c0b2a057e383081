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
  if (old.length > 1 && newer.length === 0) return [wholeList(old, 'old')];
  if (old.length === 0 && newer.length > 1) return [wholeList(newer, 'newer')];
  const [before, after] = [byCode(old), byCode(newer)];
  const kept = old.filter(({ code }) => after.has(code));
  const gone = old.filter(({ code }) => !after.has(code));
  const came = newer.filter(({ code }) => !before.has(code));
  const same = isExact ? sameSigns : sameWords;
  const differing = kept.filter(({ code, meaning }) => !same(meaning, after.get(code) ?? ''));
  const [foreign, other] = split(differing, ({ code, meaning }) => otherScript(meaning, after.get(code) ?? ''));
  const [reworded, changed] = split(other, ({ code, meaning }) => sameWordSet(meaning, after.get(code) ?? ''));
  const renumbered = pairs(gone, came);
  const rings = findRings(changed, after);
  const inRings = new Set(rings.flat().map(({ code }) => code));
  const outside = changed.filter(({ code }) => !inRings.has(code));
  const taken = new Set(renumbered.map(([, { code }]) => code));
  const reused = pairs(
    outside,
    came.filter(({ code }) => !taken.has(code)),
  );
  const moved = new Set([...renumbered, ...reused].flat().map(({ code }) => code));
  return [
    ...renumbered.map(([from, to]) => ({
      rule: 'code-renumbered' as const,
      what: `(${from.meaning}) is now ${to.code}`,
      before: from.code,
      after: to.code,
      old: [from.code],
      newer: [to.code],
    })),
    ...rings.map((ring) => ringChange(ring)),
    ...reused.map(([from, to]) => ({
      rule: 'code-reused' as const,
      what: `has another meaning; its old meaning now has code ${to.code}`,
      before: from.meaning,
      after: after.get(from.code) ?? '',
      old: [from.code],
      newer: [from.code, to.code],
    })),
    ...withoutReported(outside, moved).map((entry) =>
      meaningDifference('code-meaning-changed', 'has another meaning', entry, after),
    ),
    ...withoutReported(gone, moved).map(({ code, meaning }) => ({
      rule: 'code-removed' as const,
      what: 'was removed',
      before: meaning,
      old: [code],
      newer: [],
    })),
    ...withoutReported(came, moved).map(({ code, meaning }) => ({
      rule: 'code-added' as const,
      what: 'was added',
      after: meaning,
      old: [],
      newer: [code],
    })),
    ...reworded.map((entry) => meaningDifference('code-reworded', 'is worded differently', entry, after)),
    ...(foreign.length === 0 ? [] : [translated(foreign, after)]),
  ];
}

function byCode(codes: readonly ListedCode[]): ReadonlyMap<string, string> {
  return new Map(codes.map(({ code, meaning }) => [code, meaning]));
}

function split<Item>(
  items: readonly Item[],
  matches: (item: Item) => boolean,
): readonly [readonly Item[], readonly Item[]] {
  return [items.filter(matches), items.filter((item) => !matches(item))];
}

function withoutReported(codes: readonly ListedCode[], reported: ReadonlySet<string>): readonly ListedCode[] {
  return codes.filter(({ code }) => !reported.has(code));
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
  after: ReadonlyMap<string, string>,
): readonly (readonly ListedCode[])[] {
  const seen = new Set<string>();
  return changed.flatMap((start) => {
    const ring: ListedCode[] = [];
    let at: ListedCode | undefined = start;
    while (at !== undefined && !seen.has(at.code) && !ring.includes(at)) {
      ring.push(at);
      const next: string = after.get(at.code) ?? '';
      at = changed.find(({ meaning }) => sameWords(meaning, next));
    }
    if (at !== start || ring.length < 2) return [];
    for (const { code } of ring) seen.add(code);
    return [ring];
  });
}

function ringChange(ring: readonly ListedCode[]): CodeDifference {
  const codes = ring.map(({ code }) => code);
  return {
    rule: 'codes-swapped',
    what: ring.length === 2 ? 'have swapped their meanings' : 'have swapped their meanings in a ring',
    before: ring.map(({ code, meaning }) => `${code} ${meaning}`).join('; '),
    after: ring.map(({ code }, index) => `${code} ${ring[(index + 1) % ring.length]?.meaning ?? ''}`).join('; '),
    old: codes,
    newer: codes,
  };
}

function meaningDifference(
  rule: RuleId,
  what: string,
  { code, meaning }: ListedCode,
  after: ReadonlyMap<string, string>,
): CodeDifference {
  return { rule, what, before: meaning, after: after.get(code) ?? '', old: [code], newer: [code] };
}

function translated(codes: readonly ListedCode[], after: ReadonlyMap<string, string>): CodeDifference {
  const [first] = codes;
  const named = codes.map(({ code }) => code);
  return {
    rule: 'codes-translated',
    what: codes.length === 1 ? 'has its meaning in another language' : 'have their meanings in another language',
    before: first?.meaning ?? '',
    after: after.get(first?.code ?? '') ?? '',
    old: named,
    newer: named,
  };
}

/** If only one document has a list, that is one change: the other may have it in another form, or be another kind of document. */
function wholeList(codes: readonly ListedCode[], side: 'old' | 'newer'): CodeDifference {
  const named = codes.map(({ code }) => code);
  return side === 'old'
    ? { rule: 'codes-all-removed', what: 'were all removed: the new document lists no codes', old: named, newer: [] }
    : { rule: 'codes-all-added', what: 'were all added: the old document lists no codes', old: [], newer: named };
}

/** Whether two texts have the same words in any order. */
function sameWordSet(one: string, other: string): boolean {
  const sortedWords = (text: string): string => [...words(text)].sort().join(' ');
  return sortedWords(one) !== '' && sortedWords(one) === sortedWords(other);
}
