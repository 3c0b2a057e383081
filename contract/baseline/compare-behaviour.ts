import { inert } from '../inert.ts';
import type { Changes as BehaviourChanges, Change, ChangeCluster, Side } from '../results.generated.ts';
import type { Suite } from '../suite.ts';
import { UserError } from '../user-error.ts';
import { noAnswer, readAnswer } from './answer.ts';
import { type Behaviour, dialectTexts, type Facts, hasOrder, leftOut, type Observation, readKey } from './behaviour.ts';
import { describeDifference } from './difference.ts';
import { findOrderCauses } from './order-of-checks.ts';

export type { Change, ChangeCluster, Changes as BehaviourChanges } from '../results.generated.ts';

/**
 * Compares two behaviours of a server, case by case, even if the contract allows both.
 *
 * A case has changed if no result from now was also seen before. If one side has codes only, only codes are compared.
 * @throws UserError (exit code 2) if the dialects are different, because then different requests were sent.
 */
export function compareBehaviour(before: Behaviour, after: Behaviour, suite: Suite): BehaviourChanges {
  refuseOtherDialect(before, after, suite);
  const whole = before.detail === 'answers' && after.detail === 'answers';
  const select = whole ? (fact: string): string => fact : readCodes;
  const [hadOrder, stillHas] = [hasOrder(before), hasOrder(after)];
  const keys = [...new Set([...before.facts.keys(), ...after.facts.keys()])].sort();
  const all = keys.flatMap((key): readonly Verdict[] => {
    const { kind, id } = readKey(key);
    if (kind === 'precedence' && !hadOrder) return [];
    if (kind === 'precedence' && !stillHas)
      return [{ kind: 'not-run', id, reason: 'the order of checks was not recorded' }];
    return [comparePair({ kind, id }, before.facts.get(key), after.facts.get(key), select)];
  });
  const ids = (kind: Verdict['kind']): readonly string[] => all.flatMap((one) => (one.kind === kind ? [one.id] : []));
  const changes = all.flatMap((one) => (one.kind === 'changed' ? [one.change] : []));
  return {
    before: describeSide(before),
    after: describeSide(after),
    compared: all.filter(({ kind }) => kind === 'same' || kind === 'changed' || kind === 'unsteady').length,
    clusters: clusterChanges(changes, before.facts, after.facts, suite),
    added: ids('added'),
    gone: ids('gone'),
    notRun: all.flatMap((one) => (one.kind === 'not-run' ? [{ id: one.id, reason: one.reason }] : [])),
    unsteady: all.flatMap((one) => (one.kind === 'unsteady' ? [{ id: one.id, seen: one.seen }] : [])),
  };
}

/** Counts the cases and pairs that have changed. */
export function countChanges({ clusters }: Pick<BehaviourChanges, 'clusters'>): number {
  return clusters.reduce((sum, { changes }) => sum + changes.length, 0);
}

type Verdict =
  /** `idle`: it did not run on either side, or it is new and did not run. */
  | { readonly kind: 'same' | 'added' | 'gone' | 'idle'; readonly id: string }
  | { readonly kind: 'changed'; readonly id: string; readonly change: Change }
  | { readonly kind: 'unsteady'; readonly id: string; readonly seen: readonly string[] }
  | { readonly kind: 'not-run'; readonly id: string; readonly reason: string };

/** @param select takes the compared part of a fact. */
function comparePair(
  { kind, id }: Pick<Change, 'kind' | 'id'>,
  was: Observation | undefined,
  is: Observation | undefined,
  select: (fact: string) => string | undefined,
): Verdict {
  if (is === undefined) return { kind: 'gone', id };
  if (was === undefined || !('seen' in was)) return { kind: 'seen' in is ? 'added' : 'idle', id };
  if (!('seen' in is)) return { kind: 'not-run', id, reason: is.notRun };
  const [were, are] = [was.seen.map(select), is.seen.map(select)];
  if (were.includes(undefined) || are.includes(undefined)) return { kind: 'idle', id };
  if (are.every((fact) => were.includes(fact))) return { kind: 'same', id };
  // If the result varied before and varies now, it has not changed.
  const varies = were.length > 1 && are.length > 1;
  if (varies || are.some((fact) => were.includes(fact))) return { kind: 'unsteady', id, seen: is.seen };
  return { kind: 'changed', id, change: { kind, id, before: were.join(' or '), after: are.join(' or ') } };
}

function clusterChanges(changes: readonly Change[], was: Facts, is: Facts, suite: Suite): readonly ChangeCluster[] {
  const pairs = changes.flatMap(({ kind, id }) => (kind === 'precedence' ? [id] : []));
  const orders = findOrderCauses(pairs, was, is, suite);
  const byCause = Map.groupBy(changes, ({ kind, id, before, after }) => {
    if (kind === 'precedence') return orders.get(id) ?? '';
    return describeDifference(before.split(' or ')[0] ?? '', after.split(' or ')[0] ?? '');
  });
  return [...byCause]
    .map(([cause, members]) => ({ cause, changes: members }))
    .sort((a, b) => b.changes.length - a.changes.length || (a.cause < b.cause ? -1 : 1));
}

function describeSide({ name, catalogue, detail }: Behaviour): Side {
  return { name, catalogue, detail };
}

/** Every status and code of a fact, in any step; undefined if a step was left out because its codes depend on chance. */
function readCodes(fact: string): string | undefined {
  if (fact.includes(leftOut)) return undefined;
  const codes = fact.split(/ > | \| /).map((answer) => {
    const read = readAnswer(answer);
    return read === undefined ? noAnswer : `${read.httpStatus} ${read.code}`;
  });
  return [...new Set(codes)].sort().join(' | ');
}

/** @throws UserError (exit code 2) if two behaviours have different dialects. */
export function refuseOtherDialect(
  before: Pick<Behaviour, 'dialect' | 'dialectAt'>,
  after: typeof before,
  { operation }: Suite,
): void {
  for (const [key, setting] of Object.entries(operation.settings)) {
    // A setting that is missing in an older file had its default.
    const fallback = dialectTexts({ [key]: setting.default }, operation)[key];
    const [was, is] = [before.dialect[key] ?? fallback, after.dialect[key] ?? fallback];
    if (was === is) continue;
    throw new UserError(
      `${before.dialectAt}: it was recorded with ${key}=${inert(was ?? '', 60)}, but ${after.dialectAt} has ${key}=${inert(is ?? '', 60)}; use the same dialect, or record it again`,
      2,
    );
  }
}
