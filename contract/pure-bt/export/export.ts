import { madeUpFixture } from '../../../generators/family/fixture.ts';
import { buildRequest } from '../../../generators/pure-bt/request.ts';
import { seededRandom } from '../../../generators/random.ts';
import { foreignKeyPem } from '../../../generators/tokens.ts';
import type { Fixture as PureBtFixture } from '../../../spec/family/states.ts';
import { firstItems } from '../../../spec/first-items.ts';
import type { Fixture } from '../../../spec/operation.ts';
import { plural } from '../../../spec/plural.ts';
import { defaultDialect } from '../../../spec/pure-bt/dialect.ts';
import { operation } from '../../../spec/pure-bt/operation.ts';
import { whyOnlyInRuns } from '../../payload.ts';
import { UserError } from '../../user-error.ts';
import { type Entry, entriesNamed, splitEntries } from './entries.ts';
import { type SignedEntry, toHar, toHttpFile, toK6, toOpenApiExamples } from './literal.ts';
import { toPostman } from './postman.ts';

/** What to export. */
export type ExportOptions = {
  readonly format: 'postman' | 'http' | 'har' | 'k6' | 'openapi-examples';
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
export async function exportRequests({
  format,
  names,
  baseUrl,
  fixture,
  seed = Math.floor(Math.random() * 2 ** 31),
}: ExportOptions): Promise<{ readonly text: string; readonly note?: string }> {
  const entries = entriesNamed(names);
  if (format === 'postman') {
    const { collection, leftOut } = toPostman(entries, baseUrl);
    return { text: json(collection), ...leftOutNote(leftOut, names) };
  }
  const { kept, leftOut } = splitEntries(entries, (entry) => whyLeftOut(entry, format, names));
  const context = {
    fixture: (fixture as PureBtFixture | undefined) ?? madeUpFixture(seededRandom(seed, 'export'), 'made.up.token'),
    dialect: defaultDialect,
    keys: { foreignKeyPem: await foreignKeyPem() },
  };
  const signed = kept.map((entry) => {
    const random = seededRandom(seed, 'export', entry.id);
    return { entry, request: buildRequest({ ...context, random }, entry.changes) };
  });
  return { text: writers[format](signed, baseUrl), ...leftOutNote(leftOut, names) };
}

const writers: {
  readonly [Name in Exclude<ExportOptions['format'], 'postman'>]: (
    signed: readonly SignedEntry[],
    baseUrl: string,
  ) => string;
} = {
  http: toHttpFile,
  har: (signed, baseUrl) => json(toHar(signed, baseUrl)),
  k6: toK6,
  'openapi-examples': (signed) => json(toOpenApiExamples(signed)),
};

/** Why a format cannot have a request; undefined if it can. Examples of a document are correct unless faults are named. */
function whyLeftOut({ needs, state, kind }: Entry, format: string, names: readonly string[]): string | undefined {
  const needsKey = needs === undefined ? undefined : whyOnlyInRuns[needs];
  if (needsKey !== undefined) return needsKey;
  if (format === 'k6' && state !== operation.readyState) {
    return 'the script checks the codes of one device that is ready to bind, and they need another state; --format har and http have them';
  }
  if (format === 'openapi-examples' && kind === 'fault' && names.length === 0) {
    return 'only correct requests are examples, unless you name faults';
  }
  return undefined;
}

/** All ids of a long list help no one. */
const mostNamed = 10;

function leftOutNote(
  leftOut: ReadonlyMap<string, readonly Entry[]>,
  names: readonly string[],
): { readonly note?: string } {
  const groups = [...leftOut].map(([why, all]) => ({ why, ids: all.map(({ id }) => id) }));
  const [first] = groups;
  if (first === undefined) return {};
  if (names.length > 0) throw new UserError(`"${first.ids[0]}" cannot be written in this format: ${first.why}`, 2);
  const lines = groups.map(
    ({ why, ids }) => `left out: ${plural(ids.length, 'request')} (${firstItems(ids, mostNamed, ' and')}): ${why}`,
  );
  return { note: lines.join('\n') };
}

function json(value: object): string {
  return JSON.stringify(value, undefined, 2);
}
