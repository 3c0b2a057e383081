import type { components } from './openapi.generated.ts';

type Schemas = components['schemas'];

/** A request with the bindingCode in clear. */
export type PlainBindingRequest = Schemas['PlainBindingRequest'];

/** A request with the bindingCode encrypted. */
export type EncryptedBindingRequest = Schemas['EncryptedBindingRequest'];

/** A request in either form. */
export type BindingRequest = Schemas['BindingRequest'];

/** The answer to a request that bound the device. */
export type SuccessEnvelope = Schemas['SuccessEnvelope'];

/** The answer to a refused request. */
export type FailureEnvelope = Schemas['FailureEnvelope'];
