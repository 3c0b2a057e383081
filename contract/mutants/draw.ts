import { seededRandom } from '../../generators/random.ts';
import type { Handle } from '../../spec/http.ts';
import type { Fixture } from '../../spec/operation.ts';
import type { Difference, MutantSet, Needs, Parts, Reading } from './mutant.ts';

/** A random conforming server: some readings, and a random order of checks. */
export type DrawnServer<Behaviour = Parts> = {
  readonly readings: readonly Reading<Behaviour>[];
  readonly order: readonly string[];
};

/** The share of questions that a server answers with its own reading. */
const share = 0.35;

/** Draws the random server of a number. The same seed and number always give the same server. */
export function drawServer<Behaviour extends Parts>(
  { readings, correct, needs }: MutantSet<Behaviour>,
  seed: number,
  at: number,
): DrawnServer<Behaviour> {
  const random = seededRandom(seed, 'conforming server', at);
  const questions = [...new Set(readings.map(readingQuestion))];
  const all = questions.flatMap((question) =>
    random.datatype.boolean(share)
      ? [random.helpers.arrayElement(readings.filter((reading) => readingQuestion(reading) === question))]
      : [],
  );
  const excluded = new Set(all.flatMap(({ excludes = [] }) => excludes));
  const drawn = all.filter(({ id }) => !excluded.has(id));
  const left = new Set(correct.order);
  const order: string[] = [];
  while (left.size > 0) {
    const free = [...left].filter((name) => neededBy(name, needs, drawn).every((needed) => !left.has(needed)));
    const next = random.helpers.arrayElement(free);
    left.delete(next);
    order.push(next);
  }
  return { readings: drawn, order };
}

/** The question that a reading answers. */
export function readingQuestion({ id }: Pick<Reading, 'id'>): string {
  return id.slice(0, id.indexOf('/'));
}

/** Whether an order of all decisions has each after those that it needs. */
export function keepsNeeds({ readings, order }: DrawnServer, { needs }: Pick<MutantSet, 'needs'>): boolean {
  return order.every((name, at) =>
    neededBy(name, needs, readings).every((needed) => order.slice(0, at).includes(needed)),
  );
}

function neededBy(name: string, needs: Needs, readings: readonly Pick<Reading, 'needs'>[]): readonly string[] {
  return [needs, ...readings.map((reading) => reading.needs ?? {})].flatMap((all) => all[name] ?? []);
}

/** Builds a server with some readings and an order of checks. */
export function buildServer<Behaviour>(
  correct: Behaviour,
  { readings, order }: DrawnServer<Behaviour>,
): Required<Difference<Behaviour>> {
  let override = { ...correct, order };
  for (const reading of readings) override = { ...override, ...reading.override?.(override) };
  return {
    override,
    // Each one changes the answers of the ones before it. Only the last one in the list takes time.
    wire: (handle) => readings.reduce((inner, { wire }) => (wire?.(inner) as Handle) ?? inner, handle),
    changeFixture: (...[fixture, ...state]) =>
      readings.reduce<Fixture | undefined>(
        (made, { changeFixture }) => (made === undefined || !changeFixture ? made : changeFixture(made, ...state)),
        fixture,
      ),
  };
}

/**
 * Finds a simpler server on which a case still fails: with fewer readings and a more usual order of checks.
 * @param fails whether the case fails on a server.
 */
export async function shrink(
  set: MutantSet,
  server: DrawnServer,
  fails: (smaller: DrawnServer) => Promise<boolean>,
): Promise<DrawnServer> {
  const { order: correct } = set.correct;
  let smallest = server;
  const tryChange = async (changed: Partial<DrawnServer>): Promise<boolean> => {
    const smaller = { ...smallest, ...changed };
    if (!keepsNeeds(smaller, set) || !(await fails(smaller))) return false;
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
export function describeServer({ correct: { order: correct } }: MutantSet, { readings, order }: DrawnServer): string {
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
