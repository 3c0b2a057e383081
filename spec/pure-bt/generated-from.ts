import type { GeneratedFrom } from '../generate.ts';
import { readOpenApi } from './contract-file.ts';

/** The input of the generator. `Envelope` and `BindingRequest` need no validator: they are choices between validated schemas. */
export function generatedFrom(yaml: string = readOpenApi()): GeneratedFrom {
  return {
    yaml,
    folder: new URL('.', import.meta.url),
    validated: ['PlainBindingRequest', 'EncryptedBindingRequest', 'SuccessEnvelope', 'FailureEnvelope'],
    example: ({ code, meaning }) =>
      code === 200
        ? { code, msg: '', data: { verified: 1 }, extMsg: null }
        : { code, msg: meaning, data: null, extMsg: null },
  };
}
