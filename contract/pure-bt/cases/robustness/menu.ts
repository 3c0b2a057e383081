import type { Case } from '../steps.ts';
import { bodyCases } from './bodies.ts';
import { transportCases } from './transport.ts';
import { typeCases } from './types.ts';

/** What the document never mentions: how a server takes what it cannot read. Source: DOMAIN section 6. */
export const robustnessCases: readonly Case[] = [...bodyCases, ...typeCases, ...transportCases];
