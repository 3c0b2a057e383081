import type { Case } from '../run/case.ts';
import type { Suite } from '../suite.ts';
import { readAnswer } from './answer.ts';
import { type Facts, toKey } from './behaviour.ts';
import { describeDifference, isSuccess } from './difference.ts';

/** A pair of faults and the expected code of each alone; 0 if the document has none. */
type FaultPair = NonNullable<Case['pair']>;

/** The pairs of a suite by id, and the single case of each state. A fault of a request has the name of its case. */
type Known = { readonly pairs: ReadonlyMap<string, FaultPair>; readonly soloCases: ReadonlyMap<string, string> };

function indexSuite({ cases, precedence }: Suite): Known {
  const pairs = precedence.flatMap(({ pair }) => (pair === undefined ? [] : [pair]));
  const solo = pairs.flatMap(({ codes: [, code], names: [, name] }) => {
    const own = cases.find(({ given: state, code: of, steps }) => state === name && of === code && steps.length === 1);
    return own === undefined ? [] : [[name, own.id] as const];
  });
  return { pairs: new Map(pairs.map((pair) => [pair.names.join(' + '), pair])), soloCases: new Map(solo) };
}

/**
 * Finds the causes of changed pairs. A check that has moved changes every pair it is in, so the move that explains most
 * pairs is named first: `order of checks: signature/middle-digit is found earlier`. If the same fault wins with another
 * code, the cause is the change of that code.
 */
export function findOrderCauses(
  ids: readonly string[],
  before: Facts,
  after: Facts,
  suite: Suite,
): ReadonlyMap<string, string> {
  const known = indexSuite(suite);
  const causes = new Map<string, string>();
  const moves: Move[] = [];
  for (const id of ids) {
    const found = findMoves(id, before, after, known);
    if (found.length === 0)
      causes.set(
        id,
        describeDifference(firstFact(before, toKey('precedence', id)), firstFact(after, toKey('precedence', id))),
      );
    moves.push(...found);
  }
  while (moves.some(({ id }) => !causes.has(id))) {
    const left = Map.groupBy(
      moves.filter(({ id }) => !causes.has(id)),
      ({ words }) => words,
    );
    const [[words = '', most = []] = []] = [...left].sort(
      // If two descriptions explain as many pairs, a check that was added or removed is the better one.
      ([one, a], [other, b]) => b.length - a.length || moveRank(one) - moveRank(other) || (one < other ? -1 : 1),
    );
    for (const { id } of most) causes.set(id, `order of checks: ${words}`);
  }
  return causes;
}

/** One description of the fact that another fault of a pair wins. */
type Move = { readonly id: string; readonly words: string };

function findMoves(id: string, before: Facts, after: Facts, known: Known): readonly Move[] {
  const pair = known.pairs.get(id);
  if (pair === undefined) return [];
  const was = findWinner(pair, readCode(before, toKey('precedence', id)), before, known);
  const is = findWinner(pair, readCode(after, toKey('precedence', id)), after, known);
  if (was === is) return [];
  return [
    ...(is === undefined ? [] : [`${pair.names[is]} is found ${isFound(pair, is, before, known) ? 'earlier' : 'now'}`]),
    ...(was === undefined
      ? []
      : [`${pair.names[was]} is ${isFound(pair, was, after, known) ? 'found later' : 'no longer found'}`]),
  ].map((words) => ({ id, words }));
}

function moveRank(words: string): number {
  return /(earlier|later)$/.test(words) ? 1 : 0;
}

/** Whether a server refuses a fault alone. If that was not observed, it is assumed. */
function isFound({ names }: FaultPair, at: 0 | 1, facts: Facts, known: Known): boolean {
  return !isSuccess(soloCode(names[at], facts, known));
}

/** Finds the fault of a pair that a code reports, by its code alone or, if that is unknown, the expected one; undefined if neither. */
function findWinner({ names, codes }: FaultPair, code: string, facts: Facts, known: Known): 0 | 1 | undefined {
  if (code === 'no-code' || code === '' || isSuccess(code)) return undefined;
  const [first, second] = [0, 1].map((at) => soloCode(names[at] ?? '', facts, known) || String(codes[at]));
  if (code === first) return code === second ? undefined : 0;
  if (code === second) return 1;
  // A fault that was not observed alone and has no documented code may have any code.
  if (first === '0' && second !== '0') return 0;
  return second === '0' && first !== '0' ? 1 : undefined;
}

/** The code of a fault alone; empty if it was not observed. */
function soloCode(name: string, facts: Facts, { soloCases }: Known): string {
  return readCode(facts, toKey('case', soloCases.get(name) ?? name));
}

function readCode(facts: Facts, key: string): string {
  return readAnswer(firstFact(facts, key))?.code ?? '';
}

function firstFact(facts: Facts, key: string): string {
  const seen = facts.get(key);
  return seen !== undefined && 'seen' in seen ? (seen.seen[0] ?? '') : '';
}
