import type { Fixture } from '../spec/pure-bt/states.ts';
import { createFinder } from './judge/finder.ts';
import type { Mask } from './mask.ts';
import { learnSecret, maskWith, secretsOf } from './mask.ts';

/** A mask that learns the secrets of one device after another. */
export type GrowingMask = { readonly learn: (fixture: Fixture) => void; readonly mask: Mask };

/** A mask for a whole run: a thousand devices have fifty thousand forms of secrets. */
export function growingMask(): GrowingMask {
  const finder = createFinder();
  return {
    learn: (fixture) => {
      for (const [name, value] of secretsOf(fixture)) learnSecret(finder, name, value);
    },
    mask: maskWith(finder),
  };
}
