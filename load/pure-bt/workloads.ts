import { UserError } from '../../contract/user-error.ts';
import { faultsNamed } from '../../generators/pure-bt/faults/menu.ts';
import type { Expectation } from '../../spec/expectation.ts';
import { binds, refusedWith } from '../../spec/expectation.ts';
import type { Dialect } from '../../spec/pure-bt/dialect.ts';
import type { StateName } from '../../spec/pure-bt/states.ts';
import type { Recipe } from './recipe.ts';

/** A kind of request that a load sends. */
export type Workload = {
  readonly name: string;
  /** What it is, after "a request with": `an encrypted bindingCode`. */
  readonly title: string;
  readonly recipe: Recipe;
  readonly expect: (dialect: Dialect) => Expectation;
  /** A state beside the load state, for its token. */
  readonly state?: StateName;
};

/** A workload and its share of the requests, in parts. */
export type Weighted = { readonly workload: Workload; readonly weight: number };

const right: Recipe = {
  token: 'right',
  dk: 'right',
  bindingCode: 'plain',
  newSecret: 'right',
  oldSecret: 'absent',
  signature: 'right',
};

/** The simplest request that binds. */
export const plain: Workload = workload('plain', 'a plain bindingCode', {}, () => binds);
const badDk = workload('bad-dk', 'a dk with a hyphen', { dk: 'bad' }, ofFault('dk/hyphen-last'));
const expiredToken: Workload = {
  ...workload('expired-token', 'an expired token', { token: 'expired' }, () => refusedWith(5032)),
  state: 'an expired token',
};
const wrongSignature = workload(
  'wrong-signature',
  'a signature with a wrong digit',
  { signature: 'wrong' },
  ofFault('signature/middle-digit'),
);
const undecryptableSecret = workload(
  'undecryptable-secret',
  'an encryptedNewBindingSecret that cannot be decrypted',
  { newSecret: 'undecryptable' },
  ofFault('new-secret/bad-padding'),
);

/** The mix of an ordinary load: mostly right, wrong in every way that costs a server something else. Weights add up to 100. */
export const defaultMix: readonly Weighted[] = [
  { workload: plain, weight: 50 },
  {
    workload: workload('encrypted', 'an encrypted bindingCode', { bindingCode: 'encrypted' }, () => binds),
    weight: 20,
  },
  {
    workload: workload('old-secret', 'an old bindingSecret', { oldSecret: 'right' }, ({ oldSecretWhenUnbound }) =>
      oldSecretWhenUnbound === 'ignored' ? { ...binds, open: [5052] } : refusedWith(5052, { open: [200] }),
    ),
    weight: 10,
  },
  { workload: wrongSignature, weight: 5 },
  { workload: undecryptableSecret, weight: 5 },
  { workload: expiredToken, weight: 5 },
  { workload: badDk, weight: 5 },
];

/**
 * The mix with other weights, by name; a weight of 0 leaves a workload out.
 * @throws UserError (exit code 2) for a name that no workload has, or where nothing is left.
 */
export function readMix(weights: Readonly<Record<string, number>>): readonly Weighted[] {
  const names = defaultMix.map(({ workload: { name } }) => name);
  const unknown = Object.keys(weights).find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw new UserError(`load.mix: no workload is called "${unknown}"; the workloads are ${names.join(', ')}`, 2);
  }
  if (Object.keys(weights).length === 0) return defaultMix;
  // Who names weights names them all: what is not named is not sent.
  const mix = defaultMix.flatMap(({ workload: one }) => {
    const weight = weights[one.name] ?? 0;
    return weight > 0 ? [{ workload: one, weight }] : [];
  });
  if (mix.length === 0) throw new UserError('load.mix gives no workload a weight; give at least one of them 1', 2);
  return mix;
}

/** A request of the stage ladder and the stage that it adds to the one before it. */
export type Rung = { readonly workload: Workload; readonly stage: string };

/**
 * Requests that get one stage further each, in the usual order of checks; a server's own order is asked for (`stages/order.ts`).
 * What one costs beyond the one before it is what its stage costs. All carry an encrypted code, so that they are of one size.
 * Source: LOAD, "Stages".
 */
export const stageLadder: readonly Rung[] = [
  rung(
    'transport',
    workload('no-token', 'no token', { token: 'absent' }, () => refusedWith(5106)),
  ),
  rung('token check', expiredToken),
  rung('format check', badDk),
  rung('signature', wrongSignature),
  rung(
    'decryption of the code',
    workload(
      'no-code',
      'a ciphertext that holds no bindingCode',
      { bindingCode: 'no-code' },
      ofFault('encrypted-code/not-hex-first'),
    ),
  ),
  rung('decryption of the new secret', undecryptableSecret),
  rung(
    'decryption of the old secret',
    // The device is not bound, so a server may say just that, or go on without the old secret.
    workload(
      'undecryptable-old-secret',
      'an encryptedOldBindingSecret that cannot be decrypted',
      { oldSecret: 'undecryptable' },
      () => ({ ...refusedWith(5052, { open: [200] }), anyRefusal: true }),
    ),
  ),
  rung(
    'bind',
    workload('bind', 'nothing wrong', {}, () => binds),
  ),
];

/**
 * Which workload each request is of: indices into `weights`, one round of their sum, spread as evenly as the weights allow.
 * The same for every process of a run, so that a request's number alone says what it is.
 */
export function scheduleOf(weights: readonly number[]): readonly number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const credit = weights.map(() => 0);
  return Array.from({ length: total }, () => {
    for (const [index, weight] of weights.entries()) credit[index] = (credit[index] ?? 0) + weight;
    const next = credit.indexOf(Math.max(...credit));
    credit[next] = (credit[next] ?? 0) - total;
    return next;
  });
}

function workload(name: string, title: string, recipe: Partial<Recipe>, expect: Workload['expect']): Workload {
  return { name, title, recipe: { ...right, ...recipe }, expect };
}

function ofFault(id: string): Workload['expect'] {
  const [fault] = faultsNamed(id);
  if (fault === undefined) throw new Error(id);
  return () => fault.expect;
}

function rung(stage: string, { recipe, ...rest }: Workload): Rung {
  const bindingCode = recipe.bindingCode === 'plain' ? 'encrypted' : recipe.bindingCode;
  return { stage, workload: { ...rest, recipe: { ...recipe, bindingCode } } };
}
