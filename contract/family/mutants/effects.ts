import { fieldThatIs } from '../../../spec/family/declared/model.ts';
import { slug } from '../../../spec/family/declared/rules.ts';
import type { Device, World } from '../../../spec/family/reference/world.ts';
import type { Bench, Difference, Mutant } from './server.ts';
import { adding, changed, deciding } from './server.ts';

/** Servers with a wrong effect: not stored, stored too early or too late, or for another device or user. */
export function effectMutants(bench: Bench): readonly Mutant[] {
  const { declared, correct } = bench;
  const { effect, accepts = [] } = declared.declaration;
  const fid = fieldThatIs('fid', declared);
  const inHome = accepts.find(({ with: names }) => fid !== undefined && names?.includes(fid.name));
  return [
    ...changed(bench, 'effect/forgotten', 'forgets a success', 'repeat/plain', { effect: () => undefined }),
    ...(effect === undefined
      ? []
      : changed(
          bench,
          'effect/late',
          'stores a success after it has answered',
          'race/equal-requests',
          lateEffect(bench),
        )),
    ...(effect === 'bind' ? bindMutants(bench) : []),
    ...(effect === undefined ? [] : earlyMutants(bench)),
    ...(inHome === undefined
      ? []
      : [
          ...changed(
            bench,
            'home/refused',
            'refuses every home',
            `accepts/${slug(inHome.state)}`,
            adding(bench, ({ fields }) => (fields.fid === undefined ? undefined : 'added')),
          ),
          ...changed(
            bench,
            'home/any',
            'accepts the home of another user',
            'foreign-home/of-another',
            deciding(bench, 'homeIsOwn', () => undefined),
          ),
          ...changed(
            bench,
            'home/existing',
            'accepts any home that exists or not',
            'foreign-home/of-nobody',
            deciding(bench, 'homeIsOwn', () => undefined),
          ),
        ]),
    ...accepts.flatMap(({ state }) =>
      state.endsWith('another user, binding mode multi') || state.endsWith('another user, binding mode alternate')
        ? changed(
            bench,
            `mode/${slug(state.split(', ').at(-1) ?? '')}`,
            `refuses in the state: ${state}`,
            `accepts/${slug(state)}`,
            {
              bindDecisions: [
                ...correct.bindDecisions,
                (_, bindings) => (bindings.size > 0 ? 'alreadyBound' : undefined),
              ],
            },
          )
        : [],
    ),
  ];
}

/** Checks now and stores in the next turn: equal requests that arrive together all succeed. */
function lateEffect({ correct }: Bench): NonNullable<Difference['override']> {
  return {
    record: (attempt, bindings) => void setImmediate(() => correct.record(attempt, bindings)),
    remember: (done, key) => void setImmediate(() => correct.remember(done, key)),
  };
}

/** Each request has its effect before the checks, so a refused one leaves a trace. */
function earlyMutants(bench: Bench): readonly Mutant[] {
  const { correct, declared } = bench;
  const killers = ['trace/token-tampered-expiry', 'trace/name-too-long'];
  return killers.flatMap((killer) => {
    if (declared.declaration.effect !== 'bind') return [];
    const fault = killer.slice('trace/'.length);
    return changed(bench, `effect/early-${fault}`, `has its effect before it refuses ${fault}`, killer, {
      order: ['early', ...correct.order],
      decisions: {
        ...correct.decisions,
        early: (attempt, world) => {
          const user = attempt.user ?? userOf(attempt.authorization, world);
          const refused = correct.order.some((name) => correct.decisions[name]?.({ ...attempt }, world) !== undefined);
          if (user !== undefined && refused) correct.effect({ ...attempt, user }, world, new Set());
          return undefined;
        },
      },
    });
  });
}

/** The user that a token names, although it is not verified. */
function userOf(authorization: string | undefined, world: World): ReturnType<World['users']['get']> {
  try {
    const claims = JSON.parse(Buffer.from(authorization?.split('.')[1] ?? '', 'base64url').toString()) as {
      uid?: string;
    };
    return world.users.get(claims.uid ?? '');
  } catch {
    return undefined;
  }
}

function bindMutants(bench: Bench): readonly Mutant[] {
  const { correct } = bench;
  const [notBoundByUser, modeAllows] = correct.bindDecisions;
  return [
    ...changed(bench, 'bind/alternate-keeps', 'keeps the first user in binding mode alternate', 'two-users/alternate', {
      record: ({ user }, bindings) => void bindings.set(user?.uid ?? '', ''),
    }),
    ...changed(bench, 'bind/single-shares', 'lets a second user bind in binding mode single', 'two-users/single', {
      bindDecisions: notBoundByUser === undefined ? [] : [notBoundByUser],
    }),
    ...changed(
      bench,
      'bind/one-device',
      'lets a user bind only one device of a product',
      'devices/two-of-a-product',
      adding(bench, ({ product, user }, world) => {
        const has = ({ bindings }: Device): boolean => bindings.get(user?.domain ?? '')?.has(user?.uid ?? '') === true;
        return [...(world.devices.get(product?.pk ?? '')?.values() ?? [])].some(has) ? 'added' : undefined;
      }),
    ),
    ...changed(bench, 'bind/dk-alone', 'identifies a device by its dk alone', 'devices/same-dk-of-two-products', {
      findDevice: (world, pk, dk) =>
        correct.findDevice(world, pk, dk) ?? [...world.devices.values()].flatMap((devices) => devices.get(dk) ?? [])[0],
      findBindings: (device) => correct.findBindings(device, ''),
      bindDecisions: [
        (_, bindings) => (bindings.size > 0 ? 'alreadyBound' : undefined),
        ...(modeAllows === undefined ? [] : [modeAllows]),
      ],
    }),
    ...changed(
      bench,
      'bind/dk-start',
      'identifies a device by the first 12 characters of its dk',
      'devices/longer-dk',
      {
        findDevice: (world, pk, dk) =>
          [...(world.devices.get(pk)?.values() ?? [])].find((one) => one.dk.slice(0, 12) === dk.slice(0, 12)),
      },
    ),
    ...changed(bench, 'bind/unknown-product', 'accepts a product that does not exist', 'pk/unknown', {
      codes: { ...correct.codes, productUnknown: undefined, productNotAuthorised: undefined },
    }),
  ];
}
