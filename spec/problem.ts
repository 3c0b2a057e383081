import type { ErrorObject } from 'ajv';
import { pointerStep } from './json-pointer.ts';

/** One problem of a body, such as `/name is missing`. Never shows the value, which may be secret. */
export type Problem = {
  /** JSON pointer (RFC 6901) into the body; empty for the body itself. */
  readonly path: string;
  readonly message: string;
};

const messages: ReadonlyMap<string, (params: ErrorObject['params']) => string> = new Map([
  ['type', ({ type }) => `must be ${[type].flat().join(' or ')}`],
  ['enum', ({ allowedValues }) => `must be one of ${[allowedValues].flat().map(asJson).join(', ')}`],
  ['const', ({ allowedValue }) => `must be ${asJson(allowedValue)}`],
  ['pattern', ({ pattern }) => `must match ${pattern}`],
  ['minLength', ({ limit }) => (limit === 1 ? 'must not be empty' : `must have at least ${limit} characters`)],
  ['maxLength', ({ limit }) => `must have at most ${limit} characters`],
  ['minimum', ({ limit }) => `must be at least ${limit}`],
  ['maximum', ({ limit }) => `must be at most ${limit}`],
]);

/** Ajv's errors as short messages. */
export function toProblems(errors: readonly ErrorObject[]): readonly Problem[] {
  return errors.map(({ instancePath, keyword, params }) =>
    keyword === 'required'
      ? { path: instancePath + pointerStep(String(params['missingProperty'])), message: 'is missing' }
      : { path: instancePath, message: messages.get(keyword)?.(params) ?? `breaks the schema's ${keyword}` },
  );
}

function asJson(value: unknown): string {
  return JSON.stringify(value);
}
