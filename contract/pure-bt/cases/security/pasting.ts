import { encryptToBase64 } from '../../../../generators/crypto.ts';
import { initialisationVector, productSecret } from '../../../../generators/pure-bt/devices.ts';
import { draftChange, sealedField, signedField, textOf } from '../../../../generators/pure-bt/faults/fault.ts';
import { replacedAt } from '../../../../generators/pure-bt/faults/tamper.ts';
import { encryptedCode, withDk, withOldSecret } from '../../../../generators/pure-bt/forms.ts';
import type { Change, Draft, RequestContext } from '../../../../generators/pure-bt/request.ts';
import { withPlaintexts } from '../../../../generators/pure-bt/request.ts';
import { withFields } from '../../../../generators/request.ts';
import type { Expectation } from '../../../../spec/expectation.ts';
import { refusedSomehow } from '../../../../spec/expectation.ts';
import { secretPlaintext } from '../../../../spec/pure-bt/formulas.ts';
import { unfit } from '../../earns.ts';
import type { Case } from '../steps.ts';
import { bindsUnlessBound, bindsWhateverIsBound, bindsWith, send } from '../steps.ts';

/** Cut and paste: parts of other correct requests, in a request that is correctly signed. Source: DOMAIN section 4. */
export const pastingCases: readonly Case[] = [
  pasted('other-device', "another device's random and encryptedNewBindingSecret", [otherDevicesSecret()]),
  pasted('other-device-encrypted', "another device's random and secret, the code encrypted", [
    encryptedCode,
    otherDevicesSecret(),
  ]),
  {
    ...pasted('existing-device', "a secret that names another device of the user's", []),
    given: 'a product whose every device is ready to bind',
    steps: [
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
  },
  {
    ...pasted('other-products-key', "a secret under another product's key", [
      sealedField('encryptedNewBindingSecret', (body, { fixture, other, random }) => {
        // A handler may give two devices of one product: then a key is made up.
        const key = other === undefined || other.ps === fixture.ps ? productSecret(random) : other.ps;
        const plaintext = secretPlaintext(fixture.pk, fixture.dk, fixture.bindingSecret);
        return encryptToBase64(plaintext, key, textOf(body, 'random'));
      }),
    ]),
    beside: 'a device ready to bind',
  },
  pasted('code-as-secret', 'the encryptedBindingCode in place of the secret', [
    encryptedCode,
    sealedField('encryptedNewBindingSecret', (body) => textOf(body, 'encryptedBindingCode')),
  ]),
  pastedAsCode('secret-as-code', 'the secret in place of the encryptedBindingCode', [
    encryptedCode,
    sealedField('encryptedBindingCode', (body) => textOf(body, 'encryptedNewBindingSecret')),
  ]),
  {
    ...pasted('new-as-old', 'the new secret in place of the old one', [
      withOldSecret,
      signedField('encryptedOldBindingSecret', (body) => textOf(body, 'encryptedNewBindingSecret')),
    ]),
    given: 'a device bound by another user, binding mode multi',
    unfit: ({ bindingSecret, oldBindingSecret }) =>
      bindingSecret === oldBindingSecret
        ? 'bindingSecret and oldBindingSecret of the fixture are the same, so neither can be wrong for the other'
        : undefined,
  },
];

/**
 * The signed text has no separators: a character moved across a boundary leaves the signature right. Everything else in
 * these requests is right for the values as they stand; only a field's own format or record can tell.
 */
export const shiftCases: readonly Case[] = [
  shifted('pk-to-dk', 'the last character of pk moved to dk', ({ pk, dk, ...rest }) => ({
    ...rest,
    pk: pk.slice(0, -1),
    dk: pk.slice(-1) + dk,
  })),
  shifted('dk-to-pk', 'the first character of dk moved to pk', ({ pk, dk, ...rest }) => ({
    ...rest,
    pk: pk + dk.slice(0, 1),
    dk: dk.slice(1),
  })),
  shifted('dk-to-code', 'the last character of dk moved to the bindingCode', ({ dk, code, ...rest }) => ({
    ...rest,
    dk: dk.slice(0, -1),
    code: dk.slice(-1) + code,
  })),
  shifted('code-to-dk', 'the first character of the bindingCode moved to dk', ({ dk, code, ...rest }) => ({
    ...rest,
    dk: dk + code.slice(0, 1),
    code: code.slice(1),
  })),
  shifted('code-to-pwd', 'the last character of the bindingCode moved to pwd', ({ code, pwd, ...rest }) => ({
    ...rest,
    code: code.slice(0, -1),
    pwd: code.slice(-1) + pwd,
  })),
  shifted('pwd-to-code', 'the first character of pwd moved to the bindingCode', ({ code, pwd, ...rest }) => ({
    ...rest,
    code: code + pwd.slice(0, 1),
    pwd: pwd.slice(1),
  })),
  shifted('code-into-pwd', 'the whole bindingCode moved to pwd', ({ code, pwd, ...rest }) => ({
    ...rest,
    code: '',
    pwd: code + pwd,
  })),
  pasted('plain-in-encrypted', 'the plain bindingCode in encryptedBindingCode', [
    sealedField('encryptedBindingCode', (_, { fixture }) => fixture.bindingCode),
    sealedField('bindingCode', () => undefined),
  ]),
  pastedAsCode('encrypted-in-plain', 'the ciphertext in bindingCode', [
    encryptedCode,
    sealedField('bindingCode', (body) => textOf(body, 'encryptedBindingCode')),
    sealedField('encryptedBindingCode', () => undefined),
  ]),
];

/** What is pasted where a bindingCode belongs: a server may accept it as one, until the format is declared. */
function pastedAsCode(name: string, title: string, changes: readonly Change[]): Case {
  const expect: Expectation = { ...unfit, open: [200], reading: 'code-format' };
  const shape = pasted(name, title, changes);
  return {
    ...shape,
    steps: [send(title, changes, expect), bindsUnlessBound('a correct request for the same device')],
  };
}

function pasted(name: string, title: string, changes: readonly Change[]): Case {
  return {
    id: `paste/${name}`,
    code: 200,
    title: `refuses ${title}`,
    rule: 'pasting',
    given: 'a device ready to bind',
    steps: [send(title, changes, unfit), bindsWith('a correct request for the same device')],
  };
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

type Parts = { readonly pk: string; readonly dk: string; readonly code: string; readonly pwd: string };

function shifted(name: string, title: string, shift: (parts: Parts) => Parts): Case {
  const moved = (draft: Draft, { fixture }: RequestContext): Draft => {
    const before = { pk: fixture.pk, dk: fixture.dk, code: fixture.bindingCode, pwd: fixture.pwd ?? '0Secret123' };
    const { pk, dk, code, pwd } = shift(before);
    const fields = withFields(draft, { pk, dk, bindingCode: code, pwd });
    return withPlaintexts(fields, { encryptedNewBindingSecret: secretPlaintext(pk, dk, fixture.bindingSecret) });
  };
  const shape = pasted(name, title, [draftChange(moved)]);
  // Another pk is no product; a move between code and pwd is another request for the same device under its signature.
  if (!/dk.*code|code.*dk/.test(name)) return { ...shape, id: `shift/${name}`, rule: 'tampering' };
  // Between dk and code it is one for another device, whose formats alone can tell.
  const opens: Expectation = { ...unfit, open: [200], reading: 'shifting' };
  return {
    ...shape,
    id: `shift/${name}`,
    rule: 'shifting',
    steps: [send(title, [draftChange(moved)], opens), bindsWhateverIsBound('a correct request for the same device')],
  };
}
