import { accessMutants } from './access.ts';
import { bindingCodeMutants } from './binding-code.ts';
import { codeMutants } from './codes.ts';
import { dkMutants } from './dk.ts';
import { envelopeMutants } from './envelope.ts';
import { fieldMutants } from './fields.ts';
import { homeMutants } from './homes.ts';
import { leakMutants } from './leaks.ts';
import type { Mutant } from './mutant.ts';
import { oracleMutants } from './oracles.ts';
import { raceMutants } from './races.ts';
import { robustnessMutants } from './robustness.ts';
import { secretMutants } from './secrets.ts';
import { signatureMutants } from './signature.ts';
import { stackMutants } from './stacks.ts';
import { stateMutants } from './states.ts';
import { tokenMutants } from './token.ts';
import { traceMutants } from './traces.ts';

/** Every broken server, by subject. */
export const mutants: readonly Mutant[] = [
  ...codeMutants,
  ...envelopeMutants,
  ...tokenMutants,
  ...dkMutants,
  ...bindingCodeMutants,
  ...fieldMutants,
  ...signatureMutants,
  ...secretMutants,
  ...accessMutants,
  ...stateMutants,
  ...homeMutants,
  ...traceMutants,
  ...raceMutants,
  ...oracleMutants,
  ...leakMutants,
  ...stackMutants,
  ...robustnessMutants,
];
