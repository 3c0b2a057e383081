import { precedenceCases } from '../judge/precedence.ts';
import { cases } from '../pure-bt/cases/menu.ts';
import { readAnswer } from './answer.ts';
import type { Sight } from './behaviour.ts';
import { differenceOf } from './difference.ts';

/** Which fault of a pair an answer is about; undefined where neither alone explains it. */
type Winner = 0 | 1 | undefined;

/** A pair of faults and the code that each alone should earn, 0 where the document has none. */
type PairOf = { readonly names: readonly [string, string]; readonly due: readonly [number, number] };

const pairs: ReadonlyMap<string, PairOf> = new Map(
  precedenceCases.map(({ pair, due }) => [pair.join(' + '), { names: pair, due }]),
);

/**
 * What changes of the order of checks come to, by pair. A check that has moved shows in every pair it is in, so the one that
 * explains most pairs is named first: `order of checks: signature/middle-digit is found earlier`. Where the same fault wins
 * under another code, it is the change of that code.
 */
export function causesOfOrder(ids: readonly string[], before: Sight, after: Sight): ReadonlyMap<string, string> {
  const causes = new Map<string, string>();
  const moves: Move[] = [];
  for (const id of ids) {
    const found = moveOf(id, before, after);
    if (found.length === 0) causes.set(id, differenceOf(factOf(before.precedence, id), factOf(after.precedence, id)));
    moves.push(...found);
  }
  while (moves.some(({ id }) => !causes.has(id))) {
    const left = Map.groupBy(
      moves.filter(({ id }) => !causes.has(id)),
      ({ words }) => words,
    );
    const [[words = '', most = []] = []] = [...left].sort(
      // Of two ways to put it, that a check has come or gone says why.
      ([one, a], [other, b]) => b.length - a.length || rankOf(one) - rankOf(other) || (one < other ? -1 : 1),
    );
    for (const { id } of most) causes.set(id, `order of checks: ${words}`);
  }
  return causes;
}

/** One way to put it that another fault of a pair wins. */
type Move = { readonly id: string; readonly words: string };

function moveOf(id: string, before: Sight, after: Sight): readonly Move[] {
  const pair = pairs.get(id);
  if (pair === undefined) return [];
  const was = winnerOf(pair, codeOf(before.precedence, id), before);
  const is = winnerOf(pair, codeOf(after.precedence, id), after);
  if (was === is) return [];
  return [
    ...(is === undefined
      ? []
      : [{ id, words: `${pair.names[is]} is found ${isFound(pair, is, before) ? 'earlier' : 'now'}` }]),
    ...(was === undefined
      ? []
      : [{ id, words: `${pair.names[was]} is ${isFound(pair, was, after) ? 'found later' : 'no longer found'}` }]),
  ];
}

function rankOf(words: string): number {
  return /(earlier|later)$/.test(words) ? 1 : 0;
}

/** Whether a server refuses a fault alone; where that was not seen, it is taken to. */
function isFound({ names }: PairOf, at: 0 | 1, { cases: facts }: Sight): boolean {
  const code = codeOf(facts, soloCases.get(names[at]) ?? names[at]);
  return code !== '200' && code !== '0';
}

/** Held against what this server answers to each fault alone; where that was not seen, against what it should. */
function winnerOf({ names, due }: PairOf, code: string, sight: Sight): Winner {
  if (code === 'no-code' || code === '200' || code === '0' || code === '') return undefined;
  const [first, second] = [aloneOf(names[0], due[0], sight), aloneOf(names[1], due[1], sight)];
  if (code === first) return code === second ? undefined : 0;
  if (code === second) return 1;
  // A fault that was not seen alone and has no documented code may have any.
  if (first === '0' && second !== '0') return 0;
  return second === '0' && first !== '0' ? 1 : undefined;
}

function aloneOf(name: string, due: number, { cases: facts }: Sight): string {
  const code = codeOf(facts, soloCases.get(name) ?? name);
  return code === '' ? String(due) : code;
}

/** The case of each state alone; a fault of a request is called as its case is. */
const soloCases: ReadonlyMap<string, string> = new Map(
  precedenceCases.flatMap(({ due: [, code], pair: [, name] }) => {
    const solo = cases.find(({ given: state, code: of, steps }) => state === name && of === code && steps.length === 1);
    return solo === undefined ? [] : [[name, solo.id] as const];
  }),
);

/** The code of a fact of one step. */
function codeOf(facts: Sight['cases'], id: string): string {
  return readAnswer(factOf(facts, id))?.code ?? '';
}

function factOf(facts: Sight['cases'], id: string): string {
  const seen = facts.get(id);
  return seen !== undefined && 'seen' in seen ? (seen.seen[0] ?? '') : '';
}
