import type { Mutant } from '../../mutants/mutant.ts';
import { accessMutants } from './access.ts';
import { bindingCodeMutants } from './binding-code.ts';
import { bodyMutants } from './bodies.ts';
import { codeMutants } from './codes.ts';
import { deviceLeakMutants } from './device-leaks.ts';
import { deviceNameMutants } from './device-name.ts';
import { dkMutants } from './dk.ts';
import { envelopeMutants } from './envelope.ts';
import { fieldMutants } from './fields.ts';
import { headerLeakMutants } from './header-leaks.ts';
import { homeMutants } from './homes.ts';
import { httpStatusMutants } from './http-status.ts';
import { keyLeakMutants } from './key-leaks.ts';
import { newSecretMutants } from './new-secret.ts';
import { oldSecretMutants } from './old-secret.ts';
import { oracleMutants } from './oracles.ts';
import { raceMutants } from './races.ts';
import { recordMutants } from './records.ts';
import { replayMutants } from './replays.ts';
import { requestMutants } from './requests.ts';
import { signatureMutants } from './signature.ts';
import { signedTextMutants } from './signed-text.ts';
import { stackMutants } from './stacks.ts';
import { stateMutants } from './states.ts';
import { tokenMutants } from './token.ts';
import { tokenSignatureMutants } from './token-signature.ts';
import { traceMutants } from './traces.ts';
import { typeMutants } from './types.ts';

/** Every broken server, by subject. */
export const mutants: readonly Mutant[] = [
  ...codeMutants,
  ...httpStatusMutants,
  ...envelopeMutants,
  ...tokenMutants,
  ...tokenSignatureMutants,
  ...dkMutants,
  ...bindingCodeMutants,
  ...deviceNameMutants,
  ...fieldMutants,
  ...signatureMutants,
  ...signedTextMutants,
  ...newSecretMutants,
  ...oldSecretMutants,
  ...accessMutants,
  ...stateMutants,
  ...recordMutants,
  ...homeMutants,
  ...traceMutants,
  ...raceMutants,
  ...replayMutants,
  ...oracleMutants,
  ...keyLeakMutants,
  ...deviceLeakMutants,
  ...headerLeakMutants,
  ...stackMutants,
  ...bodyMutants,
  ...typeMutants,
  ...requestMutants,
];
