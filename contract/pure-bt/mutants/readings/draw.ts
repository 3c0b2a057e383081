import { seededRandom } from '../../../../generators/random.ts';
import type { Dialect } from '../../../../spec/pure-bt/dialect.ts';
import { defaultDialect } from '../../../../spec/pure-bt/dialect.ts';
import type { DecisionName } from '../../../../spec/pure-bt/reference/behaviour.ts';
import { correct } from '../../../../spec/pure-bt/reference/behaviour.ts';
import type { MoreNeeds } from '../../../../spec/pure-bt/reference/order.ts';
import { drawOrder, keepsNeeds } from '../../../../spec/pure-bt/reference/order.ts';
import type { Difference } from '../../../mutants/mutant.ts';
import { readings } from './menu.ts';
import type { Reading } from './reading.ts';
import { questionOf, serverOf } from './reading.ts';

/** A server that keeps the contract in its own way: a random order of checks, and readings of its own. */
export type ConformingServer = {
  readonly seed: number;
  /** Its number among the servers of a seed. */
  readonly at: number;
  readonly readings: readonly Reading[];
  readonly order: readonly DecisionName[];
};

/** How many of the questions a server reads in a way of its own. */
const share = 0.35;

/** The server of a number. The same seed and number draw the same server, whatever else is drawn. */
export function drawServer(seed: number, at: number): ConformingServer {
  const random = seededRandom(seed, 'conforming server', at);
  const questions = [...new Set(readings.map(questionOf))];
  const all = questions.flatMap((question) =>
    random.datatype.boolean(share)
      ? [random.helpers.arrayElement(readings.filter((reading) => questionOf(reading) === question))]
      : [],
  );
  const excluded = new Set(all.flatMap(({ excludes = [] }) => excludes));
  const drawn = all.filter(({ id }) => !excluded.has(id));
  return { seed, at, readings: drawn, order: drawOrder((items) => random.helpers.arrayElement(items), needsOf(drawn)) };
}

/** The server itself. */
export function differenceOf({ readings: drawn, order }: ConformingServer): Difference {
  return serverOf(drawn, order);
}

/** The dialect that a team with this server must declare; the default one where nothing needs it. */
export function dialectOf({ readings: drawn }: ConformingServer): Dialect {
  return Object.assign({}, defaultDialect, ...drawn.map(({ dialect }) => dialect)) as Dialect;
}

/** What its decisions need beyond every server's. */
export function needsOf(drawn: readonly Reading[]): MoreNeeds {
  return Object.assign({}, ...drawn.map(({ needs }) => needs)) as MoreNeeds;
}

/**
 * The fewest readings, and the order nearest to the reference's, with which a case still fails.
 * @param fails whether the case fails on a server.
 */
export async function shrink(
  server: ConformingServer,
  fails: (smaller: ConformingServer) => Promise<boolean>,
): Promise<ConformingServer> {
  let smallest = server;
  const keep = async (smaller: ConformingServer): Promise<boolean> => {
    if (!keepsNeeds(smaller.order, needsOf(smaller.readings)) || !(await fails(smaller))) return false;
    smallest = smaller;
    return true;
  };
  await keep({ ...smallest, order: correct.order });
  for (const reading of server.readings) {
    await keep({ ...smallest, readings: smallest.readings.filter((one) => one !== reading) });
  }
  // A reading that is gone may have needed an order of its own.
  await keep({ ...smallest, order: correct.order });
  if (smallest.order !== correct.order) await shrinkOrder(() => smallest, keep);
  return smallest;
}

/** The reference's order with one decision moved, where that is enough. */
async function shrinkOrder(
  smallest: () => ConformingServer,
  keep: (smaller: ConformingServer) => Promise<boolean>,
): Promise<void> {
  for (const name of correct.order) {
    const others = correct.order.filter((other) => other !== name);
    for (let at = 0; at <= others.length; at += 1) {
      if (await keep({ ...smallest(), order: [...others.slice(0, at), name, ...others.slice(at)] })) return;
    }
  }
}

/** A server in words: its readings, and what it asks earlier than the reference. */
export function describeServer({ readings: drawn, order }: ConformingServer): string {
  const said = drawn.map(({ differs }) => differs);
  return [...said, ...(order.join() === correct.order.join() ? [] : [describeOrder(order)])].join('; ');
}

function describeOrder(order: readonly DecisionName[]): string {
  const isCorrect = order.join() === correct.order.join();
  const moved = correct.order.filter((name) => {
    const without = (list: readonly DecisionName[]): string => list.filter((other) => other !== name).join();
    return without(order) === without(correct.order);
  });
  const [name] = moved;
  if (isCorrect) return 'asks in the order of the reference';
  if (name === undefined) return `asks in the order ${order.join(', ')}`;
  const next = order[order.indexOf(name) + 1];
  return next === undefined ? `asks ${name} last` : `asks ${name} before ${next}`;
}
