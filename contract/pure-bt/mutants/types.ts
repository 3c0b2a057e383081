import { correct } from '../../../spec/pure-bt/reference/behaviour.ts';
import { breaksDown } from '../../mutants/breakdown.ts';
import type { Mutant } from '../../mutants/mutant.ts';
import { mended } from '../../mutants/wires.ts';

/** Fields of another type than is due. Source: DOMAIN section 6. */
export const typeMutants: readonly Mutant[] = [
  breaksDown(
    'scalar-type',
    'text for a number',
    (body) => /"capabilitiesBitmask":"/.test(body),
    'robustness/capabilitiesBitmask-text',
  ),
  breaksDown(
    'fraction',
    'a fraction for a number',
    (body) => /"capabilitiesBitmask":1\.5/.test(body),
    'robustness/capabilitiesBitmask-fraction',
  ),
  breaksDown(
    'large-integer',
    'an integer of 41 bits',
    (body) => /"capabilitiesBitmask":\d{12}/.test(body),
    'robustness/capabilitiesBitmask-huge',
  ),
  ...[
    'pk',
    'dk',
    'bindingCode',
    'random',
    'signature',
    'deviceName',
    'isCommonDevice',
    'fid',
    'encryptedOldBindingSecret',
  ].flatMap((name) => [
    breaksDown(
      `object-${name}`,
      `an object for ${name}`,
      (body) => body.includes(`"${name}":{`),
      `robustness/${name}-object`,
    ),
    unwrapping(name),
  ]),
];

/** A scalar in an array is taken for the scalar. */
function unwrapping(name: string): Mutant {
  return {
    id: `robustness/array-${name}`,
    breaks: `takes an array of one ${name} for a ${name}`,
    killedBy: [`robustness/${name}-array`],
    override: {
      readFields: (body) =>
        correct.readFields(
          mended(body, (text) => text.replace(new RegExp(`"${name}":\\[([^\\]]*)\\]`), `"${name}":$1`)),
        ),
    },
  };
}
