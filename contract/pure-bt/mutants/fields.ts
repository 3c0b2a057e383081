import type { Behaviour } from '../../../spec/pure-bt/reference/behaviour.ts';
import { correct } from '../../../spec/pure-bt/reference/behaviour.ts';
import type { Fields } from '../../../spec/pure-bt/reference/fields.ts';
import type { Mutant } from '../../mutants/mutant.ts';

/** pwd, random, capabilitiesBitmask, isCommonDevice and frid, and what null means. */
export const fieldMutants: readonly Mutant[] = [
  {
    id: 'pwd/unchecked',
    breaks: 'takes any pwd',
    killedBy: ['pwd/malformed'],
    override: { pwdFormat: () => undefined },
  },
  {
    id: 'pwd/required',
    breaks: 'asks every device for a pwd',
    killedBy: ['bind/plain'],
    override: {
      pwdFormat: ({ fields, behaviour }) => (behaviour.pwdPattern.test(fields.pwd ?? '') ? undefined : 'pwdFormat'),
    },
  },
  {
    id: 'random/cut-to-16',
    breaks: 'takes the first 16 characters of a longer random',
    killedBy: ['random/too-long'],
    override: {
      randomPattern: /^[0-9A-Za-z]{16,}$/,
      decrypt: (base64, key, iv) => correct.decrypt(base64, key, iv.slice(0, 16)),
    },
  },
  bitmask(
    'no-matter',
    'does not know the bit for Matter',
    (mask) => mask > 7,
    'bind/capabilities/8',
    'bind/capabilities/15',
  ),
  bitmask('14-at-most', 'refuses the sum of all capabilities', (mask) => mask > 14, 'bind/capabilities/15'),
  bitmask('2-at-least', 'refuses the least capability', (mask) => mask < 2, 'bind/capabilities/1'),
  bitmask('ble-needed', 'wants a Bluetooth device to say so', (mask) => (mask & 4) === 0, 'bind/capabilities/3'),
  bitmask('one-bit', 'takes one capability at a time', (mask) => (mask & (mask - 1)) !== 0, 'bind/capabilities/5'),
  {
    id: 'fields/two-at-once',
    breaks: 'refuses a deviceName beside a capabilitiesBitmask',
    killedBy: ['property/valid'],
    override: refusing(
      ({ deviceName, capabilitiesBitmask }) => deviceName !== undefined && capabilitiesBitmask !== undefined,
    ),
  },
  {
    id: 'fields/common-false-refused',
    breaks: 'refuses isCommonDevice false',
    killedBy: ['bind/common/false', 'bind/home-not-common'],
    override: refusing(({ isCommonDevice }) => isCommonDevice === false),
  },
  {
    id: 'fields/room-required',
    breaks: 'asks for the room where there is a home',
    killedBy: ['bind/home-without-room'],
    override: refusing(({ fid, frid }) => fid !== undefined && frid === undefined),
  },
  nullAsText('pk', 'pk/null'),
  nullAsText('dk', 'dk/null'),
  nullAsText('bindingCode', 'code/null'),
];

function bitmask(
  name: string,
  breaks: string,
  isRefused: (mask: number) => boolean,
  ...killedBy: Mutant['killedBy']
): Mutant {
  const override = refusing(
    ({ capabilitiesBitmask }) => capabilitiesBitmask !== undefined && isRefused(capabilitiesBitmask),
  );
  return { id: `capabilities/${name}`, breaks, killedBy, override };
}

/** A body that cannot be read, for a server that refuses what it should take. */
function refusing(isRefused: (fields: Fields) => boolean): Partial<Behaviour> {
  return {
    readFields: (body) => {
      const fields = correct.readFields(body);
      return fields === undefined || isRefused(fields) ? undefined : fields;
    },
  };
}

function nullAsText(name: keyof Fields, killedBy: string): Mutant {
  return {
    id: `null/${name}-as-text`,
    breaks: `takes a null ${name} for the text "null"`,
    killedBy: [killedBy],
    override: {
      readFields: (body) => {
        const fields = correct.readFields(body);
        return fields === undefined || !isNull(body, name) ? fields : { ...fields, [name]: 'null' };
      },
    },
  };
}

function isNull(body: Uint8Array, name: string): boolean {
  return new RegExp(`"${name}":\\s*null`).test(Buffer.from(body).toString());
}
