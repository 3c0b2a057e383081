import type { components } from './openapi.generated.ts';

type Schemas = components['schemas'];

/** A request whose bindingCode is sent in clear. */
export type PlainBindingRequest = Schemas['PlainBindingRequest'];

/** A request whose bindingCode is sent encrypted. */
export type EncryptedBindingRequest = Schemas['EncryptedBindingRequest'];

/** A request in either form: the document says of the two bindingCodes "choose one". */
export type BindingRequest = Schemas['BindingRequest'];

/** The answer that the device is bound. */
export type SuccessEnvelope = Schemas['SuccessEnvelope'];

/** The answer that the request is refused, and why. */
export type FailureEnvelope = Schemas['FailureEnvelope'];

/** Any answer. */
export type Envelope = Schemas['Envelope'];
