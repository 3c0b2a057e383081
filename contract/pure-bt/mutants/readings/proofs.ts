import { readTextField, refusingAgain } from '../../../mutants/operators.ts';
import { plaintext } from '../secrets.ts';
import { type Change, makeReadings, type Reading, reads, refusal } from '../server.ts';

/** The signature, the ciphertexts and their content. */
export const proofReadings: readonly Reading[] = [
  ...makeReadings({
    'signature-case/any: accepts a signature in either letter case': reads((inner) => ({
      sameSignature: (given, right) => inner.sameSignature(given.toLowerCase(), right),
    })),
    'signature-space/trimmed: trims a signature': reads((inner) => ({
      sameSignature: (given, right) => inner.sameSignature(given.trim(), right),
    })),
    'signed-code/either: accepts a signature over the bindingCode in either form': {
      override: (inner) => ({
        signatureMatches: (attempt, world) => {
          const refused = inner.signatureMatches(attempt, world);
          if (refused === undefined || !attempt.fields.encryptedBindingCode) return refused;
          const { encryptedBindingCode: _, ...fields } = attempt.fields;
          return inner.signatureMatches({ ...attempt, fields: { ...fields, bindingCode: attempt.code ?? '' } }, world);
        },
      }),
      needs: { signatureMatches: ['encryptedBindingCodeReadable'] },
    },
    'signed-code/decrypted: expects the decrypted bindingCode in the signature': {
      override: () => ({
        textToSign: ({ fields, code, domainSecret }) =>
          [fields.pk, fields.dk, code ?? fields.bindingCode, fields.pwd, domainSecret].join(''),
      }),
      dialect: { signedBindingCode: 'decrypted' },
      needs: { signatureMatches: ['encryptedBindingCodeReadable', 'bindingCodeFormat'] },
    },
    'empty-secret/accepted: accepts an empty bindingSecret': secret((pk, dk, text) =>
      text === `${pk},${dk},` ? '' : undefined,
    ),
    'secret-comma/accepted: accepts a bindingSecret with a comma': secret((pk, dk, text) =>
      text.startsWith(`${pk},${dk},`) ? text.slice(pk.length + dk.length + 2) || undefined : undefined,
    ),
    'secret-spaces/trimmed: ignores spaces next to the commas': reads((inner) => ({
      secretFor: (pk, dk, text) => inner.secretFor(pk, dk, text?.split(/ *, */).join(',')),
    })),
    'secret-case/any: ignores the letter case of PK and DK inside a secret': secret((pk, dk, text) => {
      const named = `${pk},${dk},`;
      const rest = text.slice(named.length);
      return text.toLowerCase().startsWith(named.toLowerCase()) && !rest.includes(',') ? rest || undefined : undefined;
    }),
    'base64/any: accepts Base64 in either alphabet, with or without padding and line breaks': base64(canonical),
    'base64/padding: accepts Base64 without padding': base64((text) =>
      text.padEnd(Math.ceil(text.length / 4) * 4, '='),
    ),
    'base64/url: accepts Base64 with the URL-safe alphabet': base64(standardAlphabet),
    'base64/lines: accepts Base64 on several lines': base64((text) => text.replace(/\s/g, '')),
    'random-again/refused: rejects a random that it has seen in another request': {
      wire: refusingAgain((request) => readTextField(request, 'random'), refusal(5459)),
    },
    'random-again/replayed: rejects a random that it has seen, even in the same request': {
      wire: refusingAgain((request) => readTextField(request, 'random'), refusal(5000), 'the same request'),
    },
    'both-codes/refused: rejects both forms of the bindingCode at once': reads(() => ({
      bothBindingCodes: 'refuse',
    })),
    "wrong-code/accepted: does not compare a bindingCode with the device's": reads(() => ({
      bindingCodeIsDevices: () => undefined,
    })),
    'encrypted-code/own-code: rejects wrong content of an encryptedBindingCode with a separate code': reads(
      (inner) => ({
        encryptedBindingCodeReadable: (attempt, world) =>
          inner.encryptedBindingCodeReadable(attempt, world) === undefined ? undefined : 'bindingCodeWrong',
      }),
    ),
  }),
];

function secret(secretIn: Parameters<typeof plaintext>[0]): Change {
  return reads((inner) => plaintext(secretIn, inner));
}

function base64(toCanonical: (text: string) => string): Change {
  return reads((inner) => ({ decrypt: (text, key, iv) => inner.decrypt(toCanonical(text), key, iv) }));
}

/** Converts Base64 in either alphabet, with or without padding and line breaks, to its standard form. */
function canonical(base64: string): string {
  const made = Buffer.from(base64, 'base64').toString('base64');
  const meant = standardAlphabet(base64.replace(/\s/g, '')).replace(/=+$/, '');
  return made.replace(/=+$/, '') === meant ? made : base64;
}

function standardAlphabet(base64: string): string {
  return base64.replaceAll('-', '+').replaceAll('_', '/');
}
