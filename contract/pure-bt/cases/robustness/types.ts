import { field } from '../../../../generators/pure-bt/faults/fault.ts';
import { encryptedCode, inHome, withDk, withOldSecret } from '../../../../generators/pure-bt/forms.ts';
import type { BuiltRequest, Json } from '../../../../generators/request.ts';
import { changed } from '../../../../generators/request.ts';
import type { Case } from '../steps.ts';
import type { Odd } from './request.ts';
import { mayGoEitherWay, mustRefuse, withSignedBody } from './request.ts';

/** A field, and the request and state in which it is right until its type is changed. */
type Typed = Pick<Odd, 'prepare' | 'follow' | 'given'>;

const home: Typed = { given: 'a device ready to bind in a home', prepare: [inHome], follow: [inHome] };

const fields: Readonly<Record<string, Typed>> = {
  pk: {},
  dk: {},
  bindingCode: {},
  encryptedBindingCode: { prepare: [encryptedCode] },
  encryptedNewBindingSecret: {},
  encryptedOldBindingSecret: {
    prepare: [withOldSecret],
    given: 'a device bound by another user, binding mode multi',
  },
  random: {},
  signature: {},
  pwd: { prepare: [field('pwd', ({ fixture }) => fixture.pwd ?? 'Secret123')] },
  deviceName: { prepare: [field('deviceName', () => 'Scale')] },
  capabilitiesBitmask: { prepare: [field('capabilitiesBitmask', () => 4)] },
  isCommonDevice: { prepare: [field('isCommonDevice', () => true)] },
  fid: home,
  frid: home,
};

/** An object or an array where a scalar is due. The value inside is right, so that nothing but the type can be wrong. */
const structures: readonly Case[] = Object.entries(fields).flatMap(([name, typed]) =>
  Object.entries({
    array: (value: Json): Json => [value],
    object: (value: Json): Json => ({ value }),
  }).map(([kind, wrap]) =>
    mustRefuse({
      ...typed,
      name: `${name}-${kind}`,
      title: `an ${kind} for ${name}`,
      change: (built) => replaced(built, name, wrap(built.body[name] ?? '')),
    }),
  ),
);

const coercible: readonly (readonly [field: string, value: Json, name: string])[] = [
  ['capabilitiesBitmask', '3', 'text'],
  ['capabilitiesBitmask', 1.5, 'fraction'],
  ['capabilitiesBitmask', true, 'boolean'],
  ['capabilitiesBitmask', 0, 'zero'],
  ['capabilitiesBitmask', 16, 'sixteen'],
  ['capabilitiesBitmask', -1, 'negative'],
  ['capabilitiesBitmask', 2 ** 40, 'huge'],
  ['isCommonDevice', 'yes', 'yes'],
  ['isCommonDevice', 'true', 'text'],
  ['isCommonDevice', 1, 'number'],
  ['deviceName', 5, 'number'],
  ['deviceName', true, 'boolean'],
  ['frid', 5, 'number'],
];

/** Scalars that one server coerces and another refuses. */
const scalars: readonly Case[] = coercible.map(([name, value, kind]) =>
  mayGoEitherWay({
    name: `${name}-${kind}`,
    title: `${JSON.stringify(value)} for ${name}`,
    change: (built) => replaced(built, name, value),
  }),
);

/** Wrong types of every field. */
export const typeCases: readonly Case[] = [
  ...structures,
  ...scalars,
  mayGoEitherWay({
    name: 'dk-number',
    title: 'a number for dk',
    // The same digits each time, so that the request afterwards is about the same device.
    prepare: [withDk(({ fixture }) => digitsOf(fixture.dk))],
    follow: [withDk(({ fixture }) => digitsOf(fixture.dk))],
    given: 'a product whose every device is ready to bind',
    // A dk of digits alone may be malformed.
    afterwards: { open: [5314, 5361], openRefusals: 'undocumented', reading: 'dk-format' },
    change: (built) => replaced(built, 'dk', Number(built.body['dk'])),
  }),
  mayGoEitherWay({
    name: 'random-number',
    title: 'a number for random',
    // 16 digits that a double holds exactly.
    prepare: [field('random', ({ random }) => `1${random.string.numeric(15)}`)],
    change: (built) => replaced(built, 'random', Number(built.body['random'])),
  }),
];

function replaced(built: BuiltRequest, name: string, value: Json): BuiltRequest {
  return withSignedBody(built, changed(built.body, { [name]: value }));
}

/** Nine digits that go with a device. */
function digitsOf(dk: string): string {
  const number = Array.from(dk).reduce((sum, character) => (sum * 31 + character.charCodeAt(0)) % 900_000_000, 7);
  return String(100_000_000 + number);
}
