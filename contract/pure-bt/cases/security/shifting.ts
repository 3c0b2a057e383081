import { encryptToBase64 } from '../../../../generators/crypto.ts';
import { draftChange, fieldText, sealedField } from '../../../../generators/pure-bt/faults/fault.ts';
import { type Change, withPlaintexts } from '../../../../generators/pure-bt/request.ts';
import { encryptedCode } from '../../../../generators/pure-bt/valid-forms.ts';
import { withFields } from '../../../../generators/request.ts';
import { isDeclared } from '../../../../spec/dialect.ts';
import { eitherWay } from '../../../../spec/expectation.ts';
import type { Fixture } from '../../../../spec/family/states.ts';
import { type Dialect, matchesPattern } from '../../../../spec/pure-bt/dialect.ts';
import { secretPlaintext } from '../../../../spec/pure-bt/formulas.ts';
import { unlessOneBound } from '../../../run/case.ts';
import { mismatchRefused } from '../../expected-outcomes.ts';
import { type Case, send, tested, unlessBound } from '../steps.ts';
import { pasted, unlessCode } from './pasting.ts';

/** The boundaries in the signed text, which is pk, dk, code, pwd: the index of the field before each. */
const boundaries = { pk: 0, dk: 1, code: 2 };

/** A shift: by how many characters a boundary moves, to the right, or to the left if the number is negative. */
type Shift = { readonly behind: keyof typeof boundaries; readonly by: number };

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
  {
    ...pasted(
      'encrypted-in-plain',
      'the encryptedBindingCode as bindingCode',
      [
        encryptedCode,
        sealedField('bindingCode', (body) => fieldText(body, 'encryptedBindingCode')),
        sealedField('encryptedBindingCode', () => undefined),
      ],
      'code-format',
    ),
    // A ciphertext of this length in letters, which the widest patterns match.
    unfit: ({ bindingCode }, _, dialect) =>
      unlessCode(encryptToBase64(bindingCode, '0'.repeat(16), '0'.repeat(16)).replace(/[^=]/g, 'A'), dialect),
  },
];

function shifted(name: string, move: string, behind: keyof typeof boundaries, by: number): Case {
  const shift = { behind, by };
  const what = `a request with ${move}`;
  if (behind === 'code') return shiftedToPwd(name, what, shift);
  // A changed pk is not a product. A shift between dk and code is a request for another device.
  const reading = behind === 'dk' ? 'shifting' : undefined;
  return {
    ...pasted('', what, [withParts((parts) => moveBoundary(parts, shift))], reading),
    id: `shift/${name}`,
    rule: reading ?? 'tampering',
    ...(reading !== undefined && { unfit: (fixture, _, dialect) => unlessMalformed(fixture, shift, dialect) }),
  };
}

/** The signed values with one boundary moved. */
function moveBoundary(parts: readonly string[], { behind, by }: Shift): readonly string[] {
  const at = boundaries[behind];
  const [left = '', right = ''] = parts.slice(at);
  const cut = Math.max(left.length + by, 0);
  return parts.toSpliced(at, 2, (left + right).slice(0, cut), (left + right).slice(cut));
}

/**
 * Why a shift makes a correct request for another device, which a server may bind: both values are well formed. An
 * undeclared dkPattern is not evidence against a dk, if the pattern of the code is the user's.
 */
function unlessMalformed(fixture: Fixture, shift: Shift, dialect: Dialect): string | undefined {
  const [, dk = '', code = ''] = moveBoundary(signedParts(fixture), shift);
  const wrongDk = !matchesPattern(dk, 'dkPattern', dialect);
  if (wrongDk && (isDeclared('dkPattern', dialect) || !isDeclared('bindingCodePattern', dialect))) return undefined;
  return unlessCode(code, dialect);
}

/**
 * Between code and pwd, a server sees the shift only if it refuses such a code. So the code comes first with its own pwd and
 * signature: a server that accepts it has another format, and one that refuses it must refuse the forged request too.
 */
function shiftedToPwd(name: string, what: string, shift: Shift): Case {
  const sameCode = withParts((parts) => parts.with(boundaries.code, moveBoundary(parts, shift)[boundaries.code] ?? ''));
  const ofCode = shift.by < 0 ? 'too short' : 'too long';
  const steps = [
    send(`a correctly signed request with a bindingCode that is ${ofCode}`, [sameCode], {
      ...mismatchRefused,
      open: [200],
      reading: 'code-format',
    }),
    send(what, [withParts((parts) => moveBoundary(parts, shift))], unlessOneBound(eitherWay, mismatchRefused)),
    send('a correct request for the same device', [], unlessBound),
  ];
  return {
    ...tested(`shift/${name}`, `rejects ${what}`, 'tampering', steps),
    unfit: (fixture, _, dialect) =>
      unlessCode(moveBoundary(signedParts(fixture), shift)[boundaries.code] ?? '', dialect),
  };
}

/** Changes pk, dk, bindingCode and pwd; the secret and the signature match the result. */
function withParts(change: (parts: readonly string[]) => readonly string[]): Change {
  return draftChange((draft, { fixture }) => {
    const [pk = '', dk = '', bindingCode = '', pwd = ''] = change(signedParts(fixture));
    const secret = secretPlaintext(pk, dk, fixture.bindingSecret);
    return withPlaintexts(withFields(draft, { pk, dk, bindingCode, pwd }), { encryptedNewBindingSecret: secret });
  });
}

function signedParts({ pk, dk, bindingCode, pwd = '482913' }: Fixture): readonly string[] {
  return [pk, dk, bindingCode, pwd];
}
