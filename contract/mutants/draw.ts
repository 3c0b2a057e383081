import { seededRandom } from '../../generators/random.ts';
import type { MutantSet, Needs, Reading } from './mutant.ts';

/** A random conforming server: some readings, and a random order of checks. */
export type DrawnServer = { readonly readings: readonly Reading[]; readonly order: readonly string[] };

/** The share of questions that a server answers with its own reading. */
const share = 0.35;

/** Draws the random server of a number. The same seed and number always give the same server. */
export function drawServer({ readings, drawOrder }: MutantSet, seed: number, at: number): DrawnServer {
  const random = seededRandom(seed, 'conforming server', at);
  const questions = [...new Set(readings.map(readingQuestion))];
  const all = questions.flatMap((question) =>
    random.datatype.boolean(share)
      ? [random.helpers.arrayElement(readings.filter((reading) => readingQuestion(reading) === question))]
      : [],
  );
  const excluded = new Set(all.flatMap(({ excludes = [] }) => excludes));
  const drawn = all.filter(({ id }) => !excluded.has(id));
  return { readings: drawn, order: drawOrder((items) => random.helpers.arrayElement(items), mergeNeeds(drawn)) };
}

/** The question that a reading answers. */
export function readingQuestion({ id }: Reading): string {
  return id.slice(0, id.indexOf('/'));
}

/** The additional needs of a server's decisions. */
export function mergeNeeds(readings: readonly Reading[]): Needs {
  return Object.assign({}, ...readings.map(({ needs }) => needs)) as Needs;
}

/**
 * Finds a simpler server on which a case still fails: with fewer readings and a more usual order of checks.
 * @param fails whether the case fails on a server.
 */
export async function shrink(
  { order: correct, keepsNeeds }: MutantSet,
  server: DrawnServer,
  fails: (smaller: DrawnServer) => Promise<boolean>,
): Promise<DrawnServer> {
  let smallest = server;
  const tryChange = async (changed: Partial<DrawnServer>): Promise<boolean> => {
    const smaller = { ...smallest, ...changed };
    if (!keepsNeeds(smaller.order, mergeNeeds(smaller.readings)) || !(await fails(smaller))) return false;
    smallest = smaller;
    return true;
  };
  await tryChange({ order: correct });
  for (const reading of server.readings)
    await tryChange({ readings: smallest.readings.filter((one) => one !== reading) });
  // A removed reading may have needed another order, so the correct order is tried again. Then one moved decision is tried.
  if (await tryChange({ order: correct })) return smallest;
  for (const name of correct) {
    const others = correct.filter((other) => other !== name);
    for (let at = 0; at <= others.length; at += 1) {
      if (await tryChange({ order: [...others.slice(0, at), name, ...others.slice(at)] })) return smallest;
    }
  }
  return smallest;
}

/** Describes a server: its readings, and which check comes earlier or later. */
export function describeServer({ order: correct }: MutantSet, { readings, order }: DrawnServer): string {
  const isCorrect = order.join() === correct.join();
  return [...readings.map(({ differs }) => differs), ...(isCorrect ? [] : [describeOrder(order, correct)])].join('; ');
}

function describeOrder(order: readonly string[], correct: readonly string[]): string {
  const moved = correct.find((name) => {
    const without = (list: readonly string[]): string => list.filter((other) => other !== name).join();
    return without(order) === without(correct);
  });
  if (moved === undefined) return `checks in the order ${order.join(', ')}`;
  const next = order[order.indexOf(moved) + 1];
  return next === undefined ? `checks ${moved} last` : `checks ${moved} before ${next}`;
}
