import { makeDefaultDialect } from '../../../spec/dialect.ts';
import type { Declared } from '../../../spec/family/declared/model.ts';
import { readFolder } from '../../../spec/family/declared/read-folder.ts';
import type { MutantSet } from '../../mutants/mutant.ts';
import { declaredSuite } from '../suite.ts';
import { answerMutants } from './answers.ts';
import { checkMutants } from './checks.ts';
import { effectMutants } from './effects.ts';
import { fieldMutants } from './fields.ts';
import type { Reading } from './readings.ts';
import { buildServer, readingsOf } from './readings.ts';
import type { Bench, Difference, Mutant } from './server.ts';
import { benchFor, startServer } from './server.ts';
import { tokenMutants } from './tokens.ts';

/** Every broken server of an operation that is data, made by operators from its checks, fields and effect. */
export function mutantsOf(bench: Bench): readonly Mutant[] {
  return [checkMutants, tokenMutants, fieldMutants, effectMutants, answerMutants].flatMap((make) => make(bench));
}

/** The conforming servers with an id: each reading alone. */
export function variantsOf(bench: Bench): readonly Reading[] {
  return readingsOf(bench);
}

/** Everything that `bindgate mutants` measures for an operation that is data. */
export function declaredMutantSet(declared: Declared): MutantSet {
  const { cases, operation } = declaredSuite(declared);
  const bench = benchFor(
    declared,
    cases.map(({ id }) => id),
  );
  const { order, needs } = bench.made;
  const readings = readingsOf(bench);
  const missing = (name: string, more: Readonly<Partial<Record<string, readonly string[]>>>): readonly string[] => [
    ...(needs[name] ?? []),
    ...(more[name] ?? []),
  ];
  return {
    cases,
    mutants: mutantsOf(bench),
    variants: readings,
    readings,
    defaultDialect: makeDefaultDialect(operation),
    order,
    keepsNeeds: (given, more) =>
      given.length === order.length &&
      order.every((name) => given.includes(name)) &&
      given.every((name, at) => missing(name, more).every((needed) => given.indexOf(needed) < at)),
    drawOrder: (pick, more) => {
      const left = new Set(order);
      const drawn: string[] = [];
      while (left.size > 0) {
        const next = pick([...left].filter((name) => missing(name, more).every((needed) => !left.has(needed))));
        left.delete(next);
        drawn.push(next);
      }
      return drawn;
    },
    buildServer: (chosen, given) => buildServer(bench, chosen as readonly Reading[], given),
    start: (difference) => startServer(declared, difference as Difference),
    module: new URL(`thread-set.ts?folder=${encodeURIComponent(declared.folder)}`, import.meta.url).href,
  };
}

/** The set of the operation in a folder. */
export function mutantSetIn(folder: string): MutantSet {
  return declaredMutantSet(readFolder(folder));
}
