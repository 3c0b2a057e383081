import { foreignKeyPem } from '../../../generators/tokens.ts';
import type { Fixture as PureBtFixture } from '../../../spec/family/states.ts';
import { firstItems } from '../../../spec/first-items.ts';
import type { Fixture } from '../../../spec/operation.ts';
import { plural } from '../../../spec/plural.ts';
import { operation } from '../../../spec/pure-bt/operation.ts';
import { whyOnlyInRuns } from '../../payload.ts';
import { UserError } from '../../user-error.ts';
import type { Entry } from './entries.ts';
import { entriesNamed } from './entries.ts';
import type { SignedEntry } from './literal.ts';
import { signEntries, toHar, toHttpFile, toK6, toOpenApiExamples } from './literal.ts';
import type { LeftOut } from './postman.ts';
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
  const reasons = new Map(entries.map((entry) => [entry, whyLeftOut(entry, format, names)]));
  const kept = entries.filter((entry) => reasons.get(entry) === undefined);
  const lost = entries.flatMap((entry): LeftOut[] => {
    const why = reasons.get(entry);
    return why === undefined ? [] : [{ id: entry.id, why }];
  });
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

/** Why a format cannot have a request; undefined if it can. Examples of a document are correct unless faults are named. */
function whyLeftOut({ needs, state, kind }: Entry, format: ExportFormat, names: readonly string[]): string | undefined {
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

function leftOutNote(leftOut: readonly LeftOut[], names: readonly string[]): { readonly note?: string } {
  const [first] = leftOut;
  if (first === undefined) return {};
  if (names.length > 0) throw new UserError(`"${first.id}" cannot be written in this format: ${first.why}`, 2);
  const lines = [...Map.groupBy(leftOut, ({ why }) => why)].map(([why, all]) => {
    const ids = firstItems(
      all.map(({ id }) => id),
      mostNamed,
      ' and',
    );
    return `left out: ${plural(all.length, 'request')} (${ids}): ${why}`;
  });
  return { note: lines.join('\n') };
}

function json(value: object): string {
  return JSON.stringify(value, undefined, 2);
}
