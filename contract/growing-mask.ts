import type { Fixture, Operation } from '../spec/operation.ts';
import { createFinder } from './judge/finder.ts';
import type { Mask } from './mask.ts';
import { addSecret, listSecrets, maskWith } from './mask.ts';

/**
 * A mask for a whole run. It learns the secrets of each device: a thousand devices have fifty thousand forms
 * of secrets. `learnSent` learns what a request sent in place of them, which may be wrong: the mask writes `«sent token»`.
 * `isExact` says whether a value is the secret of a device itself, not another form of it.
 */
export function growingMask(operation: Pick<Operation, 'fixture'>): {
  readonly learn: (fixture: Fixture) => void;
  readonly learnSent: (fixture: Fixture) => void;
  readonly isExact: (value: string) => boolean;
  readonly mask: Mask;
} {
  const finder = createFinder();
  const exact = new Set<string>();
  return {
    learn: (fixture) => {
      for (const [name, value] of listSecrets(fixture, operation)) {
        addSecret(finder, name, value);
        exact.add(value);
      }
    },
    learnSent: (fixture) => {
      for (const [name, value] of listSecrets(fixture, operation)) addSecret(finder, `sent ${name}`, value);
    },
    isExact: (value) => exact.has(value),
    mask: maskWith(finder),
  };
}
