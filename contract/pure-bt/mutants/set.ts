import { defaultDialect } from '../../../spec/pure-bt/dialect.ts';
import { correct } from '../../../spec/pure-bt/reference/behaviour.ts';
import { drawOrder, keepsNeeds } from '../../../spec/pure-bt/reference/order.ts';
import type { MutantSet } from '../../mutants/mutant.ts';
import { cases } from '../cases/all-cases.ts';
import { mutants } from './all-mutants.ts';
import { readings } from './readings/all-readings.ts';
import { buildServer } from './readings/reading.ts';
import { startServer } from './server.ts';
import { variants } from './variants.ts';

/** Everything that `bindgate mutants` measures for this operation. */
export const mutantSet: MutantSet = {
  cases,
  mutants,
  variants,
  readings,
  defaultDialect,
  order: correct.order,
  keepsNeeds,
  drawOrder,
  buildServer,
  start: startServer,
  module: import.meta.url,
};
