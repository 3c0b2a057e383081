import type { components } from './openapi.generated.ts';

type Schemas = components['schemas'];

/** A request with the bindingCode in clear. */
export type PlainBindingRequest = Schemas['PlainBindingRequest'];

/** A request with the bindingCode encrypted. */
export type EncryptedBindingRequest = Schemas['EncryptedBindingRequest'];

/** A request in either form; the document says about the two bindingCodes: "choose one". */
export type BindingRequest = Schemas['BindingRequest'];

/** The answer when the device is bound. */
export type SuccessEnvelope = Schemas['SuccessEnvelope'];

/** The answer when the request is refused, with the reason. */
export type FailureEnvelope = Schemas['FailureEnvelope'];

/** Any answer. */
export type Envelope = Schemas['Envelope'];
