import { capabilityBitmasks, deviceNameKinds } from '../../generators/family/optional-fields.ts';
import { seededRandom } from '../../generators/random.ts';

/** Optional fields of one request. */
export type OptionalFields = { readonly deviceName?: string; readonly capabilitiesBitmask?: number };

/** A prime, so that each workload of a schedule gets all of them in turn. */
const different = 499;

/**
 * Optional fields as real clients send them: a third of the requests have a name, a third have capabilities. They are drawn
 * once for a run and repeated, because drawing takes as long as a signature.
 */
export function optionalFields(run: string): readonly OptionalFields[] {
  const random = seededRandom(0, run);
  const names = Object.values(deviceNameKinds);
  return Array.from({ length: different }, () => {
    const choice = random.number.int({ min: 0, max: 2 });
    if (choice === 1) return { deviceName: random.helpers.arrayElement(names)(random) };
    if (choice === 2) return { capabilitiesBitmask: random.helpers.arrayElement(capabilityBitmasks) };
    return {};
  });
}
