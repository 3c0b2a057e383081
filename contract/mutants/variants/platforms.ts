import type { StateName } from '../../../spec/states.ts';
import type { Variant } from '../mutant.ts';
import { delaying } from '../wires.ts';

/** Platforms that are slow, know fewer states, or give other fixtures. */
export const platformVariants: readonly Variant[] = [
  { id: 'platform/slow', differs: 'takes 3 ms for every answer', wire: delaying(() => 3) },
  {
    id: 'platform/jitter',
    differs: 'takes up to 6 ms, now more and now less',
    wire: delaying(() => Math.random() * 6),
  },
  {
    id: 'platform/slow-binds',
    differs: 'takes 10 ms more where it binds',
    wire: delaying(({ body }) => (Buffer.from(body).includes('"code":200,') ? 10 : 0)),
  },
  unsupported('ready-alone', 'has the state of a ready device alone', (state) => state !== 'a device ready to bind'),
  unsupported('no-homes', 'knows no homes', (state) => state.includes('home')),
  unsupported('no-second-user', 'knows one user at a time', (state) => /two users|another user/.test(state)),
  unsupported('no-own-devices', 'cannot make every device of a product ready', (state) =>
    state.startsWith('a product whose'),
  ),
  unsupported('no-tokens', 'gives good tokens alone', (state) => state.includes('token')),
  {
    id: 'platform/token-with-scheme',
    differs: 'gives tokens with their scheme',
    fixture: (fixture) => ({
      ...fixture,
      token: `Bearer ${fixture.token}`,
      ...(fixture.otherToken === undefined ? {} : { otherToken: `bearer ${fixture.otherToken}` }),
    }),
  },
  {
    id: 'platform/devices-with-pwd',
    differs: 'has a pwd for every device',
    fixture: (fixture) => ({ ...fixture, pwd: 'k3ttle-42' }),
  },
  {
    id: 'platform/short-secrets',
    differs: 'has bindingSecrets of eight characters',
    fixture: (fixture) => ({ ...fixture, bindingSecret: fixture.bindingSecret.slice(0, 8) }),
  },
  {
    id: 'platform/long-secrets',
    differs: 'has bindingSecrets of three blocks',
    fixture: (fixture) => ({ ...fixture, bindingSecret: fixture.bindingSecret.repeat(3) }),
  },
];

function unsupported(name: string, differs: string, isMissing: (state: StateName) => boolean): Variant {
  return { id: `platform/${name}`, differs, unsupported: isMissing };
}
