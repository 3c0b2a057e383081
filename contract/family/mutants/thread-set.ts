/** The mutant set of the operation in the folder that this module's URL names: functions cannot travel to a thread. */
import type { MutantSet } from '../../mutants/mutant.ts';
import { mutantSetIn } from './set.ts';

export const mutantSet: MutantSet = mutantSetIn(new URL(import.meta.url).searchParams.get('folder') ?? '');
