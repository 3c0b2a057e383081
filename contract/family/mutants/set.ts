import { resolve } from 'node:path';
import { makeDefaultDialect } from '../../../spec/dialect.ts';
import type { Declared } from '../../../spec/family/declared/model.ts';
import type { DeclaredBehaviour } from '../../../spec/family/reference/declared/attempt.ts';
import { correctBehaviour } from '../../../spec/family/reference/declared/behaviour.ts';
import { makeDecisions } from '../../../spec/family/reference/declared/decisions.ts';
import { createDeclaredServer } from '../../../spec/family/reference/declared/server.ts';
import { embeddedTokenKey } from '../../../spec/family/reference/token.ts';
import { buildServer } from '../../mutants/draw.ts';
import type { MutantSet } from '../../mutants/mutant.ts';
import { declaredSuite } from '../suite.ts';
import { answerMutants } from './answers.ts';
import { checkMutants } from './checks.ts';
import { effectMutants } from './effects.ts';
import { fieldMutants } from './fields.ts';
import { readingsOf } from './readings.ts';
import { tokenMutants } from './tokens.ts';

/** Everything that `bindgate mutants` measures for an operation that is data, made from its checks, fields and effect. */
export function declaredMutantSet(declared: Declared): MutantSet<DeclaredBehaviour> {
  const { cases, operation } = declaredSuite(declared);
  const [correct, made] = [correctBehaviour(declared), makeDecisions(declared)];
  const ids = new Set(cases.map(({ id }) => id));
  const has = (id: string): boolean => ids.has(id);
  const bench = { declared, correct, made, has };
  const readings = readingsOf(bench);
  // A thread imports the module with the folder of the operation.
  const module = new URL('./thread-set.ts', import.meta.url);
  module.searchParams.set('folder', resolve(declared.folder));
  return {
    cases,
    mutants: [checkMutants, tokenMutants, fieldMutants, effectMutants, answerMutants]
      .flatMap((make) => make(bench))
      .filter(({ killedBy }) => killedBy.every(has)),
    // Each reading alone.
    variants: readings.map(({ id, differs, ...reading }) => ({
      ...buildServer(correct, { readings: [{ id, differs, ...reading }], order: correct.order }),
      id,
      differs,
    })),
    readings,
    defaultDialect: makeDefaultDialect(operation),
    correct,
    needs: made.needs,
    start: async (behaviour) => createDeclaredServer(declared, { behaviour, tokenKey: await embeddedTokenKey() }),
    module: module.href,
  };
}
