import type { RuleId, Statement } from './change.ts';
import { otherScript, sameSigns, sameWords, words } from './text/cosmetic.ts';

/** One code as a document lists it. */
export type ListedCode = { readonly code: string; readonly meaning: string };

/** What happened to codes: those of the old document and of the new one that it is about, and what to say of them. */
export type CodeDifference = Statement & { readonly old: readonly string[]; readonly newer: readonly string[] };

/**
 * What changed between two lists of codes; each code of either list is told of at most once.
 * @param isExact whether meanings that only look different are told too.
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
      what: `(${from.meaning}) is ${to.code} now`,
      before: from.code,
      after: to.code,
      old: [from.code],
      newer: [to.code],
    })),
    ...rings.map((ring) => ringChange(ring)),
    ...reused.map(([from, to]) => ({
      rule: 'code-reused' as const,
      what: `means something else, and what it meant is ${to.code} now`,
      before: from.meaning,
      after: after.get(from.code) ?? '',
      old: [from.code],
      newer: [from.code, to.code],
    })),
    ...withoutTold(outside, moved).map((entry) =>
      meaningDifference('code-meaning-changed', 'means something else', entry, after),
    ),
    ...withoutTold(gone, moved).map(({ code, meaning }) => ({
      rule: 'code-removed' as const,
      what: 'is gone',
      before: meaning,
      old: [code],
      newer: [],
    })),
    ...withoutTold(came, moved).map(({ code, meaning }) => ({
      rule: 'code-added' as const,
      what: 'is new',
      after: meaning,
      old: [],
      newer: [code],
    })),
    ...reworded.map((entry) => meaningDifference('code-reworded', 'is worded otherwise', entry, after)),
    ...(foreign.length === 0 ? [] : [translated(foreign, after)]),
  ];
}

function byCode(codes: readonly ListedCode[]): ReadonlyMap<string, string> {
  return new Map(codes.map(({ code, meaning }) => [code, meaning]));
}

function split<Item>(
  items: readonly Item[],
  holds: (item: Item) => boolean,
): readonly [readonly Item[], readonly Item[]] {
  return [items.filter(holds), items.filter((item) => !holds(item))];
}

function withoutTold(codes: readonly ListedCode[], told: ReadonlySet<string>): readonly ListedCode[] {
  return codes.filter(({ code }) => !told.has(code));
}

/** Old codes whose meaning a new number has, one to one; what could be several is nobody's. */
function pairs(from: readonly ListedCode[], to: readonly ListedCode[]): readonly (readonly [ListedCode, ListedCode])[] {
  return from.flatMap((one) => {
    const matches = to.filter(({ meaning }) => sameWordSet(meaning, one.meaning));
    const rivals = from.filter(({ meaning }) => sameWordSet(meaning, one.meaning));
    const [match] = matches;
    return matches.length === 1 && rivals.length === 1 && match !== undefined ? [[one, match] as const] : [];
  });
}

/** Codes that have exchanged their meanings, as rings: each one's new meaning is the next one's old one. */
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
    what: ring.length === 2 ? 'have exchanged their meanings' : 'have passed their meanings round',
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

/** A list that one document alone has is one change: it may stand in another form, or belong to another kind of document. */
function wholeList(codes: readonly ListedCode[], side: 'old' | 'newer'): CodeDifference {
  const named = codes.map(({ code }) => code);
  return side === 'old'
    ? { rule: 'codes-all-removed', what: 'are gone: the new document lists none', old: named, newer: [] }
    : { rule: 'codes-all-added', what: 'are new: the old document lists none', old: [], newer: named };
}

/** The same words in any order. */
function sameWordSet(one: string, other: string): boolean {
  const sortedWords = (text: string): string => [...words(text)].sort().join(' ');
  return sortedWords(one) !== '' && sortedWords(one) === sortedWords(other);
}
