import type { Fixture, Operation } from '../spec/operation.ts';
import { createFinder } from './judge/finder.ts';
import type { Mask } from './mask.ts';
import { learnSecret, maskWith, secretsOf } from './mask.ts';

/**
 * A mask for a whole run, which learns the secrets of one device after another: a thousand devices have fifty thousand forms
 * of secrets.
 */
export function growingMask(operation: Pick<Operation, 'fixture'>): {
  readonly learn: (fixture: Fixture) => void;
  readonly mask: Mask;
} {
  const finder = createFinder();
  return {
    learn: (fixture) => {
      for (const [name, value] of secretsOf(fixture, operation)) learnSecret(finder, name, value);
    },
    mask: maskWith(finder),
  };
}
