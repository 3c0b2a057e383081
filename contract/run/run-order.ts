import type { Dialect } from '../../spec/dialect.ts';
import { type Case, listExpectations } from './case.ts';

/**
 * Orders the cases. Those that take long start first, so that the run does not wait for them at the end. If devices are
 * scarce, cases that cover another code come first, and cases that need many devices come last.
 * @param first the case that has already run.
 * @param scarce whether there is a fixed number of devices, so they may not be enough for all cases.
 */
export function inRunOrder(
  cases: readonly Case[],
  dialect: Dialect,
  first: Case | undefined,
  scarce: boolean,
): readonly Case[] {
  const long = cases.filter(({ takesLong }) => takesLong === true);
  const short = cases.filter(({ takesLong }) => takesLong !== true);
  if (!scarce) return [...long, ...short];
  const covering = new Set(
    [...Map.groupBy(short, ({ given }) => given)].flatMap(([state, members]) =>
      coveringCases(members, dialect, first?.given === state ? certainCodes(first, dialect) : []),
    ),
  );
  return [...covering, ...short.filter((tested) => !covering.has(tested)), ...long];
}

/** How many devices of each state these cases need if each property sends `runs` requests. */
export function devicesNeeded(cases: readonly Case[], runs: number): ReadonlyMap<string, number> {
  const needed = new Map<string, number>();
  for (const { given, secondState, property } of cases) {
    for (const state of secondState === undefined ? [given] : [given, secondState]) {
      needed.set(state, (needed.get(state) ?? 0) + (property === undefined ? 1 : runs));
    }
  }
  return needed;
}

/** Selects few cases of one state that cover all its codes: greedily, the case with the most new codes next. */
function coveringCases(cases: readonly Case[], dialect: Dialect, known: readonly number[]): readonly Case[] {
  const covered = new Set(known);
  const simple = cases
    .filter(({ secondState, needs, property, strains }) => [secondState, needs, property, strains].every((one) => !one))
    .map((tested) => ({ tested, codes: certainCodes(tested, dialect) }));
  const chosen: Case[] = [];
  for (;;) {
    const [best] = simple
      .map(({ tested, codes }) => ({ tested, added: new Set(codes).difference(covered) }))
      .sort((one, other) => other.added.size - one.added.size);
    if (best === undefined || best.added.size === 0) return chosen;
    chosen.push(best.tested);
    for (const code of best.added) covered.add(code);
  }
}

/** The codes that a case certainly covers: those of expectations with a single code, and the code that it tests. */
function certainCodes(tested: Case, dialect: Dialect): readonly number[] {
  const certain = listExpectations(tested, dialect).filter(
    ({ anyRefusal, codes }) => !anyRefusal && codes.length === 1,
  );
  const own = tested.code === 200 ? [] : [tested.code];
  return [...new Set([...certain.flatMap(({ codes }) => codes), ...own])];
}
