import { replaceAt } from '../../generators/family/tamper.ts';
import { fastCrypto } from '../../generators/fast-crypto.ts';
import type { Fixture } from '../../spec/family/states.ts';
import type { Dialect } from '../../spec/pure-bt/dialect.ts';
import { secretPlaintext, textToSign } from '../../spec/pure-bt/formulas.ts';
import type { Workload } from '../operation.ts';
import type { Recipe } from './recipe.ts';
import { makeDk, makeIv } from './recipe.ts';
import { optionalFields, requestMaker } from './requests.ts';

/**
 * Makes the bodies of a run as text: the same as those of `requestMaker`, five times as fast. A run needs a hundred thousand,
 * and most of them differ only in dk and random, so the rest of the text is made once.
 */
export function rowMaker(
  fixture: Fixture,
  dialect: Dialect,
  run: string,
): (workload: Workload, number: number) => string {
  const { pk, ps, bindingCode, bindingSecret, oldBindingSecret = bindingSecret, userDomainSecret, pwd } = fixture;
  const encrypt = (plaintext: string, iv: string): string => fastCrypto.encryptToBase64(plaintext, ps, iv);
  const begin = `{"pk":${JSON.stringify(pk)},"dk":"`;
  const pwdPart = pwd === undefined ? '' : `"pwd":${JSON.stringify(pwd)},`;
  const optional = optionalFields(run).map((fields) => `${JSON.stringify(fields).slice(1, -1)},`.replace(/^,$/, ''));
  const makeOther = requestMaker(fixture, dialect, run);

  return (workload, number) => {
    const recipe = workload.recipe as Recipe;
    // Faults of ciphertexts are rare, and made with care elsewhere.
    if (hasWrongCiphertext(recipe)) return JSON.stringify(makeOther(workload, number).body);
    const dk = makeDk(recipe, run, number);
    const iv = makeIv(run, number);
    const isPlain = recipe.bindingCode === 'plain';
    const code = isPlain ? bindingCode : encrypt(bindingCode, iv);
    const signedCode = dialect.signedBindingCode === 'transmitted' ? code : bindingCode;
    const right = fastCrypto.sha256Hex(textToSign({ pk, dk, bindingCode: signedCode, pwd }, userDomainSecret));
    const signature = recipe.signature === 'right' ? right : replaceAt(right, 31);
    const newSecret = encrypt(secretPlaintext(pk, dk, bindingSecret), iv);
    const oldSecret =
      recipe.oldSecret === 'absent'
        ? ''
        : `"encryptedOldBindingSecret":"${encrypt(secretPlaintext(pk, dk, oldBindingSecret), iv)}",`;
    return `${begin}${dk}","${isPlain ? 'bindingCode' : 'encryptedBindingCode'}":"${code}",${pwdPart}"random":"${iv}",${optional[number % optional.length]}"encryptedNewBindingSecret":"${newSecret}",${oldSecret}"signature":"${signature}"}`;
  };
}

function hasWrongCiphertext({ bindingCode, newSecret, oldSecret }: Recipe): boolean {
  return bindingCode === 'no-code' || newSecret === 'undecryptable' || oldSecret === 'undecryptable';
}
