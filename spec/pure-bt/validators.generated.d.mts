import type { ErrorObject } from 'ajv';

/** A validator that Ajv generates: it keeps its errors until the next call. */
export type Validator = { (body: unknown): boolean; errors?: readonly ErrorObject[] | null };

export const PlainBindingRequest: Validator;
export const EncryptedBindingRequest: Validator;
export const SuccessEnvelope: Validator;
export const FailureEnvelope: Validator;
