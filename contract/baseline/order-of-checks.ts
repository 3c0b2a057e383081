import { cases } from '../cases/menu.ts';
import { precedenceCases } from '../precedence.ts';
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
 * What a change of the order of checks comes to, the same for every pair that one check has come to stand before:
 * `order of checks: signature/middle-digit now goes first`. Where the same fault wins under another code, the change of that code.
 */
export function flipOf(id: string, before: Sight, after: Sight): string {
  const [was, is] = [codeOf(before.precedence, id), codeOf(after.precedence, id)];
  const pair = pairs.get(id);
  const [winner, now] = pair === undefined ? [] : [winnerOf(pair, was, before), winnerOf(pair, is, after)];
  if (pair === undefined || winner === now) return differenceOf(factOf(before.precedence, id), factOf(after.precedence, id));
  return now === undefined
    ? `order of checks: ${pair.names[winner ?? 0]} no longer goes first`
    : `order of checks: ${pair.names[now]} now goes first`;
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
  precedenceCases.flatMap(({ given, due: [, code], pair: [, name] }) => {
    const solo = name === given ? cases.find((tested) => tested.given === given && tested.code === code) : undefined;
    return solo === undefined ? [] : [[name, solo.id] as const];
  }),
);

/** The code of a fact's last answer: what comes before it leads there. */
function codeOf(facts: Sight['cases'], id: string): string {
  const last = factOf(facts, id).split(' > ').at(-1) ?? '';
  return readAnswer(last)?.code ?? '';
}

function factOf(facts: Sight['cases'], id: string): string {
  const seen = facts.get(id);
  return seen !== undefined && 'seen' in seen ? (seen.seen[0] ?? '') : '';
}
