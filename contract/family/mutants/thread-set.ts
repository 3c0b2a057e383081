/** The mutant set of the operation in the folder that this module's URL names: functions cannot travel to a thread. */
import { readFolder } from '../../../spec/family/declared/read-folder.ts';
import type { MutantSet } from '../../mutants/mutant.ts';
import { declaredMutantSet } from './set.ts';

export const mutantSet: MutantSet = declaredMutantSet(
  readFolder(new URL(import.meta.url).searchParams.get('folder') ?? ''),
);
