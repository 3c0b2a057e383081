import { correct } from '../../../spec/pure-bt/reference/behaviour.ts';
import type { Attempt, Decision } from '../../../spec/pure-bt/reference/decision.ts';
import type { Mutant } from '../../mutants/mutant.ts';
import { paths } from './paths.ts';

/** An old bindingSecret is `PK,DK,secret` of this device and the stored one. No code is documented. */
export const oldSecretMutants: readonly Mutant[] = [
  oldSecret('ignored', 'does not look at an old bindingSecret', () => undefined, 'old-secret/wrong'),
  oldSecret(
    'unreadable-ignored',
    'goes on where an old bindingSecret cannot be read',
    (attempt, world) => {
      if (correct.oldSecretReadable(attempt, world) !== undefined) delete attempt.oldSecret;
      return undefined;
    },
    'old-secret/bad-padding',
    'old-secret/not-base64',
    'old-secret/other-dk',
  ),
  oldSecret(
    'device-unchecked',
    'does not look at the device inside an old bindingSecret',
    (attempt) => {
      const { fields, product } = attempt;
      if (!fields.encryptedOldBindingSecret) return undefined;
      const text = correct.decrypt(fields.encryptedOldBindingSecret, product?.ps ?? '', fields.random ?? '');
      const secret = text?.split(',').at(-1);
      if (!secret) return 'oldSecretBad';
      attempt.oldSecret = secret;
      return undefined;
    },
    'old-secret/other-dk',
    'old-secret/other-pk',
  ),
  stored(
    'first-characters',
    'compares the first characters of an old bindingSecret',
    (given, kept) => given.slice(0, 8) === kept.slice(0, 8),
    'old-secret/other-end',
    'old-secret/cut-short',
  ),
  stored(
    'last-characters',
    'compares the last characters of an old bindingSecret',
    (given, kept) => given.slice(-8) === kept.slice(-8),
    'old-secret/other-start',
  ),
  stored(
    'start-of-it',
    'takes the start of the stored secret',
    (given, kept) => kept.startsWith(given),
    'old-secret/cut-short',
  ),
  stored(
    'more-than-it',
    'takes the stored secret with more behind it',
    (given, kept) => given.startsWith(kept),
    'old-secret/too-long',
  ),
  stored(
    'any-length',
    'looks at the length of an old bindingSecret',
    (given, kept) => given.length === kept.length,
    'old-secret/other-start',
    'old-secret/other-end',
  ),
  {
    id: 'old-secret/unchecked-alternate',
    breaks: 'asks nobody for the right old bindingSecret in binding mode alternate',
    killedBy: ['two-users/old-secret'],
    override: {
      oldSecretIsStored: (attempt, bindings) =>
        paths.alternate(attempt) ? undefined : correct.oldSecretIsStored(attempt, bindings),
    },
  },
  {
    id: 'old-secret/needed',
    breaks: 'asks a second user for the old bindingSecret',
    killedBy: ['mode-multi', 'mode-alternate'],
    override: {
      oldSecretIsStored: (attempt, bindings) =>
        bindings.size > 0 && attempt.oldSecret === undefined
          ? 'oldSecretBad'
          : correct.oldSecretIsStored(attempt, bindings),
    },
  },
  {
    id: 'old-secret/refused',
    breaks: 'refuses the right old bindingSecret',
    killedBy: ['mode-multi/old-secret', 'mode-alternate/old-secret'],
    override: { oldSecretReadable: ({ fields }) => (fields.encryptedOldBindingSecret ? 'oldSecretBad' : undefined) },
  },
];

function oldSecret(name: string, breaks: string, oldSecretReadable: Decision, ...killedBy: Mutant['killedBy']): Mutant {
  return { id: `old-secret/${name}`, breaks, killedBy, override: { oldSecretReadable } };
}

/** Something less than equality with a stored secret. */
function stored(
  name: string,
  breaks: string,
  isStored: (given: string, kept: string) => boolean,
  ...killedBy: Mutant['killedBy']
): Mutant {
  return {
    id: `old-secret/${name}`,
    breaks,
    killedBy,
    override: {
      oldSecretIsStored: (attempt: Attempt, bindings) =>
        [...bindings.values()].some((kept) => isStored(attempt.oldSecret ?? '', kept))
          ? undefined
          : correct.oldSecretIsStored(attempt, bindings),
    },
  };
}
