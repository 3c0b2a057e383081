import type { Dialect } from '../spec/dialect.ts';
import type { StateName } from '../spec/states.ts';
import type { Case } from './case.ts';
import { expectationsOf } from './case.ts';

/** What the order of a run depends on, besides its cases. */
export type OrderOptions = {
  readonly dialect: Dialect;
  /** The case that has run already. */
  readonly first: Case | undefined;
  /** The devices are counted, so a case that takes many of them waits. */
  readonly scarce: boolean;
};

/**
 * The cases in the order in which they are started: those that cover a code first, so that a few devices cover many codes;
 * then those that take long, which a run would otherwise wait for at its end; then all others.
 */
export function inRunOrder(cases: readonly Case[], { dialect, first, scarce }: OrderOptions): Case[] {
  const covering = new Set(
    [...Map.groupBy(cases, ({ given }) => given)].flatMap(([state, members]) =>
      coveringCases(members, dialect, first?.given === state ? codesOf(first, dialect) : []),
    ),
  );
  const left = cases.filter((tested) => !covering.has(tested));
  const long = left.filter(({ takesLong }) => takesLong === true);
  const short = left.filter(({ takesLong }) => takesLong !== true);
  return [...covering, ...(scarce ? [...short, ...long] : [...long, ...short])];
}

/** How many devices of each state a run of these cases needs, when each property is tried with `runs` requests. */
export function devicesNeeded(cases: readonly Case[], runs: number): ReadonlyMap<StateName, number> {
  const needed = new Map<StateName, number>();
  for (const { given, beside, property } of cases) {
    for (const state of beside === undefined ? [given] : [given, beside]) {
      needed.set(state, (needed.get(state) ?? 0) + (property === undefined ? 1 : runs));
    }
  }
  return needed;
}

/** Few cases of one state that earn every code that can be earned there: always the one with the most new codes next. */
function coveringCases(cases: readonly Case[], dialect: Dialect, earned: readonly number[]): readonly Case[] {
  const covered = new Set(earned);
  const simple = cases
    .filter(({ beside, needs, property, strains }) => [beside, needs, property, strains].every((one) => !one))
    .map((tested) => ({ tested, codes: codesOf(tested, dialect) }));
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

/** The codes that a case earns for certain: where two are right, the server chooses. */
function codesOf(tested: Case, dialect: Dialect): readonly number[] {
  const certain = expectationsOf(tested, dialect).filter(({ anyRefusal, codes }) => !anyRefusal && codes.length === 1);
  return [...new Set(certain.flatMap(({ codes }) => codes))];
}
