import { fieldThatIs } from '../../../spec/family/declared/model.ts';
import { slug } from '../../../spec/family/declared/rules.ts';
import type { SharedAttempt, SharedBehaviour } from '../../../spec/family/reference/attempt.ts';
import type { DeclaredBehaviour } from '../../../spec/family/reference/declared/attempt.ts';
import { type Device, findBindings, findDevice, type User, type World } from '../../../spec/family/reference/world.ts';
import { type Comparison, samePart } from '../../mutants/operators.ts';
import { type Bench, type Change, changed, deciding, type Mutant, refusing } from './server.ts';

/** Servers with a wrong effect: not stored, stored too early or too late, or for another device or user. */
export function effectMutants(bench: Bench): readonly Mutant[] {
  const { correct } = bench;
  const { effect, accepts = [] } = bench.declared.declaration;
  const fid = fieldThatIs('fid', bench.declared);
  const inHome = accepts.find(({ with: names }) => fid !== undefined && names?.includes(fid.name));
  const sharing = accepts.filter(({ state }) => /another user, binding mode (multi|alternate)$/.test(state));
  const anyHome = deciding(correct, 'homeIsOwn', () => undefined);
  return changed({
    'effect/forgotten: forgets a success -> repeat/plain': { effect: () => undefined },
    ...(effect !== undefined && {
      // Equal requests that arrive together all succeed.
      'effect/late: stores a success after it has answered -> race/equal-requests': {
        record: (attempt, bindings) => void setImmediate(() => correct.record(attempt, bindings)),
        remember: (world, key) => void setImmediate(() => correct.remember(world, key)),
      },
    }),
    ...(effect === 'bind' && bindChanges(bench)),
    ...(inHome !== undefined && {
      [`home/refused: refuses every home -> accepts/${slug(inHome.state)}`]: refusing(
        correct,
        ({ fields }) => fields.fid !== undefined,
      ),
      'home/any: accepts the home of another user -> foreign-home/of-another': anyHome,
      'home/existing: accepts any home that exists or not -> foreign-home/of-nobody': anyHome,
    }),
    ...Object.fromEntries(
      sharing.map(({ state }) => [
        `mode/${slug(state.split(', ').at(-1) ?? '')}: refuses in the state: ${state} -> accepts/${slug(state)}`,
        {
          bindDecisions: [...correct.bindDecisions, (_, bindings) => (bindings.size > 0 ? 'alreadyBound' : undefined)],
        },
      ]),
    ),
  });
}

function bindChanges({ correct }: Bench): Readonly<Record<string, Change>> {
  const [notBoundByUser, modeAllows] = correct.bindDecisions;
  const early = bindsEarly(correct);
  return {
    'effect/early-token-tampered-expiry: has its effect before it refuses token-tampered-expiry -> trace/token-tampered-expiry':
      early,
    'effect/early-name-too-long: has its effect before it refuses name-too-long -> trace/name-too-long': early,
    'bind/alternate-keeps: keeps the first user in binding mode alternate -> two-users/alternate': {
      record: ({ user }, bindings) => void bindings.set(user?.uid ?? '', ''),
    },
    'bind/single-shares: lets a second user bind in binding mode single -> two-users/single': {
      bindDecisions: notBoundByUser === undefined ? [] : [notBoundByUser],
    },
    'bind/one-device: lets a user bind only one device of a product -> devices/two-of-a-product': refusing(
      correct,
      hasBoundAnother,
    ),
    'bind/dk-alone: identifies a device by its dk alone -> devices/same-dk-of-two-products': {
      ...anyProduct,
      bindDecisions: [
        (_, bindings) => (bindings.size > 0 ? 'alreadyBound' : undefined),
        ...(modeAllows === undefined ? [] : [modeAllows]),
      ],
    },
    'bind/dk-start: identifies a device by the first 12 characters of its dk -> devices/longer-dk': knownBy(
      samePart(0, 12),
    ),
    'bind/unknown-product: accepts a product that does not exist -> pk/unknown': {
      codes: { ...correct.codes, productUnknown: undefined, productNotAuthorised: undefined },
    },
  };
}

/** Each request has its effect before the checks, so a refused one leaves a trace. */
function bindsEarly(correct: DeclaredBehaviour): Partial<DeclaredBehaviour> {
  const early: DeclaredBehaviour['decisions'][string] = (attempt, world) => {
    const user = attempt.user ?? userOf(attempt.authorization, world);
    const refused = correct.order.some((name) => correct.decisions[name]?.({ ...attempt }, world) !== undefined);
    if (user !== undefined && refused) correct.effect({ ...attempt, user }, world);
    return undefined;
  };
  return { order: ['early', ...correct.order], decisions: { ...correct.decisions, early } };
}

/** The user that a token names, although it is not verified. */
function userOf(authorization: string | undefined, world: World): User | undefined {
  try {
    const claims = JSON.parse(Buffer.from(authorization?.split('.')[1] ?? '', 'base64url').toString()) as {
      uid?: string;
    };
    return world.users.get(claims.uid ?? '');
  } catch {
    return undefined;
  }
}

/** Whether the user has already bound a device of the product. */
export function hasBoundAnother({ product, user }: SharedAttempt, world: World): boolean {
  const has = ({ bindings }: Device): boolean => bindings.get(user?.domain ?? '')?.has(user?.uid ?? '') === true;
  return listDevices(world, product?.pk ?? '').some(has);
}

/** Identifies devices of a product by a weaker comparison of their dk. */
export function knownBy(isSame: Comparison): Pick<SharedBehaviour, 'findDevice'> {
  return { findDevice: (world, pk, dk) => listDevices(world, pk).find((one) => isSame(one.dk, dk)) };
}

/** Identifies a device by its dk alone, in any product and any user domain. */
export const anyProduct: Pick<SharedBehaviour, 'findDevice' | 'findBindings'> = {
  findDevice: (world, pk, dk) =>
    findDevice(world, pk, dk) ?? [...world.devices.values()].flatMap((devices) => devices.get(dk) ?? [])[0],
  findBindings: (device) => findBindings(device, ''),
};

function listDevices({ devices }: World, pk: string): readonly Device[] {
  return [...(devices.get(pk)?.values() ?? [])];
}
