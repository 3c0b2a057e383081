import { fullPathCases, pathCases } from '../matrix.ts';
import type { Case } from '../steps.ts';
import { homeCases } from './homes.ts';
import { nearMissCases } from './near-misses.ts';
import { oracleCases } from './oracles.ts';
import { pastingCases, shiftCases } from './pasting.ts';
import { raceCases } from './races.ts';
import { tamperingCases } from './tampering.ts';
import { volleyCases } from './volleys.ts';

/** What somebody who means harm would send. Source: DOMAIN section 4. */
export const securityCases: readonly Case[] = [
  ...tamperingCases,
  ...pastingCases,
  ...shiftCases,
  ...pathCases,
  ...volleyCases,
  ...raceCases,
  ...homeCases,
  ...oracleCases,
  ...nearMissCases,
  ...fullPathCases,
];
