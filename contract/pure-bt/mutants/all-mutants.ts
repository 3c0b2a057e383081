import { accessMutants } from './access.ts';
import { answerMutants } from './answers.ts';
import { fieldMutants } from './fields.ts';
import { homeMutants } from './homes.ts';
import { leakMutants } from './leaks.ts';
import { oracleMutants } from './oracles.ts';
import { patternMutants } from './patterns.ts';
import { raceMutants } from './races.ts';
import { recordMutants } from './records.ts';
import { requestMutants } from './requests.ts';
import { secretMutants } from './secrets.ts';
import { sequenceMutants } from './sequences.ts';
import type { Mutant } from './server.ts';
import { signatureMutants } from './signature.ts';
import { tokenMutants } from './token.ts';

/** Every broken server, by subject. */
export const mutants: readonly Mutant[] = [
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
].flat();
