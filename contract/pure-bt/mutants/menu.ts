import { accessMutants } from './access.ts';
import { codeMutants, envelopeMutants, httpStatusMutants } from './answers.ts';
import { deviceNameMutants, fieldMutants } from './fields.ts';
import { homeMutants } from './homes.ts';
import { deviceLeakMutants, headerLeakMutants, keyLeakMutants, stackMutants } from './leaks.ts';
import { oracleMutants } from './oracles.ts';
import { bindingCodeMutants, dkMutants } from './patterns.ts';
import { raceMutants } from './races.ts';
import { recordMutants, stateMutants } from './records.ts';
import { bodyMutants, requestMutants, typeMutants } from './requests.ts';
import { newSecretMutants, oldSecretMutants } from './secrets.ts';
import { replayMutants, traceMutants } from './sequences.ts';
import type { Mutant } from './server.ts';
import { signatureMutants, signedTextMutants } from './signature.ts';
import { tokenMutants } from './token.ts';

/** Every broken server, by subject. */
export const mutants: readonly Mutant[] = [
  codeMutants,
  httpStatusMutants,
  envelopeMutants,
  tokenMutants,
  dkMutants,
  bindingCodeMutants,
  deviceNameMutants,
  fieldMutants,
  signatureMutants,
  signedTextMutants,
  newSecretMutants,
  oldSecretMutants,
  accessMutants,
  stateMutants,
  recordMutants,
  homeMutants,
  traceMutants,
  raceMutants,
  replayMutants,
  oracleMutants,
  keyLeakMutants,
  deviceLeakMutants,
  headerLeakMutants,
  stackMutants,
  bodyMutants,
  typeMutants,
  requestMutants,
].flat();
