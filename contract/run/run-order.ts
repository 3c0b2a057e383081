import type { Dialect } from '../../spec/dialect.ts';
import type { Case } from './case.ts';
import { listExpectations } from './case.ts';

/** What the order of a run depends on, besides its cases. */
export type OrderOptions = {
  readonly dialect: Dialect;
  /** The case that has run already. */
  readonly first: Case | undefined;
  /** The devices are counted: a few must go a long way. */
  readonly scarce: boolean;
};

/**
 * The cases in the order in which they are started: those that take long first, since a run would wait for them at its end.
 * Where devices are scarce, those that cover a code come first, so that each device covers one more, and those that take many last.
 */
export function inRunOrder(cases: readonly Case[], { dialect, first, scarce }: OrderOptions): Case[] {
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

/** How many devices of each state a run of these cases needs, when each property is tried with `runs` requests. */
export function devicesNeeded(cases: readonly Case[], runs: number): ReadonlyMap<string, number> {
  const needed = new Map<string, number>();
  for (const { given, secondState, property } of cases) {
    for (const state of secondState === undefined ? [given] : [given, secondState]) {
      needed.set(state, (needed.get(state) ?? 0) + (property === undefined ? 1 : runs));
    }
  }
  return needed;
}

/** Few cases of one state that earn every code that can be earned there: always the one with the most new codes next. */
function coveringCases(cases: readonly Case[], dialect: Dialect, earned: readonly number[]): readonly Case[] {
  const covered = new Set(earned);
  const simple = cases
    .filter(({ secondState, needs, property, strains }) => [secondState, needs, property, strains].every((one) => !one))
    .map((tested) => ({ tested, codes: certainCodes(tested, dialect) }));
  const chosen: Case[] = [];
  for (;;) {
    let best: (typeof simple)[number] | undefined;
    let most = 0;
    for (const candidate of simple) {
      const count = candidate.codes.filter((code) => !covered.has(code)).length;
      if (count <= most) continue;
      best = candidate;
      most = count;
    }
    if (best === undefined) return chosen;
    chosen.push(best.tested);
    for (const code of best.codes) covered.add(code);
  }
}

/** The codes that a case earns for certain, where one alone is right, and the one that it is about. */
function certainCodes(tested: Case, dialect: Dialect): readonly number[] {
  const certain = listExpectations(tested, dialect).filter(
    ({ anyRefusal, codes }) => !anyRefusal && codes.length === 1,
  );
  const own = tested.code === 200 ? [] : [tested.code];
  return [...new Set([...certain.flatMap(({ codes }) => codes), ...own])];
}
