/**
 * The open questions of the document, each as a named setting with a default.
 * A default is the best-supported reading, not the vendor's statement; reports name every changed setting.
 */
import { type Dialect as EngineDialect, makeDefaultDialect, matchesPattern as matches } from '../dialect.ts';
import { operation } from './operation.ts';
import { type DialectValues, dialectSettings } from './settings.ts';

/** A reading of this operation's page, and which settings the user has declared. */
export type Dialect = EngineDialect & DialectValues;

/** The names of all dialect settings. */
export const dialectKeys: readonly (keyof DialectValues)[] = Object.keys(dialectSettings) as (keyof DialectValues)[];

/** The dialect with every setting at its default and no setting declared. */
export const defaultDialect: Dialect = makeDefaultDialect(operation) as Dialect;

/** Whether a pattern of the dialect matches the complete text. */
export function matchesPattern(
  text: string,
  key: 'dkPattern' | 'bindingCodePattern' | 'pwdPattern',
  dialect: Dialect,
): boolean {
  return matches(text, key, dialect);
}
