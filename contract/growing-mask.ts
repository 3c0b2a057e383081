import type { Fixture, Operation } from '../spec/operation.ts';
import { createFinder } from './judge/finder.ts';
import type { Mask } from './mask.ts';
import { addSecret, listSecrets, maskWith } from './mask.ts';

/**
 * A mask for a whole run. It learns the secrets of each device: a thousand devices have fifty thousand forms
 * of secrets.
 */
export function growingMask(operation: Pick<Operation, 'fixture'>): {
  readonly learn: (fixture: Fixture) => void;
  readonly mask: Mask;
} {
  const finder = createFinder();
  return {
    learn: (fixture) => {
      for (const [name, value] of listSecrets(fixture, operation)) addSecret(finder, name, value);
    },
    mask: maskWith(finder),
  };
}
