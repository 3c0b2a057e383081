import type { Arbitrary } from 'fast-check';
import { withinLimit } from '../../../generators/family/optional-fields.ts';
import { field } from '../../../generators/pure-bt/faults/fault.ts';
import { buildRequest, type Change, type RequestContext } from '../../../generators/pure-bt/request.ts';
import { encryptedCode } from '../../../generators/pure-bt/valid-forms.ts';
import { type BuiltRequest, type Json, withHttp } from '../../../generators/request.ts';
import type { Check } from '../../run/case.ts';
import { type RequestBatch, sendAll } from '../cases/steps.ts';

/** An arbitrary valid request: its form, its optional fields, and how its JSON is written. Plain data, so it can shrink. */
export type Base = {
  readonly encrypted: boolean;
  readonly optional: { readonly [field: string]: Json | undefined };
  /** How its JSON is written; every way has the same meaning (RFC 8259). */
  readonly writing: { readonly indent: 0 | 1 | 2; readonly escaped: boolean; readonly reversed: boolean };
};

/** Characters of a name that is short enough in any unit: 60 characters are at most 240 bytes of UTF-8. */
const longestName = 60;

/** Characters of a name that every server accepts, at most 20 bytes: for requests where the name must not be the fault. */
export const shortName = 5;

/**
 * Arbitrary valid requests.
 * @param longest of deviceName, in characters
 */
export function bases(check: Check, longest: number = longestName): Arbitrary<Base> {
  // The document does not say what null means, so a field has a value or is left out.
  const absentOr = <Value>(value: Arbitrary<Value>): Arbitrary<Value | undefined> =>
    check.oneof(check.constant(undefined), value);
  return check.record({
    encrypted: check.boolean(),
    optional: check.record({
      deviceName: absentOr(deviceNames(check, longest)),
      capabilitiesBitmask: check.option(check.integer({ min: 1, max: 15 }), { nil: undefined }),
      isCommonDevice: absentOr(check.boolean()),
    }),
    writing: check.record({
      indent: check.constantFrom(0 as const, 1 as const, 2 as const),
      escaped: check.boolean(),
      reversed: check.boolean(),
    }),
  });
}

/** Names of whole characters: the document does not cover empty names, control characters and lone surrogates. */
function deviceNames(check: Check, longest: number): Arbitrary<string> {
  return check
    .string({ unit: 'grapheme', maxLength: longest })
    .filter((name) => name.trim() !== '' && !/\p{Cc}/u.test(name) && [...name].length <= longest);
}

/** A step that sends the request of a base with further changes, its JSON written as the base says. */
export function sendBase(
  what: string,
  { encrypted, optional, writing }: Base,
  more: (context: RequestContext) => readonly Change[],
  expect: Parameters<typeof sendAll>[2],
): RequestBatch {
  const changes = [
    ...Object.entries(optional).map(([name, value]) =>
      field(name, ({ dialect }) => (typeof value === 'string' ? withinLimit(value, dialect.deviceNameLimit) : value)),
    ),
    ...(encrypted ? [encryptedCode] : []),
  ];
  return sendAll(
    what,
    (context) => [rewriteJson(buildRequest(context, [...changes, ...more(context)]), writing)],
    expect,
  );
}

/** The same request, its JSON written in another way. */
export function rewriteJson(
  built: BuiltRequest,
  { indent = 0, escaped = false, reversed = false }: Partial<Base['writing']>,
): BuiltRequest {
  const entries = Object.entries(built.body);
  const body = Object.fromEntries(reversed ? entries.reverse() : entries);
  const text = JSON.stringify(body, undefined, indent);
  const bytes = new TextEncoder().encode(escaped ? escapedText(text) : text);
  return { ...withHttp(built, { body: bytes }), body };
}

/** Writes every letter in the strings of a JSON text as `\uXXXX`, and keeps existing escapes. */
function escapedText(json: string): string {
  return json.replace(/"(?:[^"\\]|\\.)*"/g, (text) =>
    text.replace(/\\u[0-9a-f]{4}|\\.|\p{L}/gu, (found) => (found.startsWith('\\') ? found : unicodeEscapes(found))),
  );
}

function unicodeEscapes(character: string): string {
  return character.replace(/./gs, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
