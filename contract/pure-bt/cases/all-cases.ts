import { nameCases } from './device-names.ts';
import { identityCases } from './identity.ts';
import { faultCases, freshDeviceCases, fullPathCases, pathCases, traceCases } from './matrix.ts';
import { openCases } from './open.ts';
import { propertyCases } from './properties.ts';
import { bodyCases } from './robustness/bodies.ts';
import { transportCases } from './robustness/transport.ts';
import { typeCases } from './robustness/types.ts';
import { batchCases } from './security/batches.ts';
import { homeCases } from './security/homes.ts';
import { nearMissCases } from './security/near-misses.ts';
import { oracleCases } from './security/oracles.ts';
import { pastingCases, shiftCases } from './security/pasting.ts';
import { raceCases } from './security/races.ts';
import { tamperingCases } from './security/tampering.ts';
import { stateCases } from './states.ts';
import type { Case } from './steps.ts';
import { twoUsersCases } from './two-users.ts';
import { validCases } from './valid.ts';

/**
 * Version of the catalogue of cases: raised when a case is added, removed or changes its meaning,
 * so that an upgrade can say which cases are new instead of failing a pipeline by surprise.
 */
export const catalogueVersion = 3;

/** Every case, in the order of reports. */
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
  ...nearMissCases,
  ...fullPathCases,
  ...propertyCases,
  // What the document never mentions.
  ...bodyCases,
  ...typeCases,
  ...transportCases,
];
