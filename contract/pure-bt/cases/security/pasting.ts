import { encryptToBase64 } from '../../../../generators/crypto.ts';
import { initialisationVector, productSecret } from '../../../../generators/family/devices.ts';
import { notAFault } from '../../../../generators/family/malformed.ts';
import { replaceAt } from '../../../../generators/family/tamper.ts';
import { newSecretSubject } from '../../../../generators/pure-bt/faults/ciphertext.ts';
import { draftChange, fieldText, sealedField, signedField } from '../../../../generators/pure-bt/faults/fault.ts';
import { type Change, withPlaintexts } from '../../../../generators/pure-bt/request.ts';
import { encryptedCode, withDk, withOldSecret } from '../../../../generators/pure-bt/valid-forms.ts';
import { withFields } from '../../../../generators/request.ts';
import { binds, refusedUndocumented } from '../../../../spec/expectation.ts';
import { type Dialect, matchesPattern } from '../../../../spec/pure-bt/dialect.ts';
import { secretPlaintext } from '../../../../spec/pure-bt/formulas.ts';
import { mismatchRefused } from '../../expected-outcomes.ts';
import { bindsWith, type Case, devices, send, tested, unlessBound, whateverIsBound } from '../steps.ts';

/** Cut and paste: parts of other correct requests in a request with a correct signature. */
export const pastingCases: readonly Case[] = [
  pasted('other-device', "another device's random and encryptedNewBindingSecret", [otherDevicesSecret()]),
  pasted('other-device-encrypted', "another device's random and secret, with an encrypted code", [
    encryptedCode,
    otherDevicesSecret(),
  ]),
  tested(
    'paste/existing-device',
    'rejects a secret that names another device of the same user',
    'pasting',
    [
      bindsWith(
        'a device',
        withDk(({ fixture }) => otherDk(fixture.dk)),
      ),
      send(
        'a request for another device with the secret of the first',
        [otherDevicesSecret()],
        refusedUndocumented(['bindingSecret']),
      ),
    ],
    { given: devices.any },
  ),
  {
    ...pasted('other-products-key', "a secret encrypted with another product's key", [
      sealedField('encryptedNewBindingSecret', (body, { fixture, other, random }) => {
        // A states handler may return two devices of one product: then the key is invented.
        const key = other === undefined || other.ps === fixture.ps ? productSecret(random) : other.ps;
        return encryptToBase64(newSecretSubject.plaintext(fixture), key, fieldText(body, 'random'));
      }),
    ]),
    secondState: devices.ready,
  },
  pasted('code-as-secret', 'the encryptedBindingCode as encryptedNewBindingSecret', [
    encryptedCode,
    sealedField('encryptedNewBindingSecret', (body) => fieldText(body, 'encryptedBindingCode')),
  ]),
  {
    ...pasted(
      'secret-as-code',
      'the encryptedNewBindingSecret as encryptedBindingCode',
      [encryptedCode, sealedField('encryptedBindingCode', (body) => fieldText(body, 'encryptedNewBindingSecret'))],
      'code-format',
    ),
    unfit: (fixture, _, dialect) => unlessCode(newSecretSubject.plaintext(fixture), dialect),
  },
  {
    ...pasted('new-as-old', 'the encryptedNewBindingSecret as encryptedOldBindingSecret', [
      withOldSecret,
      signedField('encryptedOldBindingSecret', (body) => fieldText(body, 'encryptedNewBindingSecret')),
    ]),
    given: devices.heldMulti,
    unfit: ({ bindingSecret, oldBindingSecret }) =>
      bindingSecret === oldBindingSecret
        ? 'bindingSecret and oldBindingSecret of the fixture are the same; return two different secrets'
        : undefined,
  },
];

/**
 * @param reading under which a server may accept it: without a declared format, any text may be a bindingCode; a shift
 * between dk and code is a request for another device.
 */
export function pasted(
  name: string,
  title: string,
  changes: readonly Change[],
  reading?: 'code-format' | 'shifting',
): Case {
  const expect = reading === undefined ? mismatchRefused : { ...mismatchRefused, open: [200], reading };
  const unlessAccepted = reading === 'shifting' ? whateverIsBound : unlessBound;
  const after = reading === undefined ? binds : unlessAccepted;
  const steps = [send(title, changes, expect), send('a correct request for the same device', [], after)];
  return tested(`paste/${name}`, `rejects ${title}`, 'pasting', steps);
}

/** Why a text is not a malformed bindingCode; undefined if it is one. */
export function unlessCode(text: string, dialect: Dialect): string | undefined {
  return matchesPattern(text, 'bindingCodePattern', dialect) ? notAFault('bindingCodePattern', dialect) : undefined;
}

/** A secret as captured from another device of the product: encrypted with the same key, but it names that device. */
function otherDevicesSecret(): Change {
  return draftChange((draft, { fixture, random }) =>
    withPlaintexts(withFields(draft, { random: initialisationVector(random) }), {
      encryptedNewBindingSecret: secretPlaintext(fixture.pk, otherDk(fixture.dk), fixture.bindingSecret),
    }),
  );
}

function otherDk(dk: string): string {
  return [...dk].map((_, at) => at).reduce((made, at) => replaceAt(made, at), dk);
}
