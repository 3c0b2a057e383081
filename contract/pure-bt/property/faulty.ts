import type { Arbitrary } from 'fast-check';
import { encryptToBase64 } from '../../../generators/crypto.ts';
import { field, sealedField, signedField } from '../../../generators/pure-bt/faults/fault.ts';
import { withDk } from '../../../generators/pure-bt/forms.ts';
import type { Change } from '../../../generators/pure-bt/request.ts';
import type { Expectation, Open } from '../../../spec/expectation.ts';
import { eitherOf, eitherWay, refusedSomehow, refusedWith } from '../../../spec/expectation.ts';
import type { Dialect } from '../../../spec/pure-bt/dialect.ts';
import { matchesPattern } from '../../../spec/pure-bt/dialect.ts';
import type { RuleId } from '../../../spec/pure-bt/rules.ts';
import type { Check } from '../../run/case.ts';
import type { Property } from '../cases/steps.ts';
import { sendAll } from '../cases/steps.ts';
import { earns } from '../earns.ts';
import type { Base } from './base.ts';
import { bases, requestOf, shortName } from './base.ts';

/** One arbitrary fault over an arbitrary valid request, and what that very value earns: shrunk, it may earn another code. */
type Fault = {
  readonly what: string;
  readonly changes: readonly Change[];
  readonly expect: Expectation | ((dialect: Dialect) => Expectation);
  /** The form of the bindingCode without which it is no fault. */
  readonly encrypted?: boolean;
};

const ready = { given: 'a device ready to bind' } as const;

/** Arbitrary single faults earn their codes. */
export const singleFaults: Property = {
  samples: (check) =>
    check.tuple(bases(check, shortName), anyFault(check)).map(([base, { what, changes, expect, encrypted }]) => {
      const form: Base = { ...base, encrypted: encrypted ?? base.encrypted };
      return sendAll(what, (context) => [requestOf(form, context, changes)], expect);
    }),
};

function anyFault(check: Check): Arbitrary<Fault> {
  const text = texts(check);
  return check.oneof(
    text.map(dkFault),
    text.map(codeFault),
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

/** What an arbitrary text earns for a field with a format: `malformed` where the pattern refuses it, and any outcome where not. */
function byFormat(
  text: string,
  key: 'dkPattern' | 'bindingCodePattern',
  malformed: Expectation,
  reading: RuleId,
): (dialect: Dialect) => Expectation {
  // White space around it may be taken away.
  const matches = (dialect: Dialect): boolean =>
    matchesPattern(text, key, dialect) || matchesPattern(text.trim(), key, dialect);
  const always = text === '' || !/^[\x20-\x7e]+$/.test(text);
  const open: Open = always ? {} : { open: [...malformed.open, 200], openRefusals: 'undocumented', reading };
  return (dialect) => (matches(dialect) ? eitherWay : { ...malformed, ...open });
}

function dkFault(dk: string): Fault {
  const codes = dk.trim() === '' ? [5361, 5067] : [5361];
  const found = earns({ expect: refusedWith(codes), names: 'another device' }, ready);
  // A comma divides PK,DK,bindingSecret; another script may be read otherwise: then the bindingSecret is what is wrong.
  const malformed = /[^\x20-\x7e]|,/.test(dk) ? eitherOf(found, refusedSomehow(['bindingSecret'])) : found;
  return {
    what: `an arbitrary malformed dk of ${dk.length} characters`,
    changes: [withDk(() => dk)],
    expect: dk === '' ? refusedWith(5067) : byFormat(dk, 'dkPattern', malformed, 'dk-format'),
  };
}

function codeFault(code: string): Fault {
  const codes = code.trim() === '' ? [5213, 5179] : [5213];
  const malformed = earns({ expect: refusedWith(codes, { siblings: ['bindingCode'] }), names: 'another code' }, ready);
  return {
    what: `an arbitrary malformed bindingCode of ${code.length} characters`,
    changes: [field('bindingCode', () => code)],
    expect: code === '' ? refusedWith(5179) : byFormat(code, 'bindingCodePattern', malformed, 'code-format'),
    encrypted: false,
  };
}

function nameFault(over: number): Fault {
  return {
    what: `a deviceName ${over} characters over the limit`,
    changes: [field('deviceName', ({ dialect }) => 'n'.repeat(dialect.deviceNameLimit + over))],
    expect: refusedWith(5333, { open: [200], openRefusals: 'undocumented', reading: 'name-limit' }),
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
    expect: refusedWith(ciphertext === '' ? [5179, 5213] : 5213, { siblings: ['bindingCode'], anyRefusal: true }),
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
