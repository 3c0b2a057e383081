import { faultsNamed } from '../../generators/pure-bt/faults/all-faults.ts';
import { definedOnly } from '../../spec/defined-only.ts';
import type { Expectation } from '../../spec/expectation.ts';
import { asksToBind, binds, classifyCode, refusedWith } from '../../spec/expectation.ts';
import type { Dialect } from '../../spec/pure-bt/dialect.ts';
import type { LoadOperation, Rung, Weighted, Workload } from '../operation.ts';
import type { Recipe } from './recipe.ts';

const right: Recipe = {
  dk: 'right',
  bindingCode: 'plain',
  newSecret: 'right',
  oldSecret: 'absent',
  signature: 'right',
};

/** What is nothing wrong, of each part of a recipe. */
const harmless: Readonly<Record<string, readonly string[]>> = {
  dk: ['right'],
  bindingCode: ['plain', 'encrypted'],
  newSecret: ['right'],
  oldSecret: ['absent', 'right'],
  signature: ['right'],
};

/** The kinds of request that a load sends, and what each is to be answered with under a dialect. */
export function workloadsUnder(dialect: Dialect): Pick<LoadOperation, 'plain' | 'mix' | 'ladder'> {
  const workload = (name: string, title: string, recipe: Partial<Recipe>, expected: Expectation): Workload => ({
    name,
    title,
    recipe: { ...right, ...recipe },
    binds: asksToBind(expected),
    leavesBound: asksToBind(expected) && expected.open.length === 0,
    classify: (code) => {
      if (code === 'other') return expected.anyRefusal ? 'right' : 'wrong';
      return classifyCode(code, expected, dialect);
    },
  });
  const plain = workload('plain', 'a plain bindingCode', {}, binds);
  const encrypted = workload('encrypted', 'an encrypted bindingCode', { bindingCode: 'encrypted' }, binds);
  const oldSecretRight = workload(
    'old-secret',
    'an old bindingSecret',
    { oldSecret: 'right' },
    dialect.oldSecretWhenUnbound === 'ignored' ? { ...binds, open: [5052] } : refusedWith(5052, { open: [200] }),
  );
  const noToken: Workload = { ...workload('no-token', 'no token', {}, refusedWith(5106)), token: null };
  const expiredToken: Workload = {
    ...workload('expired-token', 'an expired token', {}, refusedWith(5032)),
    token: 'an expired token',
  };
  const badDk = workload('bad-dk', 'a dk with a hyphen', { dk: 'bad' }, toExpectation('dk/hyphen-last'));
  const wrongSignature = workload(
    'wrong-signature',
    'a signature with a wrong digit',
    { signature: 'wrong' },
    toExpectation('signature/middle-digit'),
  );
  const noCode = workload(
    'no-code',
    'a ciphertext that holds no bindingCode',
    { bindingCode: 'no-code' },
    toExpectation('encrypted-code/not-hex-first'),
  );
  const undecryptableSecret = workload(
    'undecryptable-secret',
    'an encryptedNewBindingSecret that cannot be decrypted',
    { newSecret: 'undecryptable' },
    toExpectation('new-secret/bad-padding'),
  );
  // The device is not bound, so a server may say just that, or go on without the old secret.
  const undecryptableOldSecret = workload(
    'undecryptable-old-secret',
    'an encryptedOldBindingSecret that cannot be decrypted',
    { oldSecret: 'undecryptable' },
    { ...refusedWith(5052, { open: [200] }), anyRefusal: true },
  );
  return {
    plain,
    // Mostly right, wrong in every way that costs a server something else. Weights add up to 100.
    mix: withWeights([
      [50, plain],
      [20, encrypted],
      [10, oldSecretRight],
      [5, wrongSignature],
      [5, undecryptableSecret],
      [5, expiredToken],
      [5, badDk],
    ]),
    ladder: [
      rung('transport', noToken),
      rung('token check', expiredToken),
      rung('format check', badDk),
      rung('signature', wrongSignature),
      rung('decryption of the code', noCode),
      rung('decryption of the new secret', undecryptableSecret),
      rung('decryption of the old secret', undecryptableOldSecret),
      rung('bind', workload('bind', 'nothing wrong', {}, binds)),
    ],
  };
}

/** A workload with the faults of two; undefined where they exclude each other, or one of them has none. */
export function combineFaults(first: Workload, second: Workload): Workload | undefined {
  const [a, b] = [listFaults(first), listFaults(second)];
  if (a.length === 0 || b.length === 0 || a.some(([part]) => b.some(([other]) => other === part))) return undefined;
  const recipe = { ...second.recipe, ...Object.fromEntries(a.filter(([part]) => part !== 'token')) };
  return definedOnly({ ...second, recipe, token: first.token === undefined ? second.token : first.token });
}

function listFaults({ recipe, token }: Workload): readonly (readonly [part: string, how: string])[] {
  const ofRecipe = Object.entries(recipe).filter(([part, how]) => harmless[part]?.includes(how) !== true);
  return token === undefined ? ofRecipe : [...ofRecipe, ['token', String(token)]];
}

function withWeights(rows: readonly (readonly [number, Workload])[]): readonly Weighted[] {
  return rows.map(([weight, workload]) => ({ workload, weight }));
}

function toExpectation(fault: string): Expectation {
  const [found] = faultsNamed(fault);
  if (found === undefined) throw new Error(fault);
  return found.expect;
}

/** All requests of the ladder carry an encrypted code, so that they are of one size. */
function rung(stage: string, { recipe, ...rest }: Workload): Rung {
  const bindingCode = recipe['bindingCode'] === 'plain' ? 'encrypted' : String(recipe['bindingCode']);
  return { stage, workload: { ...rest, recipe: { ...recipe, bindingCode } } };
}
