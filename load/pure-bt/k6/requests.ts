/** Signs and encrypts requests in the VU: any number of them, all different. */
import * as tamper from '../../../generators/family/tamper.ts';
import * as formulas from '../../../spec/pure-bt/formulas.ts';
import * as cryptoOfK6 from '../../k6/crypto.ts';
import type { PlannedWorkload } from '../../run/plan.ts';
import type { Material, Recipe } from '../recipe.ts';
import * as recipes from '../recipe.ts';

// Constants: k6 looks an imported name up on each use.
const { replaceAt } = tamper;
const { secretPlaintext, textToSign } = formulas;
const { encrypt, encryptBadly, importKey, sha256Hex, toBase64 } = cryptoOfK6;
const { makeDk, makeIv } = recipes;

/** Imported once per product secret and VU, because an import costs as much as an encryption. */
const keys = new Map<string, CryptoKey>();

/** The body of the request with a number in a run. */
export async function signedBody(workload: PlannedWorkload, run: string, number: number): Promise<string> {
  const recipe = workload.recipe as Recipe;
  const material = workload.material as Material;
  const { pk, ps, bindingCode, bindingSecret, oldBindingSecret, userDomainSecret, pwd, signedBindingCode } = material;
  let key = keys.get(ps);
  if (key === undefined) {
    key = await importKey(ps);
    keys.set(ps, key);
  }
  const dk = makeDk(recipe, run, number);
  const iv = makeIv(run, number);
  // All encryptions start before the first is awaited, so the VU waits only once.
  const newSecret = chooseEncryption(recipe.newSecret)(secretPlaintext(pk, dk, bindingSecret), key, iv);
  const held = recipe.bindingCode === 'no-code' ? noCode(bindingCode) : bindingCode;
  const encryptedCode = recipe.bindingCode === 'plain' ? undefined : encrypt(held, key, iv);
  const oldSecret =
    recipe.oldSecret === 'absent'
      ? undefined
      : chooseEncryption(recipe.oldSecret)(secretPlaintext(pk, dk, oldBindingSecret), key, iv);
  const code = encryptedCode === undefined ? held : toBase64(await encryptedCode);
  const signedCode = signedBindingCode === 'transmitted' ? code : held;
  const good = sha256Hex(textToSign({ pk, dk, bindingCode: signedCode, pwd }, userDomainSecret));
  const signature = recipe.signature === 'right' ? good : replaceAt(good, 31);
  const codeField = encryptedCode === undefined ? 'bindingCode' : 'encryptedBindingCode';
  const oldField = oldSecret === undefined ? '' : `"encryptedOldBindingSecret":"${toBase64(await oldSecret)}",`;
  const pwdField = pwd === undefined ? '' : `"pwd":${JSON.stringify(pwd)},`;
  return `{"pk":${JSON.stringify(pk)},"dk":"${dk}","${codeField}":"${code}",${pwdField}"encryptedNewBindingSecret":"${toBase64(await newSecret)}",${oldField}"random":"${iv}","signature":"${signature}"}`;
}

function chooseEncryption(secret: 'right' | 'undecryptable'): typeof encrypt {
  return secret === 'right' ? encrypt : encryptBadly;
}

/** As long as a bindingCode, but not a valid one. */
function noCode(bindingCode: string): string {
  return `G${bindingCode.slice(1)}`;
}
