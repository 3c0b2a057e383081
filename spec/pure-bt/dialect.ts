/**
 * The open questions of the document, each as a named setting with a default.
 * A default is the best-supported reading, never the vendor's word; reports name every setting that was changed.
 */
import type { Dialect as EngineDialect } from '../dialect.ts';
import { makeDefaultDialect, matchesPattern as matches } from '../dialect.ts';
import { operation } from './operation.ts';
import type { DialectValues } from './settings.ts';
import { dialectSettings } from './settings.ts';

/** The name of a dialect setting. */
export type DialectKey = keyof DialectValues;

/** A reading of this operation's page, and what of it is the user's own contract. */
export type Dialect = EngineDialect & DialectValues;

/** The names of all dialect settings. */
export const dialectKeys: readonly DialectKey[] = Object.keys(dialectSettings) as DialectKey[];

/** The dialect in which every setting has its default, and none is declared. */
export const defaultDialect: Dialect = makeDefaultDialect(operation) as Dialect;

/** Whether a text matches a pattern of the dialect as a whole. */
export function matchesPattern(
  text: string,
  key: 'dkPattern' | 'bindingCodePattern' | 'pwdPattern',
  dialect: Dialect,
): boolean {
  return matches(text, key, dialect);
}
