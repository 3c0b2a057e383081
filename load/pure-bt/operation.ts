import { fileURLToPath } from 'node:url';
import { faultsNamed } from '../../generators/pure-bt/faults/all-faults.ts';
import { definedOnly } from '../../spec/defined-only.ts';
import { binds, type Expectation, refusedWith } from '../../spec/expectation.ts';
import type { Fixture } from '../../spec/family/states.ts';
import { documentedCodes, siblingCodes } from '../../spec/pure-bt/catalogue.ts';
import type { Dialect } from '../../spec/pure-bt/dialect.ts';
import { operationPath } from '../../spec/pure-bt/path.ts';
import { type LoadOperation, makeWorkload, type Rung, type Workload } from '../operation.ts';
import type { Material, Recipe } from './recipe.ts';
import { requestMaker, rowMaker } from './requests.ts';

/** What a load knows of this operation, under a dialect. */
export function loadOperation(dialect: Dialect): LoadOperation {
  return {
    path: operationPath,
    state: 'a product whose every device is ready to bind',
    ...workloadsUnder(dialect),
    bothWrong: combineFaults,
    codes: [...new Set([0, ...documentedCodes.map(({ code }) => code), ...Object.values(siblingCodes).flat()])],
    success: '{"code":200,"msg":"","data":{"verified":1},"extMsg":null}',
    alreadyBound: 5049,
    requests: (fixture, run) => requestMaker(fixture as Fixture, dialect, run),
    rows: (fixture, run) => rowMaker(fixture as Fixture, dialect, run),
    material: (fixture) => readMaterial(fixture as Fixture, dialect),
    script: fileURLToPath(new URL('./k6/send.ts', import.meta.url)),
  };
}

function readMaterial(fixture: Fixture, { signedBindingCode }: Dialect): Material {
  const { pk, ps, bindingCode, bindingSecret, oldBindingSecret = bindingSecret, userDomainSecret, pwd } = fixture;
  return { pk, ps, bindingCode, bindingSecret, oldBindingSecret, userDomainSecret, pwd, signedBindingCode };
}

const right: Recipe = {
  dk: 'right',
  bindingCode: 'plain',
  newSecret: 'right',
  oldSecret: 'absent',
  signature: 'right',
};

/** The correct values of each part of a recipe. */
const harmless: Readonly<Record<string, readonly string[]>> = {
  dk: ['right'],
  bindingCode: ['plain', 'encrypted'],
  newSecret: ['right'],
  oldSecret: ['absent', 'right'],
  signature: ['right'],
};

/** The kinds of request that a load sends, and the expected answer to each under a dialect. */
function workloadsUnder(dialect: Dialect): Pick<LoadOperation, 'plain' | 'mix' | 'ladder'> {
  const workload = (name: string, title: string, recipe: Partial<Recipe>, expected: Expectation): Workload =>
    makeWorkload({ name, title, recipe: { ...right, ...recipe } }, expected, dialect);
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
    'a ciphertext without a bindingCode in it',
    { bindingCode: 'no-code' },
    toExpectation('encrypted-code/not-hex-first'),
  );
  const undecryptableSecret = workload(
    'undecryptable-secret',
    'an encryptedNewBindingSecret that cannot be decrypted',
    { newSecret: 'undecryptable' },
    toExpectation('new-secret/bad-padding'),
  );
  // The device is not bound, so a server may answer that, or ignore the old secret.
  const undecryptableOldSecret = workload(
    'undecryptable-old-secret',
    'an encryptedOldBindingSecret that cannot be decrypted',
    { oldSecret: 'undecryptable' },
    { ...refusedWith(5052, { open: [200] }), anyRefusal: true },
  );
  return {
    plain,
    // Mostly correct requests, and one fault for each kind of cost in a server. Weights add up to 100.
    mix: [
      { workload: plain, weight: 50 },
      { workload: encrypted, weight: 20 },
      { workload: oldSecretRight, weight: 10 },
      ...[wrongSignature, undecryptableSecret, expiredToken, badDk].map((fault) => ({ workload: fault, weight: 5 })),
    ],
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

/** A workload with the faults of two; undefined if they exclude each other, or one has no fault. */
function combineFaults(first: Workload, second: Workload): Workload | undefined {
  const [a, b] = [listFaults(first), listFaults(second)];
  if (a.length === 0 || b.length === 0 || a.some(([part]) => b.some(([other]) => other === part))) return undefined;
  const recipe = { ...second.recipe, ...Object.fromEntries(a.filter(([part]) => part !== 'token')) };
  return definedOnly({ ...second, recipe, token: first.token === undefined ? second.token : first.token });
}

function listFaults({ recipe, token }: Workload): readonly (readonly [part: string, how: string])[] {
  const ofRecipe = Object.entries(recipe).filter(([part, how]) => harmless[part]?.includes(how) !== true);
  return token === undefined ? ofRecipe : [...ofRecipe, ['token', String(token)]];
}

function toExpectation(fault: string): Expectation {
  const [found] = faultsNamed(fault);
  if (found === undefined) throw new Error(fault);
  return found.expect;
}

/** All requests of the ladder carry an encrypted code, so that they have the same size. */
function rung(stage: string, { recipe, ...rest }: Workload): Rung {
  const bindingCode = recipe['bindingCode'] === 'plain' ? 'encrypted' : String(recipe['bindingCode']);
  return { stage, workload: { ...rest, recipe: { ...recipe, bindingCode } } };
}
