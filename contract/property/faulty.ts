import type { Arbitrary } from 'fast-check';
import { encryptToBase64 } from '../../generators/crypto.ts';
import { field, sealedField, signedField } from '../../generators/faults/fault.ts';
import { withDk } from '../../generators/forms.ts';
import type { Change } from '../../generators/request.ts';
import type { Expectation } from '../../spec/expectation.ts';
import { refusedSomehow, refusedWith } from '../../spec/expectation.ts';
import { sendAtOnce } from '../case.ts';
import type { Base } from './base.ts';
import { bases, requestOf } from './base.ts';
import type { Check, Property } from './property.ts';

/** One arbitrary fault over an arbitrary valid request, and what that very value earns: shrunk, it may earn another code. */
type Fault = {
  readonly what: string;
  readonly changes: readonly Change[];
  readonly expect: Expectation;
  /** The form of the bindingCode without which it is no fault. */
  readonly encrypted?: boolean;
};

/** Arbitrary single faults earn their codes. */
export const singleFaults: Property = {
  samples: (check) =>
    check.tuple(bases(check), anyFault(check)).map(([base, { what, changes, expect, encrypted }]) => {
      const form: Base = { ...base, encrypted: encrypted ?? base.encrypted };
      return sendAtOnce(what, (context) => [requestOf(form, context, changes)], expect);
    }),
};

function anyFault(check: Check): Arbitrary<Fault> {
  const text = texts(check);
  return check.oneof(
    text.filter((dk) => !trims(dk, /^[0-9A-Za-z]{4,32}$/)).map(dkFault),
    text.filter((code) => !trims(code, /^[0-9A-F]{16}$/)).map(codeFault),
    check.integer({ min: 1, max: 2_000 }).map(nameFault),
    text.filter((iv) => Buffer.byteLength(iv, 'utf8') !== 16).map(randomFault),
    text.map((token) => token.replace(/[^\x21-\x7e]/g, '')).map(tokenFault),
    check.oneof(text, check.stringMatching(/^[0-9a-f]{64}$/)).map(signatureFault),
    check.oneof(text, ciphertexts(check)).map(encryptedCodeFault),
    check.oneof(text, ciphertexts(check)).map(newSecretFault),
    text.map(plaintextFault),
  );
}

/** ASCII and other text, short and long, control characters left out: what a server does with those is open. */
function texts(check: Check): Arbitrary<string> {
  const printable = check.string({ unit: 'grapheme-ascii', maxLength: 40 });
  return check
    .oneof(printable, check.string({ unit: 'grapheme', maxLength: 40 }))
    .filter((text) => !/\p{Cc}/u.test(text));
}

/** Base64 of arbitrary bytes: whole blocks that hold no padding but by chance, and other lengths. */
function ciphertexts(check: Check): Arbitrary<string> {
  return check.uint8Array({ minLength: 1, maxLength: 80 }).map((bytes) => Buffer.from(bytes).toString('base64'));
}

/** Whether a text is well formed but for white space around it, which some servers take away. */
function trims(text: string, pattern: RegExp): boolean {
  return pattern.test(text.trim());
}

function dkFault(dk: string): Fault {
  const blank = dk.trim() === '' ? [5361, 5067] : [5361];
  return {
    what: `an arbitrary malformed dk of ${dk.length} characters`,
    changes: [withDk(() => dk)],
    expect: refusedWith(dk === '' ? 5067 : blank),
  };
}

function codeFault(code: string): Fault {
  const blank = code.trim() === '' ? [5213, 5179] : [5213];
  return {
    what: `an arbitrary malformed bindingCode of ${code.length} characters`,
    changes: [field('bindingCode', () => code)],
    expect: refusedWith(code === '' ? 5179 : blank, { siblings: ['bindingCode'] }),
    encrypted: false,
  };
}

function nameFault(over: number): Fault {
  return {
    what: `a deviceName ${over} characters over the limit`,
    changes: [field('deviceName', ({ dialect }) => 'n'.repeat(dialect.deviceNameLimit + over))],
    expect: refusedWith(5333),
  };
}

function randomFault(iv: string): Fault {
  return {
    what: `an arbitrary random of ${Buffer.byteLength(iv, 'utf8')} bytes`,
    changes: [sealedField('random', () => iv)],
    expect: refusedSomehow(['bindingSecret']),
  };
}

function tokenFault(token: string): Fault {
  return {
    what: `an arbitrary token of ${token.length} characters`,
    changes: [{ at: 'token', apply: () => (token === '' ? '' : `Bearer ${token}`) }],
    expect: refusedWith(token === '' ? 5106 : 5032),
  };
}

function signatureFault(signature: string): Fault {
  return {
    what: `an arbitrary signature of ${signature.length} characters`,
    changes: [signedField('signature', () => signature)],
    expect: refusedSomehow(['signature', 'signatureMissing']),
  };
}

function encryptedCodeFault(ciphertext: string): Fault {
  return {
    what: `an arbitrary encryptedBindingCode of ${ciphertext.length} characters`,
    changes: [sealedField('encryptedBindingCode', () => ciphertext)],
    expect: refusedWith(ciphertext === '' ? [5179, 5213] : 5213, { siblings: ['bindingCode'] }),
    encrypted: true,
  };
}

function newSecretFault(ciphertext: string): Fault {
  return {
    what: `an arbitrary encryptedNewBindingSecret of ${ciphertext.length} characters`,
    changes: [sealedField('encryptedNewBindingSecret', () => ciphertext)],
    expect: refusedSomehow(['bindingSecret']),
  };
}

/** No arbitrary text is `PK,DK,` of the device and a secret. */
function plaintextFault(plaintext: string): Fault {
  return {
    what: `an encryptedNewBindingSecret of an arbitrary text of ${plaintext.length} characters`,
    changes: [
      sealedField('encryptedNewBindingSecret', (body, { fixture }) =>
        encryptToBase64(plaintext, fixture.ps, String(body['random'])),
      ),
    ],
    expect: refusedSomehow(['bindingSecret']),
  };
}
