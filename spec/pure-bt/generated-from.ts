import type { GeneratedFrom } from '../generate.ts';
import { readOpenApi } from './contract-file.ts';

/** What the generated files are made from. `Envelope` and `BindingRequest` are choices between the validated schemas. */
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
