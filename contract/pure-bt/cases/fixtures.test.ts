/** Unusual but correct fixtures of a states handler: no case may treat one as a fault. */
import { expect, test } from 'vitest';
import { textOfLength } from '../../../generators/pattern.ts';
import { faults } from '../../../generators/pure-bt/faults/all-faults.ts';
import { buildRequest } from '../../../generators/pure-bt/request.ts';
import { seededRandom } from '../../../generators/random.ts';
import type { BuiltRequest } from '../../../generators/request.ts';
import type { Fixture } from '../../../spec/family/states.ts';
import { defaultDialect } from '../../../spec/pure-bt/dialect.ts';
import { operation } from '../../../spec/pure-bt/operation.ts';
import { goodFixture } from '../../testing/servers.ts';
import { cases } from './all-cases.ts';
import type { Case } from './steps.ts';

function findCase(id: string): Case {
  const found = cases.find((tested) => tested.id === id);
  if (found === undefined) throw new Error(`no case is called "${id}"`);
  return found;
}

function buildRequests({ steps }: Case, fixture: Fixture): readonly BuiltRequest[] {
  const [step] = steps;
  if (step === undefined || 'timed' in step) throw new Error('the first step sends requests');
  return step.requests({ fixture, dialect: defaultDialect, random: seededRandom(1, 'requests'), keys: {} });
}

test.each(['abcdefghijklmnop0123', 'ABCDEFGHIJKLMNOP0123', 'Mixed0123'])(
  'other formulas never give the right signature with secret %s',
  (userDomainSecret) => {
    const fixture = { ...goodFixture(1), userDomainSecret };
    const right = buildRequests(findCase('signature/every-other-formula'), fixture).filter(({ body, plaintexts }) =>
      operation.proofs(body, plaintexts, fixture).includes(String(body['signature'])),
    );
    expect(right).toEqual([]);
  },
);

test.each(['[\\x20-\\x7e]{1,64}', '[ -~]+x?', '.{8}'])(
  'creates text of %s without spaces that a server may trim',
  (pattern) => {
    for (let seed = 0; seed < 50; seed += 1) expect(textOfLength(pattern, 8, seededRandom(seed))).toMatch(/^\S{8}$/);
  },
);

test('builds every fault with non-ASCII secrets', () => {
  const fixture = { ...goodFixture(1), bindingSecret: 'clé-秘密-😀', oldBindingSecret: 'ключ' };
  const context = { fixture, dialect: defaultDialect, random: seededRandom(1, 'unicode'), keys: {} };
  for (const { id, changes, needs } of faults) {
    if (needs === undefined) expect(() => buildRequest(context, changes), id).not.toThrow();
  }
});

const [one, other] = [goodFixture(1), goodFixture(2)];
const foreignHomes = cases.filter(({ id, unfit }) => id.startsWith('foreign-home/') && unfit !== undefined);

test.each(foreignHomes.map(({ id }) => id))('skips %s if both fixtures have the same home', (id) => {
  const { unfit } = findCase(id);
  expect(unfit?.({ ...one, fid: 'home' }, { ...other, fid: 'home' }, defaultDialect)).toContain('the same home');
  expect(unfit?.({ ...one, fid: 'home' }, { ...other, fid: 'another' }, defaultDialect)).toBeUndefined();
});

test('skips paste/new-as-old if the new secret is the old one', () => {
  const { unfit } = findCase('paste/new-as-old');
  expect(unfit?.({ ...one, bindingSecret: 'same', oldBindingSecret: 'same' }, undefined, defaultDialect)).toContain(
    'the same',
  );
  expect(unfit?.({ ...one, bindingSecret: 'one', oldBindingSecret: 'two' }, undefined, defaultDialect)).toBeUndefined();
});

/** A dk and a code that stay well formed when a character moves between them. */
const wide = { dkPattern: '[0-9A-Z]{6,20}', bindingCodePattern: '[\\x21-\\x7e]{1,64}' };

test.each([
  ['shift/dk-to-code', wide, true],
  ['shift/code-to-dk', wide, true],
  // The dk has 12 characters.
  ['shift/dk-to-code', { ...wide, dkPattern: '[0-9A-Z]{12}' }, false],
  ['shift/code-to-dk', { ...wide, bindingCodePattern: '[0-9A-F]{16}' }, false],
  ['shift/code-to-pwd', wide, true],
  ['shift/pwd-to-code', wide, true],
  ['shift/code-into-pwd', wide, false],
  ['shift/pwd-to-code', { bindingCodePattern: '[0-9A-F]{16}' }, false],
  ['paste/encrypted-in-plain', wide, true],
  ['paste/encrypted-in-plain', { bindingCodePattern: '[0-9A-Za-z]{1,64}' }, false],
  ['paste/secret-as-code', wide, true],
] as const)('%s under %o is a correct request: %s', (id, patterns, isCorrect) => {
  const dialect = { ...defaultDialect, ...patterns };
  expect(findCase(id).unfit?.(one, undefined, dialect) !== undefined).toBe(isCorrect);
});
