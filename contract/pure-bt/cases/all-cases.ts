import { propertyCases } from '../property/properties.ts';
import { nameCases } from './device-names.ts';
import { identityCases } from './identity.ts';
import { faultCases, freshDeviceCases, fullPathCases, pathCases, traceCases } from './matrix.ts';
import { openCases } from './open.ts';
import { bodyCases } from './robustness/bodies.ts';
import { transportCases } from './robustness/transport.ts';
import { typeCases } from './robustness/types.ts';
import { batchCases } from './security/batches.ts';
import { homeCases } from './security/homes.ts';
import { nearMissCases } from './security/near-misses.ts';
import { oracleCases, timeCases } from './security/oracles.ts';
import { pastingCases } from './security/pasting.ts';
import { raceCases } from './security/races.ts';
import { shiftCases } from './security/shifting.ts';
import { tamperingCases } from './security/tampering.ts';
import { stateCases } from './states.ts';
import type { Case } from './steps.ts';
import { twoUsersCases } from './two-users.ts';
import { validCases } from './valid.ts';

/**
 * Version of the catalogue of cases. Raise it when a case is added, removed or changes its meaning: after an upgrade,
 * the output then says which cases are new.
 */
export const catalogueVersion = 3;

/** Every case, in the order of the reports. */
export const cases: readonly Case[] = [
  ...validCases,
  ...faultCases,
  ...freshDeviceCases,
  ...stateCases,
  ...twoUsersCases,
  ...identityCases,
  ...traceCases,
  ...nameCases,
  ...openCases,
  // Attack attempts.
  ...tamperingCases,
  ...pastingCases,
  ...shiftCases,
  ...pathCases,
  ...batchCases,
  ...raceCases,
  ...homeCases,
  ...oracleCases,
  ...timeCases,
  ...nearMissCases,
  ...fullPathCases,
  ...propertyCases,
  // Requests that the document does not mention.
  ...bodyCases,
  ...typeCases,
  ...transportCases,
];
