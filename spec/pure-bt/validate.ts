import { type Dialect, isSuccessCode } from '../dialect.ts';
import { isRecord } from '../is-record.ts';
import { type Problem, toProblems } from '../problem.ts';
import type { Validator } from './validators.generated.mjs';
import {
  EncryptedBindingRequest,
  FailureEnvelope,
  PlainBindingRequest,
  SuccessEnvelope,
} from './validators.generated.mjs';

export type { Problem } from '../problem.ts';

/**
 * What is wrong with a request body by the specification; empty when it is valid. Bounds that a dialect can move are at
 * their defaults. The body is judged as the form it means to be: encrypted when it gives encryptedBindingCode.
 */
export function requestProblems(body: unknown): readonly Problem[] {
  if (!isRecord(body)) return check(PlainBindingRequest, body);
  const plain = isGiven(body['bindingCode']);
  const encrypted = isGiven(body['encryptedBindingCode']);
  if (plain && encrypted) {
    const message = 'must be absent beside encryptedBindingCode: choose one';
    return [{ path: '/bindingCode', message }, ...check(EncryptedBindingRequest, { ...body, bindingCode: null })];
  }
  if (encrypted) return check(EncryptedBindingRequest, body);
  if (plain) return check(PlainBindingRequest, body);
  const others = check(PlainBindingRequest, body).filter(({ path }) => path !== '/bindingCode');
  return [{ path: '/bindingCode', message: 'is missing, and so is encryptedBindingCode: choose one' }, ...others];
}

/**
 * What is wrong with an answer's body by the specification; empty when it is an envelope. A body whose code is the
 * success code is judged as a success, every other one as a failure: each problem is about the branch that was meant.
 */
export function responseProblems(body: unknown, successCode: Dialect['successCode'] = 200): readonly Problem[] {
  if (!isRecord(body)) return check(FailureEnvelope, body);
  const code = body['code'];
  // The schemas know success as 200 alone: under another success code the two change places.
  if (typeof code === 'number' && isSuccessCode(code, { successCode }))
    return check(SuccessEnvelope, { ...body, code: 200 });
  return check(FailureEnvelope, code === 200 ? { ...body, code: 0 } : body);
}

/** Ajv keeps its errors on the validator until the next call, so they are read at once. */
function check(validator: Validator, body: unknown): readonly Problem[] {
  return validator(body) ? [] : toProblems(validator.errors ?? []);
}

/** Null means the same as absent. */
function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}
