import { type Dialect, isSuccessCode } from '../dialect.ts';
import { isRecord } from '../is-record.ts';
import { type Problem, toProblems } from '../problem.ts';
import {
  EncryptedBindingRequest,
  FailureEnvelope,
  PlainBindingRequest,
  SuccessEnvelope,
  type Validator,
} from './validators.generated.mjs';

export type { Problem } from '../problem.ts';

/**
 * The problems of a request body under the specification; empty if it is valid. Limits that a dialect can change have
 * their defaults. A body with encryptedBindingCode is checked as the encrypted form.
 */
export function requestProblems(body: unknown): readonly Problem[] {
  if (!isRecord(body)) return check(PlainBindingRequest, body);
  const plain = isGiven(body['bindingCode']);
  const encrypted = isGiven(body['encryptedBindingCode']);
  if (plain && encrypted) {
    const message = 'must be absent if encryptedBindingCode is given: choose one';
    return [{ path: '/bindingCode', message }, ...check(EncryptedBindingRequest, { ...body, bindingCode: null })];
  }
  if (encrypted) return check(EncryptedBindingRequest, body);
  if (plain) return check(PlainBindingRequest, body);
  const others = check(PlainBindingRequest, body).filter(({ path }) => path !== '/bindingCode');
  return [{ path: '/bindingCode', message: 'is missing, and so is encryptedBindingCode: choose one' }, ...others];
}

/**
 * The problems of a response body under the specification; empty if it is a valid envelope. A body with the success code
 * is checked as a success, any other body as a failure, so that each problem refers to the intended schema.
 */
export function responseProblems(body: unknown, successCode: Dialect['successCode'] = 200): readonly Problem[] {
  if (!isRecord(body)) return check(FailureEnvelope, body);
  const code = body['code'];
  // In the schemas, only 200 means success: with another success code, the two codes are swapped.
  if (typeof code === 'number' && isSuccessCode(code, { successCode }))
    return check(SuccessEnvelope, { ...body, code: 200 });
  return check(FailureEnvelope, code === 200 ? { ...body, code: 0 } : body);
}

/** Ajv keeps the errors on the validator until the next call, so they must be read immediately. */
function check(validator: Validator, body: unknown): readonly Problem[] {
  return validator(body) ? [] : toProblems(validator.errors ?? []);
}

/** Null means the same as absent. */
function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}
