import { fastCrypto } from '../../generators/crypto.ts';
import { capabilityBitmasks, deviceNameKinds } from '../../generators/family/optional-fields.ts';
import { replaceAt } from '../../generators/family/tamper.ts';
import { badPadding } from '../../generators/pure-bt/faults/ciphertext.ts';
import { draftChange, field, fieldText, sealedField, signedField } from '../../generators/pure-bt/faults/fault.ts';
import { buildRequest, type Change, withPlaintexts } from '../../generators/pure-bt/request.ts';
import { encryptedCode, oldSecretPlaintext, withOldSecret } from '../../generators/pure-bt/valid-forms.ts';
import { seededRandom } from '../../generators/random.ts';
import type { BuiltRequest } from '../../generators/request.ts';
import type { Fixture } from '../../spec/family/states.ts';
import type { Dialect } from '../../spec/pure-bt/dialect.ts';
import { secretPlaintext, textToSign } from '../../spec/pure-bt/formulas.ts';
import type { Workload } from '../operation.ts';
import { makeDk, makeIv, type Recipe } from './recipe.ts';

/** Makes the requests of a run by recipe and number, as k6 does in the VU, with random optional fields. */
export function requestMaker(
  fixture: Fixture,
  dialect: Dialect,
  run: string,
): (workload: Workload, number: number) => BuiltRequest {
  const random = seededRandom(0, run);
  const optional = optionalFields(run);
  return (workload, number) => {
    const recipe = workload.recipe as Recipe;
    const iv = makeIv(run, number);
    const context = { fixture: { ...fixture, dk: makeDk(recipe, run, number) }, dialect, random, keys: {} };
    return buildRequest(context, [
      field('random', () => iv),
      ...Object.entries(optional[number % optional.length] ?? {}).map(([name, value]) => field(name, () => value)),
      ...toChanges(recipe, iv),
    ]);
  };
}

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

/** A prime, so that each workload of a schedule gets all of them in turn. */
const different = 499;

/**
 * Optional fields as real clients send them: a third of the requests have a name, a third have capabilities. They are drawn
 * once for a run and repeated, because drawing takes as long as a signature.
 */
function optionalFields(
  run: string,
): readonly { readonly deviceName?: string; readonly capabilitiesBitmask?: number }[] {
  const random = seededRandom(0, run);
  const names = Object.values(deviceNameKinds);
  return Array.from({ length: different }, () => {
    const choice = random.number.int({ min: 0, max: 2 });
    if (choice === 1) return { deviceName: random.helpers.arrayElement(names)(random) };
    if (choice === 2) return { capabilitiesBitmask: random.helpers.arrayElement(capabilityBitmasks) };
    return {};
  });
}

function toChanges({ bindingCode, newSecret, oldSecret, signature }: Recipe, iv: string): readonly Change[] {
  return [
    ...(bindingCode === 'plain' ? [] : [encryptedCode]),
    ...(bindingCode === 'no-code'
      ? [
          draftChange((draft, { fixture }) =>
            withPlaintexts(draft, { encryptedBindingCode: `G${fixture.bindingCode.slice(1)}` }),
          ),
        ]
      : []),
    ...(oldSecret === 'absent' ? [] : [withOldSecret]),
    ...(newSecret === 'right'
      ? []
      : [
          badlyPadded('encryptedNewBindingSecret', iv, ({ pk, dk, bindingSecret }) =>
            secretPlaintext(pk, dk, bindingSecret),
          ),
        ]),
    ...(oldSecret === 'undecryptable' ? [badlyPadded('encryptedOldBindingSecret', iv, oldSecretPlaintext)] : []),
    ...(signature === 'right' ? [] : [signedField('signature', (body) => replaceAt(fieldText(body, 'signature'), 31))]),
  ];
}

function badlyPadded(name: string, iv: string, plaintext: (fixture: Fixture) => string): Change {
  return sealedField(name, (_, { fixture }) => badPadding({ plaintext: plaintext(fixture), key: fixture.ps, iv }));
}
