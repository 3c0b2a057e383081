import { replaceAt } from '../../../generators/family/tamper.ts';
import { fieldText, signedField } from '../../../generators/pure-bt/faults/fault.ts';
import type { Property } from '../cases/steps.ts';
import { sendAll } from '../cases/steps.ts';
import { mismatchRefused } from '../expected-outcomes.ts';
import { bases, buildBaseRequest, shortName } from './base.ts';

const signed = ['pk', 'dk', 'bindingCode', 'encryptedBindingCode', 'signature'] as const;
const edits = ['replace', 'insert', 'remove'] as const;

/** A signed request is refused after one signed character was changed, added or removed. */
export const tamperedRequests: Property = {
  samples: (check) => {
    const anyEdit = check.record({
      edit: check.constantFrom(...edits),
      // Between the start (0) and the end (1). The last characters of Base64 are not changed: they may decode to the same
      // bytes, and a server may sign the decrypted code.
      place: check.double({ min: 0, max: 0.9, noNaN: true }),
    });
    return check
      .tuple(bases(check, shortName), check.constantFrom(...signed), anyEdit)
      .map(([base, name, { edit, place }]) => {
        const form = {
          ...base,
          encrypted: name === 'bindingCode' ? false : name === 'encryptedBindingCode' || base.encrypted,
        };
        const tampering = signedField(name, (body) => edited(fieldText(body, name), edit, place));
        return sendAll(
          `a signed request with a tampered ${name} (${edit})`,
          (context) => [buildBaseRequest(form, context, [tampering])],
          mismatchRefused,
        );
      });
  },
};

function edited(text: string, edit: (typeof edits)[number], place: number): string {
  const at = Math.min(Math.floor(place * text.length), text.length - 1);
  if (edit === 'replace') return replaceAt(text, at);
  if (edit === 'insert') return `${text.slice(0, at)}0${text.slice(at)}`;
  return text.slice(0, at) + text.slice(at + 1);
}
