import { embeddedTokenKey } from '../../../spec/family/reference/token.ts';
import { defaultDialect } from '../../../spec/pure-bt/dialect.ts';
import { correct } from '../../../spec/pure-bt/reference/behaviour.ts';
import { type Behaviour, needs } from '../../../spec/pure-bt/reference/decision.ts';
import { createReference } from '../../../spec/pure-bt/reference/reference.ts';
import type { MutantSet } from '../../mutants/mutant.ts';
import { cases } from '../cases/all-cases.ts';
import { accessMutants, homeMutants } from './access.ts';
import { answerMutants } from './answers.ts';
import { fieldMutants } from './fields.ts';
import { leakMutants } from './leaks.ts';
import { oracleMutants } from './oracles.ts';
import { patternMutants } from './patterns.ts';
import { raceMutants } from './races.ts';
import { readings } from './readings/all-readings.ts';
import { recordMutants } from './records.ts';
import { requestMutants } from './requests.ts';
import { secretMutants } from './secrets.ts';
import { sequenceMutants } from './sequences.ts';
import { signatureMutants } from './signature.ts';
import { slowServers } from './slow.ts';
import { tokenMutants } from './token.ts';
import { variants } from './variants.ts';

/** Everything that `bindgate mutants` measures for this operation. */
export const mutantSet: MutantSet<Behaviour> = {
  cases,
  mutants: [
    answerMutants,
    tokenMutants,
    patternMutants,
    fieldMutants,
    signatureMutants,
    secretMutants,
    accessMutants,
    recordMutants,
    homeMutants,
    sequenceMutants,
    raceMutants,
    oracleMutants,
    leakMutants,
    requestMutants,
  ].flat(),
  variants,
  readings,
  others: slowServers,
  defaultDialect,
  correct,
  needs,
  start: async (behaviour) => createReference({ behaviour, tokenKey: await embeddedTokenKey() }),
  module: import.meta.url,
};
