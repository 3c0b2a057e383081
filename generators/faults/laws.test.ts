import { describe, expect, test } from 'vitest';
import { documentedCode } from '../../spec/catalogue.ts';
import { defaultDialect } from '../../spec/dialect.ts';
import { binds, standing } from '../../spec/expectation.ts';
import type { Fixture } from '../../spec/states.ts';
import { madeUpFixture } from '../fixture.ts';
import { seededRandom } from '../random.ts';
import type { BuiltRequest } from '../request.ts';
import { buildRequest } from '../request.ts';
import { brokenParts } from '../testing/diagnosis.ts';
import { startPlatform } from '../testing/platform.ts';
import type { Fault } from './fault.ts';
import { faultNamed, faults, faultsNamed } from './menu.ts';

const platform = await startPlatform();
const seeds = [1, 2, 42, 20_261_124];

function fixtureOf(seed: number): ReturnType<typeof madeUpFixture> {
  return madeUpFixture(seededRandom(seed, 'fixture'), platform.token);
}

/** Devices at the edges of what a states handler may give: a fault must break them too. */
const edges = [
  { pk: 'p', dk: '0000', bindingCode: '0000000000000000', ps: '0000000000000000' },
  { pk: 'p'.repeat(40), dk: 'z'.repeat(32), bindingCode: 'FFFFFFFFFFFFFFFF', ps: '~!@#$%^&*()_+=-~' },
  { pk: 'p1,x', dk: '9999999999999', bindingCode: '9999999999999999', bindingSecret: 'x' },
];

function faulty(fault: Fault, seed: number, fixture: Fixture = fixtureOf(seed)): BuiltRequest {
  const context = {
    fixture,
    dialect: defaultDialect,
    random: seededRandom(seed, fault.id),
    keys: platform.keys,
  };
  return buildRequest(context, fault.changes);
}

test('there are at least 60 faults', () => expect(faults.length).toBeGreaterThanOrEqual(60));

test('fault names are unique', () => expect(new Set(faults.map(({ id }) => id)).size).toBe(faults.length));

test('a fault is found by its name', () => {
  expect(faultNamed('dk/too-short')?.title).toBe('a dk of three characters');
  expect(faultNamed('dk/none-such')).toBeUndefined();
  expect(faultsNamed('dk/too-short', 'dk/absent').map(({ id }) => id)).toEqual(['dk/too-short', 'dk/absent']);
  expect(() => faultsNamed('dk/too-short', 'dk/none-such')).toThrow('no fault is called "dk/none-such"');
});

describe.each(faults.map((fault) => [fault.id, fault] as const))('%s', (_, fault) => {
  test.each(seeds)('breaks exactly what it names (seed %i)', (seed) => {
    const broken = brokenParts(faulty(fault, seed), fixtureOf(seed), platform.keys.publicKeyPem);
    // A changed or missing iv makes every ciphertext unreadable: that is what breaking `random` means.
    const consequences = fault.breaks === 'random' ? ['encryptedNewBindingSecret', 'random'] : [fault.breaks];
    expect([...broken].filter((part) => !consequences.includes(part))).toEqual([]);
    expect(broken.size).toBeGreaterThan(0);
  });

  test.each(edges)('breaks what it names for a device at the edge (%o)', (edge) => {
    const fixture = { ...fixtureOf(1), ...edge };
    const broken = brokenParts(faulty(fault, 1, fixture), fixture, platform.keys.publicKeyPem);
    expect(broken.has(fault.breaks) || (fault.breaks === 'random' && broken.size > 0)).toBe(true);
  });

  test('is the same for the same seed', () => {
    expect(withoutClock(faulty(fault, 7))).toEqual(withoutClock(faulty(fault, 7)));
  });

  test('may never succeed, and earns only documented codes', () => {
    expect(standing(200, fault.expect, defaultDialect)).not.toBe('right');
    expect(fault.expect).not.toBe(binds);
    expect(fault.expect.codes.filter((code) => documentedCode(code) === undefined)).toEqual([]);
  });
});

/** Tokens signed with the platform's key carry the time; the rest of the request does not. */
function withoutClock({ body, authorization }: BuiltRequest): unknown {
  return { body, segments: authorization?.split('.').length };
}
