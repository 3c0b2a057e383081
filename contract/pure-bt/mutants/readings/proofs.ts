import type { Behaviour } from '../../../../spec/pure-bt/reference/behaviour.ts';
import { bodyOf, fieldOf, refusal } from '../../../mutants/wires.ts';
import { canonical } from '../variants/leniency.ts';
import type { Reading } from './reading.ts';

/** Signature, ciphertexts and what they hold. */
export const proofReadings: readonly Reading[] = [
  {
    id: 'signature-case/any',
    differs: 'accepts a signature in either letter case',
    override: (inner) => ({ sameSignature: (given, right) => inner.sameSignature(given.toLowerCase(), right) }),
  },
  {
    id: 'signature-space/trimmed',
    differs: 'takes white space away from a signature',
    override: (inner) => ({ sameSignature: (given, right) => inner.sameSignature(given.trim(), right) }),
  },
  {
    id: 'signed-code/either',
    differs: 'accepts a signature over the bindingCode in either form',
    needs: { signatureMatches: ['encryptedBindingCodeReadable'] },
    override: (inner) => ({
      signatureMatches: (attempt, world) => {
        const refused = inner.signatureMatches(attempt, world);
        if (refused === undefined || !attempt.fields.encryptedBindingCode) return refused;
        const { encryptedBindingCode: _, ...fields } = attempt.fields;
        return inner.signatureMatches({ ...attempt, fields: { ...fields, bindingCode: attempt.code ?? '' } }, world);
      },
    }),
  },
  {
    id: 'signed-code/decrypted',
    differs: 'expects the decrypted bindingCode in the signature',
    dialect: { signedBindingCode: 'decrypted' },
    needs: { signatureMatches: ['encryptedBindingCodeReadable', 'bindingCodeFormat'] },
    override: () => ({
      textToSign: ({ fields, code, domainSecret }) =>
        [fields.pk, fields.dk, code ?? fields.bindingCode, fields.pwd, domainSecret].join(''),
    }),
  },
  secret('empty-secret/accepted', 'accepts an empty bindingSecret', (pk, dk, text) =>
    text === `${pk},${dk},` ? '' : undefined,
  ),
  secret('secret-comma/accepted', 'accepts a bindingSecret with a comma', (pk, dk, text) =>
    text.startsWith(`${pk},${dk},`) ? text.slice(pk.length + dk.length + 2) || undefined : undefined,
  ),
  {
    id: 'secret-spaces/trimmed',
    differs: 'takes spaces away from both sides of the commas',
    override: (inner) => ({ secretFor: (pk, dk, text) => inner.secretFor(pk, dk, text?.split(/ *, */).join(',')) }),
  },
  secret('secret-case/any', 'ignores the letter case of PK and DK inside a secret', (pk, dk, text) => {
    const named = `${pk},${dk},`;
    const rest = text.slice(named.length);
    return text.toLowerCase().startsWith(named.toLowerCase()) && !rest.includes(',') ? rest || undefined : undefined;
  }),
  base64('any', 'accepts Base64 of either alphabet, with or without padding and line breaks', canonical),
  base64('padding', 'accepts Base64 without padding', (text) => text.padEnd(Math.ceil(text.length / 4) * 4, '=')),
  base64('url', 'accepts Base64 of the URL alphabet', (text) => text.replaceAll('-', '+').replaceAll('_', '/')),
  base64('lines', 'accepts Base64 on several lines', (text) => text.replace(/\s/g, '')),
  {
    id: 'random-again/refused',
    differs: 'refuses a random that it has seen in another request',
    wire: (handle) => {
      const seen = new Map<string, string>();
      return (request) => {
        const [random, body] = [fieldOf(request, 'random'), bodyOf(request)];
        if (random !== '' && (seen.get(random) ?? body) !== body) return refusal(5459);
        seen.set(random, body);
        return handle(request);
      };
    },
  },
  {
    id: 'both-codes/refused',
    differs: 'refuses both forms of the bindingCode at once',
    override: () => ({ bothBindingCodes: 'refuse' }),
  },
  {
    id: 'wrong-code/accepted',
    differs: "does not compare a bindingCode with the device's",
    override: () => ({ bindingCodeIsDevices: () => undefined }),
  },
  {
    id: 'encrypted-code/own-code',
    differs: 'refuses what it finds in an encryptedBindingCode with a code of its own',
    override: (inner) => ({
      encryptedBindingCodeReadable: (attempt, world) =>
        inner.encryptedBindingCodeReadable(attempt, world) === undefined ? undefined : 'bindingCodeWrong',
    }),
  },
];

type SecretIn = (pk: string, dk: string, text: string) => string | undefined;

/** A text that the server accepts as well as `PK,DK,bindingSecret`. */
function secret(id: string, differs: string, secretIn: SecretIn): Reading {
  return {
    id,
    differs,
    override: (inner) => ({
      secretFor: (pk, dk, text) =>
        inner.secretFor(pk, dk, text) ?? (text === undefined ? undefined : secretIn(pk, dk, text)),
    }),
  };
}

function base64(name: string, differs: string, canonicalOf: (text: string) => string): Reading {
  const override = (inner: Behaviour): Partial<Behaviour> => ({
    decrypt: (text, key, iv) => inner.decrypt(canonicalOf(text), key, iv),
  });
  return { id: `base64/${name}`, differs, override };
}
