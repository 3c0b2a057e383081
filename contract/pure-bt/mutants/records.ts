import type { Behaviour } from '../../../spec/pure-bt/reference/behaviour.ts';
import { correct } from '../../../spec/pure-bt/reference/behaviour.ts';
import type { Mutant } from '../../mutants/mutant.ts';
import { kebab, paths } from './paths.ts';

const onPath = {
  encrypted: { where: 'beside an encrypted bindingCode', killedBy: 'bound/encrypted' },
  notCommon: { where: 'where isCommonDevice is false', killedBy: 'bound/flag-false' },
  alternate: { where: 'in binding mode alternate', killedBy: 'bound/alternate' },
  home: { where: 'in a home', killedBy: 'bound/home' },
} as const;

/** What is kept of a bind: the latest secret, and one holder in binding mode alternate. */
export const recordMutants: readonly Mutant[] = [
  record(
    'alternate-keeps',
    'lets the holder keep the device in binding mode alternate',
    (attempt, bindings) => {
      bindings.set(attempt.user?.uid ?? '', attempt.newSecret ?? '');
    },
    'two-users/alternate',
    'race/two-users-alternate',
  ),
  ...(['encrypted', 'notCommon', 'alternate', 'home'] as const).map((path) => unrecorded(path)),
  record(
    'nothing',
    'answers success and binds nothing',
    () => undefined,
    'already-bound/second-request',
    'replay/same-request',
  ),
  record(
    'first-secret-kept',
    'keeps the secret of the first bind',
    (attempt, bindings) => {
      const [first] = bindings.values();
      correct.record({ ...attempt, newSecret: first ?? attempt.newSecret ?? '' }, bindings);
    },
    'two-users/old-secret',
  ),
  record(
    'old-secret-kept',
    'keeps the old bindingSecret where one is given',
    (attempt, bindings) => {
      correct.record({ ...attempt, newSecret: attempt.oldSecret ?? attempt.newSecret ?? '' }, bindings);
    },
    'two-users/old-secret',
  ),
  record(
    'ciphertext',
    'keeps the ciphertext in place of the secret',
    (attempt, bindings) => {
      correct.record({ ...attempt, newSecret: attempt.fields.encryptedNewBindingSecret ?? '' }, bindings);
    },
    'two-users/old-secret',
  ),
  record(
    'cut',
    'keeps the first 16 characters of a secret',
    (attempt, bindings) => {
      correct.record({ ...attempt, newSecret: attempt.newSecret?.slice(0, 16) ?? '' }, bindings);
    },
    'two-users/old-secret',
  ),
  {
    id: 'record/every-secret-kept',
    breaks: 'takes every secret that a device has ever had',
    killedBy: ['two-users/old-secret'],
    override: remembering(),
  },
  {
    id: 'record/unbound-by-refusal',
    breaks: 'releases the holder before it looks at the old bindingSecret',
    killedBy: ['two-users/refused-take-over'],
    override: {
      notBoundByUser: (attempt, bindings) => {
        const refusal = correct.notBoundByUser(attempt, bindings);
        if (refusal !== undefined) return refusal;
        const wrong = correct.oldSecretIsStored(attempt, bindings);
        if (paths.alternate(attempt)) bindings.clear();
        return wrong;
      },
    },
  },
];

function record(name: string, breaks: string, instead: Behaviour['record'], ...killedBy: Mutant['killedBy']): Mutant {
  return { id: `record/${name}`, breaks, killedBy, override: { record: instead } };
}

/** A success on one path that puts nothing on record. */
function unrecorded(path: keyof typeof onPath): Mutant {
  return {
    id: `record/nothing-${kebab(path)}`,
    breaks: `answers success and binds nothing ${onPath[path].where}`,
    killedBy: [onPath[path].killedBy],
    override: {
      record: (attempt, bindings) => {
        if (!paths[path](attempt)) correct.record(attempt, bindings);
      },
    },
  };
}

/** The secrets of a device, by its record: what was replaced still counts. */
function remembering(): Partial<Behaviour> {
  const ever = new WeakMap<object, string[]>();
  return {
    record: (attempt, bindings) => {
      ever.set(bindings, [...(ever.get(bindings) ?? []), attempt.newSecret ?? '']);
      correct.record(attempt, bindings);
    },
    oldSecretIsStored: (attempt, bindings) =>
      ever.get(bindings)?.includes(attempt.oldSecret ?? '') === true
        ? undefined
        : correct.oldSecretIsStored(attempt, bindings),
  };
}
