import type { Arbitrary } from 'fast-check';
import { encryptToBase64 } from '../../../generators/crypto.ts';
import type { PatternKey } from '../../../generators/family/malformed.ts';
import { field, fieldText, sealedField, signedField } from '../../../generators/pure-bt/faults/fault.ts';
import type { Change } from '../../../generators/pure-bt/request.ts';
import { withDk } from '../../../generators/pure-bt/valid-forms.ts';
import {
  anyOfThese,
  type Expectation,
  eitherWay,
  type Open,
  refusedUndocumented,
  refusedWith,
  underReading,
} from '../../../spec/expectation.ts';
import { type Dialect, matchesPattern } from '../../../spec/pure-bt/dialect.ts';
import type { RuleId } from '../../../spec/pure-bt/rules.ts';
import type { Check } from '../../run/case.ts';
import { devices, type Property } from '../cases/steps.ts';
import { expectedOutcomes } from '../expected-outcomes.ts';
import { bases, sendBase, shortName } from './base.ts';

/** An arbitrary fault in an arbitrary valid request, with its expectation; a shrunk fault may have another one. */
type Fault = {
  readonly what: string;
  readonly change: Change;
  readonly expect: Expectation | ((dialect: Dialect) => Expectation);
  /** The form of the bindingCode that the fault needs. */
  readonly encrypted?: boolean;
};

/** Every arbitrary single fault is answered with its code. */
export const singleFaults: Property = {
  samples: (check) =>
    check
      .tuple(bases(check, shortName), anyFault(check))
      .map(([base, { what, change, expect, encrypted = base.encrypted }]) =>
        sendBase(what, { ...base, encrypted }, () => [change], expect),
      ),
};

function anyFault(check: Check): Arbitrary<Fault> {
  const text = texts(check);
  const ciphertext = check.oneof(text, ciphertexts(check));
  return check.oneof(
    text.map(dkFault),
    text.map(codeFault),
    check.integer({ min: 1, max: 2_000 }).map(nameFault),
    text.filter((iv) => Buffer.byteLength(iv, 'utf8') !== 16).map(randomFault),
    text.map((token) => token.replace(/[^\x21-\x7e]/g, '')).map(tokenFault),
    check.oneof(text, check.stringMatching(/^[0-9a-f]{64}$/)).map(signatureFault),
    ciphertext.map(encryptedCodeFault),
    ciphertext.map(newSecretFault),
    text.map(plaintextFault),
  );
}

/** ASCII and other text, short and long, without control characters: the document does not cover them. */
function texts(check: Check): Arbitrary<string> {
  const printable = check.string({ unit: 'grapheme-ascii', maxLength: 40 });
  return check
    .oneof(printable, check.string({ unit: 'grapheme', maxLength: 40 }))
    .filter((text) => !/\p{Cc}/u.test(text));
}

/** Base64 of arbitrary bytes: whole blocks that have valid padding only by chance, and other lengths. */
function ciphertexts(check: Check): Arbitrary<string> {
  return check.uint8Array({ minLength: 1, maxLength: 80 }).map((bytes) => Buffer.from(bytes).toString('base64'));
}

/** The expectation for an arbitrary text in a field with a pattern: `malformed`, or any outcome if the pattern matches. */
function byFormat(
  text: string,
  key: PatternKey,
  malformed: Expectation,
  reading: RuleId,
): (dialect: Dialect) => Expectation {
  // A server that trims the text may find that the pattern matches, or that the signature is of another text.
  const isTrimmed = text !== text.trim();
  const matches = (dialect: Dialect): boolean =>
    matchesPattern(text, key, dialect) || matchesPattern(text.trim(), key, dialect);
  const always = text === '' || !/^[\x20-\x7e]+$/.test(text);
  const open: Open = always ? {} : underReading(reading, ...malformed.open, 200);
  const anyRefusal = malformed.anyRefusal || isTrimmed;
  return (dialect) => (matches(dialect) ? eitherWay : { ...malformed, anyRefusal, ...open });
}

const secretRefused = refusedUndocumented(['bindingSecret']);
const nameRefused = refusedWith(5333, underReading('name-limit', 200));

function dkFault(dk: string): Fault {
  const codes = dk.trim() === '' ? [5361, 5067] : [5361];
  const found = expectedOutcomes({ expect: refusedWith(codes), names: 'another device' }, { given: devices.ready });
  // A comma separates PK,DK,bindingSecret, and a server may decode other scripts differently: then the bindingSecret is wrong.
  const malformed = /[^\x20-\x7e]|,/.test(dk) ? anyOfThese(found, secretRefused) : found;
  const expect = dk === '' ? refusedWith(5067) : byFormat(dk, 'dkPattern', malformed, 'dk-format');
  return { what: `an arbitrary malformed dk of ${dk.length} characters`, change: withDk(() => dk), expect };
}

function codeFault(code: string): Fault {
  const codes = code.trim() === '' ? [5213, 5179] : [5213];
  const own = refusedWith(codes, { siblings: ['bindingCode'] });
  const malformed = expectedOutcomes({ expect: own, names: 'another code' }, { given: devices.ready });
  const expect = code === '' ? refusedWith(5179) : byFormat(code, 'bindingCodePattern', malformed, 'code-format');
  const what = `an arbitrary malformed bindingCode of ${code.length} characters`;
  return { what, change: field('bindingCode', () => code), expect, encrypted: false };
}

function nameFault(over: number): Fault {
  const change = field('deviceName', ({ dialect }) => 'n'.repeat(dialect.deviceNameLimit + over));
  return { what: `a deviceName ${over} characters over the limit`, change, expect: nameRefused };
}

function randomFault(iv: string): Fault {
  const what = `an arbitrary random of ${Buffer.byteLength(iv, 'utf8')} bytes`;
  return { what, change: sealedField('random', () => iv), expect: secretRefused };
}

function tokenFault(token: string): Fault {
  const change: Change = { at: 'token', apply: () => (token === '' ? '' : `Bearer ${token}`) };
  const expect = refusedWith(token === '' ? 5106 : 5032);
  return { what: `an arbitrary token of ${token.length} characters`, change, expect };
}

function signatureFault(signature: string): Fault {
  const what = `an arbitrary signature of ${signature.length} characters`;
  const expect = refusedUndocumented(['signature', 'signatureMissing']);
  return { what, change: signedField('signature', () => signature), expect };
}

function encryptedCodeFault(ciphertext: string): Fault {
  const change = sealedField('encryptedBindingCode', () => ciphertext);
  const codes = ciphertext === '' ? [5179, 5213] : [5213];
  const expect = refusedWith(codes, { siblings: ['bindingCode'], anyRefusal: true });
  const what = `an arbitrary encryptedBindingCode of ${ciphertext.length} characters`;
  return { what, change, expect, encrypted: true };
}

function newSecretFault(ciphertext: string): Fault {
  const change = sealedField('encryptedNewBindingSecret', () => ciphertext);
  const what = `an arbitrary encryptedNewBindingSecret of ${ciphertext.length} characters`;
  return { what, change, expect: secretRefused };
}

/** An arbitrary text never starts with the device's `PK,DK,`. */
function plaintextFault(plaintext: string): Fault {
  const change = sealedField('encryptedNewBindingSecret', (body, { fixture }) =>
    encryptToBase64(plaintext, fixture.ps, fieldText(body, 'random')),
  );
  const what = `an encryptedNewBindingSecret of an arbitrary text of ${plaintext.length} characters`;
  return { what, change, expect: secretRefused };
}
