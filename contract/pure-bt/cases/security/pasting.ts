import { encryptToBase64 } from '../../../../generators/crypto.ts';
import { initialisationVector, productSecret } from '../../../../generators/pure-bt/devices.ts';
import { newSecretSubject } from '../../../../generators/pure-bt/faults/ciphertext.ts';
import { draftChange, sealedField, signedField, textOf } from '../../../../generators/pure-bt/faults/fault.ts';
import { replacedAt } from '../../../../generators/pure-bt/faults/tamper.ts';
import { encryptedCode, withDk, withOldSecret } from '../../../../generators/pure-bt/forms.ts';
import type { Change } from '../../../../generators/pure-bt/request.ts';
import { withPlaintexts } from '../../../../generators/pure-bt/request.ts';
import { withFields } from '../../../../generators/request.ts';
import { refusedSomehow } from '../../../../spec/expectation.ts';
import { secretPlaintext } from '../../../../spec/pure-bt/formulas.ts';
import { unfit } from '../../earns.ts';
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

/** Cut and paste: parts of other correct requests, in a request that is correctly signed. */
export const pastingCases: readonly Case[] = [
  pasted('other-device', "another device's random and encryptedNewBindingSecret", [otherDevicesSecret()]),
  pasted('other-device-encrypted', "another device's random and secret, the code encrypted", [
    encryptedCode,
    otherDevicesSecret(),
  ]),
  tested(
    'paste/existing-device',
    "refuses a secret that names another device of the user's",
    'pasting',
    [
      bindsWith(
        'a device',
        withDk(({ fixture }) => otherDk(fixture.dk)),
      ),
      send(
        'a request for another device with the secret of the first',
        [otherDevicesSecret()],
        refusedSomehow(['bindingSecret']),
      ),
    ],
    { given: anyDevice },
  ),
  {
    ...pasted('other-products-key', "a secret under another product's key", [
      sealedField('encryptedNewBindingSecret', (body, { fixture, other, random }) => {
        // A handler may give two devices of one product: then a key is made up.
        const key = other === undefined || other.ps === fixture.ps ? productSecret(random) : other.ps;
        return encryptToBase64(newSecretSubject.plaintext(fixture), key, textOf(body, 'random'));
      }),
    ]),
    beside: ready,
  },
  pasted('code-as-secret', 'the encryptedBindingCode in place of the secret', [
    encryptedCode,
    sealedField('encryptedNewBindingSecret', (body) => textOf(body, 'encryptedBindingCode')),
  ]),
  pasted(
    'secret-as-code',
    'the secret in place of the encryptedBindingCode',
    [encryptedCode, sealedField('encryptedBindingCode', (body) => textOf(body, 'encryptedNewBindingSecret'))],
    'code-format',
  ),
  {
    ...pasted('new-as-old', 'the new secret in place of the old one', [
      withOldSecret,
      signedField('encryptedOldBindingSecret', (body) => textOf(body, 'encryptedNewBindingSecret')),
    ]),
    given: heldMulti,
    unfit: ({ bindingSecret, oldBindingSecret }) =>
      bindingSecret === oldBindingSecret
        ? 'bindingSecret and oldBindingSecret of the fixture are the same, so neither can be wrong for the other'
        : undefined,
  },
];

/** The signed fields, in the order in which they are signed. */
const signed = ['pk', 'dk', 'code', 'pwd'] as const;
type Signed = (typeof signed)[number];

/**
 * The signed text has no separators: a character moved across a boundary leaves the signature right. Everything else in
 * these requests is right for the values as they stand; only a field's own format or record can tell.
 */
export const shiftCases: readonly Case[] = [
  shifted('pk', 'dk'),
  shifted('dk', 'pk'),
  shifted('dk', 'code'),
  shifted('code', 'dk'),
  shifted('code', 'pwd'),
  shifted('pwd', 'code'),
  {
    ...pasted('', 'the whole bindingCode moved to pwd', [moved('code', 'pwd', ({ length }) => length)]),
    id: 'shift/code-into-pwd',
    rule: 'tampering',
  },
  pasted('plain-in-encrypted', 'the plain bindingCode in encryptedBindingCode', [
    sealedField('encryptedBindingCode', (_, { fixture }) => fixture.bindingCode),
    sealedField('bindingCode', () => undefined),
  ]),
  pasted(
    'encrypted-in-plain',
    'the ciphertext in bindingCode',
    [
      encryptedCode,
      sealedField('bindingCode', (body) => textOf(body, 'encryptedBindingCode')),
      sealedField('encryptedBindingCode', () => undefined),
    ],
    'code-format',
  ),
];

/**
 * @param reading under which a server may accept it: what is pasted where a bindingCode belongs is one until the format
 * is declared, and what is shifted between dk and code is a request for another device.
 */
function pasted(name: string, title: string, changes: readonly Change[], reading?: 'code-format' | 'shifting'): Case {
  const expect = reading === undefined ? unfit : { ...unfit, open: [200], reading };
  const unlessAccepted = reading === 'shifting' ? bindsWhateverIsBound : bindsUnlessBound;
  const after = reading === undefined ? bindsWith : unlessAccepted;
  const steps = [send(title, changes, expect), after('a correct request for the same device')];
  return tested(`paste/${name}`, `refuses ${title}`, 'pasting', steps);
}

function shifted(from: Signed, to: Signed): Case {
  const called = (name: Signed): string => (name === 'code' ? 'the bindingCode' : name);
  const title = `the ${isBefore(from, to) ? 'last' : 'first'} character of ${called(from)} moved to ${called(to)}`;
  // Another pk is no product; a move between code and pwd is another request for the same device under its signature.
  const isOther = [from, to].every((name) => name === 'dk' || name === 'code');
  return {
    ...pasted('', title, [moved(from, to, () => 1)], isOther ? 'shifting' : undefined),
    id: `shift/${from}-to-${to}`,
    rule: isOther ? 'shifting' : 'tampering',
  };
}

/** Some characters of a signed field moved to the one that stands before or behind it. */
function moved(from: Signed, to: Signed, count: (text: string) => number): Change {
  return draftChange((draft, { fixture }) => {
    const { bindingCode: code, bindingSecret, pwd = '0Secret123' } = fixture;
    const parts = { pk: fixture.pk, dk: fixture.dk, code, pwd };
    const [text, other] = [parts[from], parts[to]];
    const at = isBefore(from, to) ? text.length - count(text) : count(text);
    const [head, tail] = [text.slice(0, at), text.slice(at)];
    Object.assign(
      parts,
      isBefore(from, to) ? { [from]: head, [to]: tail + other } : { [from]: tail, [to]: other + head },
    );
    const { pk, dk } = parts;
    const fields = withFields(draft, { pk, dk, bindingCode: parts.code, pwd: parts.pwd });
    return withPlaintexts(fields, { encryptedNewBindingSecret: secretPlaintext(pk, dk, bindingSecret) });
  });
}

function isBefore(one: Signed, other: Signed): boolean {
  return signed.indexOf(one) < signed.indexOf(other);
}

/** As captured from a request of another device of the product: made with the same key, and naming that device. */
function otherDevicesSecret(): Change {
  return draftChange((draft, { fixture, random }) =>
    withPlaintexts(withFields(draft, { random: initialisationVector(random) }), {
      encryptedNewBindingSecret: secretPlaintext(fixture.pk, otherDk(fixture.dk), fixture.bindingSecret),
    }),
  );
}

function otherDk(dk: string): string {
  return [...dk].map((_, at) => at).reduce((made, at) => replacedAt(made, at), dk);
}
