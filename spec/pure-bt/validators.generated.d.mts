import type { ErrorObject } from 'ajv';

/** What Ajv generates: a predicate that leaves its errors on itself until the next call. */
export type Validator = { (body: unknown): boolean; errors?: readonly ErrorObject[] | null };

export const PlainBindingRequest: Validator;
export const EncryptedBindingRequest: Validator;
export const SuccessEnvelope: Validator;
export const FailureEnvelope: Validator;
