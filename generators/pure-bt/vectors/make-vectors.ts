import { operation } from '../../../spec/pure-bt/operation.ts';
import { codeTests, secretTests } from './ciphertext.ts';
import { flags } from './device.ts';
import { requestTests } from './request.ts';
import { signatureTests } from './signature.ts';
import type { Vectors } from './vectors.generated.ts';

/** The test vectors of the operation's formulas, for clients in any language. The same in every run. */
export function makeVectors(): Vectors {
  return {
    schema: 'bindgate.vectors/1',
    operation: `${operation.method} ${operation.path}`,
    formulas: {
      signature: 'SHA256(pk+dk+bindingCode+pwd+userDomainSecret), lower-case hex',
      encryptedBindingCode: 'Base64(AES-128-CBC(PKCS5(bindingCode), key=ps, iv=random))',
      bindingSecret: 'Base64(AES-128-CBC(PKCS5(PK,DK,bindingSecret), key=ps, iv=random))',
    },
    flags,
    groups: {
      signature: { about: 'The field signature.', tests: signatureTests },
      encryptedBindingCode: { about: 'The field encryptedBindingCode.', tests: codeTests },
      bindingSecret: {
        about: 'The fields encryptedNewBindingSecret and encryptedOldBindingSecret.',
        tests: secretTests,
      },
      request: { about: 'Whole requests: headers and body.', tests: requestTests },
    },
  };
}
