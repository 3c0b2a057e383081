import { sentToken } from '../../../spec/http.ts';
import type { Dialect } from '../../../spec/pure-bt/dialect.ts';
import { operation } from '../../../spec/pure-bt/operation.ts';
import { inert } from '../../inert.ts';
import { createMask, secretNames } from '../../mask.ts';
import type { FoundRequest } from '../../read-request/found-request.ts';
import type { Secrets } from './secrets.ts';

/** One request to the operation as it was found in a file. */
export type ReadRequest = Pick<FoundRequest, 'source' | 'headers' | 'leavesOut' | 'repeated'> & {
  readonly body: Readonly<Record<string, unknown>>;
  /** Where it goes, if that is not this operation: `a POST to /other, not to …`. Safe to print. */
  readonly otherPlace?: string;
  /** Set if the source shows some secrets as their names: `«token»`. */
  readonly mayBeMasked?: true;
  /** The masked secrets that were replaced by those of the fixture. */
  readonly putBack?: readonly string[];
};

/** Everything that an explanation can use. */
export type Known = {
  readonly request: ReadRequest;
  readonly secrets: Secrets;
  readonly dialect: Dialect;
  readonly showSecrets: boolean;
  /** Seconds since 1970; checks the token's times. */
  readonly now: number;
};

const longestSecret = 4_000;

/** A field's text: empty if it is absent or null; a number as JSON writes it. */
export function fieldText({ request }: Known, field: string): string {
  const value = request.body[field];
  if (value === undefined || value === null) return '';
  // A lone surrogate has no UTF-8 form: hashes and servers read it as U+FFFD.
  return (typeof value === 'string' ? value : JSON.stringify(value)).toWellFormed();
}

/** Values that may have been used by mistake instead of another one: the known secrets and `random`, except those in `without`. */
export function namedValues(
  known: Known,
  without: readonly string[],
): readonly { readonly id: string; readonly name: string; readonly value: string }[] {
  const { secrets } = known;
  const all = [
    ['ps', 'PS', secrets.ps],
    ['user-domain-secret', 'userDomainSecret', secrets.userDomainSecret],
    ['binding-secret', 'bindingSecret', secrets.bindingSecret],
    ['old-binding-secret', 'the old bindingSecret', secrets.oldBindingSecret],
    ['binding-code', 'bindingCode', secrets.bindingCode ?? fieldText(known, 'bindingCode')],
    ['random', 'random', fieldText(known, 'random')],
    ['token', 'the token', secrets.token],
  ] as const;
  return all
    .map(([id, name, value = '']) => ({ id, name, value }))
    .filter(({ id, value }) => value !== '' && !without.includes(id));
}

/** The values that name the device. */
export type Device = { readonly pk: string; readonly dk: string };

/** The device that a request is about. */
export function readDevice(known: Known): Device {
  return { pk: fieldText(known, 'pk'), dk: fieldText(known, 'dk') };
}

/** A piece of text, and how to print it: a secret is printed as its name. */
export type Piece = { readonly value: string; readonly shown: string };

/** The empty piece. */
export const nothing: Piece = { value: '', shown: '' };

/** A piece that is printed as it is. */
export function plainPiece(value: string): Piece {
  return { value, shown: value };
}

/** A secret, printed as `«name»`. */
export function maskedPiece(name: string, value: string): Piece {
  return value === '' ? nothing : { value, shown: `«${name}»` };
}

/** A secret as a piece: shown as its name, or as it is with `--show-secrets`. */
export function secretPiece({ showSecrets }: Known, name: string, value: string): Piece {
  return showSecrets ? plainPiece(value) : maskedPiece(name, value);
}

/** Text of the request that is safe to print: secrets masked, control characters escaped, length limited. */
export function display(known: Known, text: string, max = 200): string {
  if (known.showSecrets) return inert(text, max);
  const named = secretNames(operation).flatMap((name) => {
    const values = [name in known.secrets ? known.secrets[name as keyof Secrets] : undefined, sentSecret(known, name)];
    // No printed text is long enough to contain a longer secret, and its pattern would be too large.
    return values.flatMap((value) => (value && value.length < longestSecret ? [[name, value] as const] : []));
  });
  return inert(createMask(named)(text), max);
}

/** A secret that the request sends in plain text. */
function sentSecret(known: Known, name: string): string | undefined {
  if (name === 'bindingCode' || name === 'pwd') return fieldText(known, name);
  if (name !== 'token') return undefined;
  return sentToken(known.request.headers ?? []);
}
