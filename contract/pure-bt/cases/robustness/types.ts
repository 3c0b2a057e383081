import { field } from '../../../../generators/pure-bt/faults/fault.ts';
import { withBody } from '../../../../generators/pure-bt/request.ts';
import { encryptedCode, inHome, withDk, withOldSecret, withPwd } from '../../../../generators/pure-bt/valid-forms.ts';
import type { BuiltRequest, Json } from '../../../../generators/request.ts';
import { underReading } from '../../../../spec/expectation.ts';
import { type Case, devices } from '../steps.ts';
import { mayGoEitherWay, mustRefuse, type RobustnessOptions } from './robustness-case.ts';

const home: RobustnessOptions = { given: devices.readyInHome, prepare: [inHome], follow: [inHome] };

/** Each field, with a request and a state in which only the changed type is wrong. */
const fields: Readonly<Record<string, RobustnessOptions>> = {
  pk: {},
  dk: {},
  bindingCode: {},
  encryptedBindingCode: { prepare: [encryptedCode] },
  encryptedNewBindingSecret: {},
  encryptedOldBindingSecret: { prepare: [withOldSecret], given: devices.heldMulti },
  random: {},
  signature: {},
  pwd: { prepare: [withPwd] },
  deviceName: { prepare: [field('deviceName', () => 'Scale')] },
  capabilitiesBitmask: { prepare: [field('capabilitiesBitmask', () => 4)] },
  isCommonDevice: { prepare: [field('isCommonDevice', () => true)] },
  fid: home,
  frid: home,
};

/** An object or an array instead of a scalar. The value inside is correct, so only the type is wrong. */
const structures: readonly Case[] = Object.entries(fields).flatMap(([name, typed]) =>
  Object.entries({
    array: (value: Json): Json => [value],
    object: (value: Json): Json => ({ value }),
  }).map(([kind, wrap]) =>
    mustRefuse(
      `${name}-${kind}`,
      `an ${kind} as ${name}`,
      (built) => withField(built, name, wrap(built.body[name] ?? '')),
      typed,
    ),
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

/** Scalars that some servers convert and others refuse. */
const scalars: readonly Case[] = coercible.map(([name, value, kind]) =>
  mayGoEitherWay(`${name}-${kind}`, `${JSON.stringify(value)} as ${name}`, (built) => withField(built, name, value)),
);

/** A wrong type for every field. */
export const typeCases: readonly Case[] = [
  ...structures,
  ...scalars,
  mayGoEitherWay('dk-number', 'a number as dk', (built) => withField(built, 'dk', Number(built.body['dk'])), {
    // The same digits each time, so the request that follows is for the same device.
    prepare: [withDk(({ fixture }) => nineDigits(fixture.dk))],
    follow: [withDk(({ fixture }) => nineDigits(fixture.dk))],
    given: devices.any,
    // A dk of only digits may be malformed.
    afterwards: underReading('dk-format', 5314, 5361),
  }),
  mayGoEitherWay(
    'random-number',
    'a number as random',
    (built) => withField(built, 'random', Number(built.body['random'])),
    {
      // 16 digits that a double can represent exactly.
      prepare: [field('random', ({ random }) => `1${random.string.numeric(15)}`)],
    },
  ),
];

function withField(built: BuiltRequest, name: string, value: Json): BuiltRequest {
  return withBody(built, { [name]: value });
}

/** Nine digits that depend on the device. */
function nineDigits(dk: string): string {
  const number = Array.from(dk).reduce((sum, character) => (sum * 31 + character.charCodeAt(0)) % 900_000_000, 7);
  return String(100_000_000 + number);
}
