import type { StatesWire } from '../../../../spec/pure-bt/reference/wire.ts';
import type { Fixture, StateName } from '../../../../spec/pure-bt/states.ts';
import type { Variant } from '../../../mutants/mutant.ts';
import { delaying } from '../../../mutants/wires.ts';

/** Platforms that are slow, know fewer states, or give other fixtures. */
export const platformVariants: readonly Variant[] = [
  {
    id: 'platform/jitter',
    differs: 'takes a few milliseconds, now more and now less, and most where it binds',
    wire: delaying(({ body }) => 1 + Math.random() * 5 + (Buffer.from(body).includes('"code":200,') ? 4 : 0)),
  },
  unsupported('ready-alone', 'has the state of a ready device alone', (state) => state !== 'a device ready to bind'),
  unsupported('no-homes', 'knows no homes', (state) => state.includes('home')),
  unsupported('one-user', 'knows one user at a time and gives good tokens alone', (state) =>
    /two users|another user|token|whose every/.test(state),
  ),
  {
    id: 'platform/other-fixtures',
    differs: 'gives tokens with their scheme, a pwd for every device and short bindingSecrets',
    states: giving((fixture) => ({
      ...fixture,
      token: `Bearer ${fixture.token}`,
      ...(fixture.otherToken === undefined ? {} : { otherToken: `bearer ${fixture.otherToken}` }),
      pwd: 'k3ttle-42',
      bindingSecret: fixture.bindingSecret.slice(0, 8),
    })),
  },
  {
    id: 'platform/long-secrets',
    differs: 'has bindingSecrets of three blocks',
    states: giving((fixture) => ({ ...fixture, bindingSecret: fixture.bindingSecret.repeat(3) })),
  },
];

function unsupported(name: string, differs: string, isMissing: (state: StateName) => boolean): Variant {
  const states: StatesWire = (setup) => (state, id) => (isMissing(state) ? undefined : setup(state, id));
  return { id: `platform/${name}`, differs, states };
}

function giving(change: (fixture: Fixture) => Fixture): StatesWire {
  return (setup) => (state, id) => change(setup(state, id));
}
