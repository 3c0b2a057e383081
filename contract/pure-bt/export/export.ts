import { foreignKeyPem } from '../../../generators/tokens.ts';
import type { Fixture } from '../../../spec/operation.ts';
import { plural } from '../../../spec/plural.ts';
import type { Fixture as PureBtFixture } from '../../../spec/pure-bt/states.ts';
import { UserError } from '../../user-error.ts';
import type { Entry } from './entries.ts';
import { entriesNamed } from './entries.ts';
import type { SignedEntry } from './literal.ts';
import { signEntries, toHar, toHttpFile, toK6, toOpenApiExamples } from './literal.ts';
import { toPostman } from './postman.ts';

/** Formats of other tools for signed requests. */
export type ExportFormat = 'postman' | 'http' | 'har' | 'k6' | 'openapi-examples';

/** What to export. */
export type ExportOptions = {
  readonly format: ExportFormat;
  /** Forms and faults; all of them without a name. */
  readonly names: readonly string[];
  readonly baseUrl: string;
  /** A fixture as a states endpoint returns it; invented by default. A Postman collection has none. */
  readonly fixture?: Fixture | undefined;
  /** The seed of everything random; a new one by default. */
  readonly seed?: number | undefined;
};

/**
 * Requests in a format of another tool.
 * @returns the text, and what is not in it.
 * @throws UserError (exit code 2) for an unknown name, or one that the format cannot have.
 */
export async function exportRequests(
  options: ExportOptions,
): Promise<{ readonly text: string; readonly note?: string }> {
  const { format, names, baseUrl, fixture, seed = Math.floor(Math.random() * 2 ** 31) } = options;
  const entries = entriesNamed(names);
  if (format === 'postman') {
    const { collection, leftOut } = toPostman(entries, baseUrl);
    return { text: json(collection), ...leftOutNote(leftOut, names) };
  }
  const kept = entries.filter((entry) => fits(entry, format, names));
  const lost = entries.filter((entry) => !kept.includes(entry)).map(({ id }) => id);
  const signed = signEntries(kept, {
    fixture: fixture as PureBtFixture | undefined,
    seed,
    keys: { foreignKeyPem: await foreignKeyPem() },
  });
  return { text: writers[format](signed, baseUrl), ...leftOutNote(lost, names) };
}

const writers: {
  readonly [Name in Exclude<ExportFormat, 'postman'>]: (signed: readonly SignedEntry[], baseUrl: string) => string;
} = {
  http: toHttpFile,
  har: (signed, baseUrl) => json(toHar(signed, baseUrl)),
  k6: toK6,
  'openapi-examples': (signed) => json(toOpenApiExamples(signed)),
};

/** A literal request needs its key now; k6 needs the ready state; examples of a document are correct unless named. */
function fits({ needs, state, kind }: Entry, format: ExportFormat, names: readonly string[]): boolean {
  if (needs !== undefined && needs !== 'foreignKeyPem') return false;
  if (format === 'k6' && state !== 'a device ready to bind') return false;
  return format !== 'openapi-examples' || kind === 'valid' || names.length > 0;
}

function leftOutNote(ids: readonly string[], names: readonly string[]): { readonly note?: string } {
  if (ids.length === 0) return {};
  if (names.length > 0) {
    throw new UserError(
      `"${ids[0]}" cannot be written in this format; \`bindgate payload ${ids[0]}\` makes it, or its provider state`,
      2,
    );
  }
  return { note: `left out: ${plural(ids.length, 'request')} that this format cannot have: ${ids.join(', ')}` };
}

function json(value: object): string {
  return JSON.stringify(value, undefined, 2);
}
