import type { Rung } from '../operation.ts';
import { ask, type LoadProduct } from '../run/product.ts';

/** Finds out whether a server does the check of the first rung before or after that of the second; answers may not show it. */
export type Relate = (first: Rung, second: Rung) => Promise<'before' | 'after' | 'unseen'>;

/**
 * The rungs in the server's order of checks, with notes on that order. The cost of a stage is
 * the difference to the rung before, so a wrong order would show the cost of one stage in the row of another.
 * Rungs with an unknown relation keep the order of the ladder.
 */
export async function orderRungs(
  rungs: readonly Rung[],
  relate: Relate,
): Promise<{ readonly rungs: readonly Rung[]; readonly notes: readonly string[] }> {
  const ordered: Rung[] = [];
  const unseen = new Map<Rung, Set<Rung>>();
  for (const rung of rungs) {
    let place = ordered.length;
    for (const [index, placed] of [...ordered.entries()].reverse()) {
      const relation = await relate(placed, rung);
      if (relation === 'before') break;
      if (relation === 'after') place = index;
      else unseen.set(rung, (unseen.get(rung) ?? new Set()).add(placed));
    }
    ordered.splice(place, 0, rung);
  }
  const isUnseen = (a: Rung, b: Rung): boolean => unseen.get(a)?.has(b) === true || unseen.get(b)?.has(a) === true;
  return { rungs: ordered, notes: [...changeNotes(rungs, ordered), ...unseenNotes(ordered, isUnseen)] };
}

/** Sends a request with the faults of both rungs: the server refuses it for the one that it checks first. */
export function relateOnServer(product: LoadProduct, signal: AbortSignal): Relate {
  const { site, usual } = product;
  return async (first, second) => {
    const both = site.operation.bothWrong(first.workload, second.workload);
    // A missing token is found before a token is read, and success is the end of every order.
    if (both === undefined) return 'before';
    const [ofFirst, ofSecond] = [usual.get(first.workload), usual.get(second.workload)];
    if (ofFirst === ofSecond) return 'unseen';
    const code = await ask(product, both, signal);
    if (code === ofFirst) return 'before';
    return code === ofSecond ? 'after' : 'unseen';
  };
}

function changeNotes(ladder: readonly Rung[], ordered: readonly Rung[]): readonly string[] {
  if (ordered.every((rung, index) => rung === ladder[index])) return [];
  const [first] = ordered;
  const order = `the server does not use the usual order of checks; the stages are in its order: ${ordered.map(({ stage }) => stage).join(', ')}`;
  return first === undefined || first === ladder[0]
    ? [order]
    : [order, `${first.stage} is checked first, so its row includes the transport`];
}

function unseenNotes(ordered: readonly Rung[], isUnseen: (a: Rung, b: Rung) => boolean): readonly string[] {
  const groups: Rung[][] = [];
  for (const [index, rung] of ordered.entries()) {
    const before = ordered[index - 1];
    if (before !== undefined && isUnseen(before, rung)) groups.at(-1)?.push(rung);
    else groups.push([rung]);
  }
  return groups
    .filter((group) => group.length > 1)
    .map(
      (group) =>
        `the answers do not show the order of these checks: ${group.map(({ stage }) => stage).join(', ')}; the usual order is assumed, so the cost of one may be in the row of another`,
    );
}
