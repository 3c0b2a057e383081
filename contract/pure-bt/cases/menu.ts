import { identityCases } from './identity.ts';
import { faultCases, freshDeviceCases, traceCases } from './matrix.ts';
import { nameCases } from './names.ts';
import { openCases } from './open.ts';
import { propertyCases } from './properties.ts';
import { robustnessCases } from './robustness/menu.ts';
import { securityCases } from './security/menu.ts';
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
  ...securityCases,
  ...propertyCases,
  ...robustnessCases,
];
