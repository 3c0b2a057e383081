import { encryptToBase64 } from '../../../../generators/crypto.ts';
import { initialisationVector, productSecret } from '../../../../generators/family/devices.ts';
import { replaceAt } from '../../../../generators/family/tamper.ts';
import { newSecretSubject } from '../../../../generators/pure-bt/faults/ciphertext.ts';
import { draftChange, fieldText, sealedField, signedField } from '../../../../generators/pure-bt/faults/fault.ts';
import type { Change } from '../../../../generators/pure-bt/request.ts';
import { withPlaintexts } from '../../../../generators/pure-bt/request.ts';
import { encryptedCode, withDk, withOldSecret } from '../../../../generators/pure-bt/valid-forms.ts';
import { withFields } from '../../../../generators/request.ts';
import { eitherWay, refusedUndocumented } from '../../../../spec/expectation.ts';
import { secretPlaintext } from '../../../../spec/pure-bt/formulas.ts';
import { mismatchRefused } from '../../expected-outcomes.ts';
import type { Case } from '../steps.ts';
import {
  anyDevice,
  bindsUnlessBound,
  bindsWhateverIsBound,
  bindsWith,
  heldMulti,
  ready,
  send,
  tested,
} from '../steps.ts';

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
    { given: anyDevice },
  ),
  {
    ...pasted('other-products-key', "a secret encrypted with another product's key", [
      sealedField('encryptedNewBindingSecret', (body, { fixture, other, random }) => {
        // A states handler may return two devices of one product: then the key is invented.
        const key = other === undefined || other.ps === fixture.ps ? productSecret(random) : other.ps;
        return encryptToBase64(newSecretSubject.plaintext(fixture), key, fieldText(body, 'random'));
      }),
    ]),
    secondState: ready,
  },
  pasted('code-as-secret', 'the encryptedBindingCode as encryptedNewBindingSecret', [
    encryptedCode,
    sealedField('encryptedNewBindingSecret', (body) => fieldText(body, 'encryptedBindingCode')),
  ]),
  pasted(
    'secret-as-code',
    'the encryptedNewBindingSecret as encryptedBindingCode',
    [encryptedCode, sealedField('encryptedBindingCode', (body) => fieldText(body, 'encryptedNewBindingSecret'))],
    'code-format',
  ),
  {
    ...pasted('new-as-old', 'the encryptedNewBindingSecret as encryptedOldBindingSecret', [
      withOldSecret,
      signedField('encryptedOldBindingSecret', (body) => fieldText(body, 'encryptedNewBindingSecret')),
    ]),
    given: heldMulti,
    unfit: ({ bindingSecret, oldBindingSecret }) =>
      bindingSecret === oldBindingSecret
        ? 'bindingSecret and oldBindingSecret of the fixture are the same; return two different secrets'
        : undefined,
  },
];

/** The boundaries in the signed text, which is pk, dk, code, pwd: the index of the field before each. */
const boundaries = { pk: 0, dk: 1, code: 2 };

/**
 * The signed text has no separators: a character that moves across a boundary keeps the signature correct. Everything else
 * in these requests matches the changed values; only a field's format or the server's records show the change.
 */
export const shiftCases: readonly Case[] = [
  shifted('pk-to-dk', 'the last character of pk moved to dk', 'pk', -1),
  shifted('dk-to-pk', 'the first character of dk moved to pk', 'pk', 1),
  shifted('dk-to-code', 'the last character of dk moved to the bindingCode', 'dk', -1),
  shifted('code-to-dk', 'the first character of the bindingCode moved to dk', 'dk', 1),
  shifted('code-to-pwd', 'the last character of the bindingCode moved to pwd', 'code', -1),
  shifted('pwd-to-code', 'the first character of pwd moved to the bindingCode', 'code', 1),
  shifted('code-into-pwd', 'the whole bindingCode moved to pwd', 'code', Number.NEGATIVE_INFINITY),
  pasted('plain-in-encrypted', 'the plain bindingCode as encryptedBindingCode', [
    sealedField('encryptedBindingCode', (_, { fixture }) => fixture.bindingCode),
    sealedField('bindingCode', () => undefined),
  ]),
  pasted(
    'encrypted-in-plain',
    'the encryptedBindingCode as bindingCode',
    [
      encryptedCode,
      sealedField('bindingCode', (body) => fieldText(body, 'encryptedBindingCode')),
      sealedField('encryptedBindingCode', () => undefined),
    ],
    'code-format',
  ),
];

/**
 * @param reading under which a server may accept it: without a declared format, any text may be a bindingCode; a shift
 * between dk and code is a request for another device.
 */
function pasted(name: string, title: string, changes: readonly Change[], reading?: 'code-format' | 'shifting'): Case {
  const expect = reading === undefined ? mismatchRefused : { ...mismatchRefused, open: [200], reading };
  const unlessAccepted = reading === 'shifting' ? bindsWhateverIsBound : bindsUnlessBound;
  const after = reading === undefined ? bindsWith : unlessAccepted;
  const steps = [send(title, changes, expect), after('a correct request for the same device')];
  return tested(`paste/${name}`, `rejects ${title}`, 'pasting', steps);
}

/** @param by how many characters the boundary after a field moves: to the right, or to the left if negative. */
function shifted(name: string, move: string, behind: keyof typeof boundaries, by: number): Case {
  const shift = withParts((parts) => {
    const at = boundaries[behind];
    const [left = '', right = ''] = parts.slice(at);
    const cut = Math.max(left.length + by, 0);
    return parts.toSpliced(at, 2, (left + right).slice(0, cut), (left + right).slice(cut));
  });
  const what = `a request with ${move}`;
  if (behind === 'code') return shiftedToPwd(name, what, by, shift);
  // A changed pk is not a product. A shift between dk and code is a request for another device.
  const reading = behind === 'dk' ? 'shifting' : undefined;
  return { ...pasted('', what, [shift], reading), id: `shift/${name}`, rule: reading ?? 'tampering' };
}

/**
 * Between code and pwd, a server sees the shift only if it refuses such a code. So the code comes first with its own pwd and
 * signature: a server that accepts it has another format, and one that refuses it must refuse the forged request too.
 */
function shiftedToPwd(name: string, what: string, by: number, shift: Change): Case {
  const sameCode = withParts(([pk = '', dk = '', code = '', pwd = '']) => {
    const cut = Math.max(code.length + by, 0);
    return [pk, dk, (code + pwd).slice(0, cut), pwd];
  });
  const steps = [
    send('its bindingCode with its own signature', [sameCode], {
      ...mismatchRefused,
      open: [200],
      reading: 'code-format',
    }),
    send(what, [shift], (_, earlier) => (earlier.some(({ bound }) => bound) ? eitherWay : mismatchRefused)),
    bindsUnlessBound('a correct request for the same device'),
  ];
  return tested(`shift/${name}`, `rejects ${what}`, 'tampering', steps);
}

/** Changes pk, dk, bindingCode and pwd; the secret and the signature match the result. */
function withParts(change: (parts: readonly string[]) => readonly string[]): Change {
  return draftChange((draft, { fixture }) => {
    const parts = [fixture.pk, fixture.dk, fixture.bindingCode, fixture.pwd ?? '0Secret123'];
    const [pk = '', dk = '', bindingCode = '', pwd = ''] = change(parts);
    const secret = secretPlaintext(pk, dk, fixture.bindingSecret);
    return withPlaintexts(withFields(draft, { pk, dk, bindingCode, pwd }), { encryptedNewBindingSecret: secret });
  });
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
