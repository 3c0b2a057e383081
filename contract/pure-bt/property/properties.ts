import { similarText } from '../../../generators/family/devices.ts';
import { replaceAt } from '../../../generators/family/tamper.ts';
import { patternLengths, textOfLength } from '../../../generators/pattern.ts';
import { fieldText, signedField } from '../../../generators/pure-bt/faults/fault.ts';
import type { RequestContext } from '../../../generators/pure-bt/request.ts';
import { withCode, withDk } from '../../../generators/pure-bt/valid-forms.ts';
import { binds } from '../../../spec/expectation.ts';
import { matchesPattern } from '../../../spec/pure-bt/dialect.ts';
import type { RuleId } from '../../../spec/pure-bt/rules.ts';
import { bindsByFormat, type Case, devices, type Property, tested } from '../cases/steps.ts';
import { mismatchRefused } from '../expected-outcomes.ts';
import { bases, sendBase, shortName } from './base.ts';
import { singleFaults } from './faulty.ts';

const validRequests: Property = {
  samples: (check) =>
    bases(check).map((base) =>
      // Until the limit is declared, whether the name is within it is a reading.
      sendBase('an arbitrary valid request', base, () => [], {
        ...binds,
        open: base.optional['deviceName'] === undefined ? [] : [5333],
        reading: 'name-limit',
      }),
    ),
};

const alphabets = ['0123456789', '0123456789ABCDEF', 'abcdefghijklmnopqrstuvwxyz', 'ABCXYZabcxyz0189'] as const;

const arbitraryDevice: Property = {
  samples: (check) =>
    check
      .record({
        // The name is short, so that only the dk and the bindingCode can be refused.
        base: bases(check, shortName),
        // In percent: fast-check draws floating-point numbers mostly close to 0 or 1.
        place: check.integer({ min: 0, max: 100 }),
        alphabet: check.constantFrom(...alphabets),
      })
      .map(({ base, place, alphabet }) =>
        sendBase(
          'an arbitrary well-formed dk and bindingCode',
          base,
          (context) => {
            // The characters come from the device's own random source: a repeated run must not reuse a dk that is bound already.
            const code = similarText(context.fixture.bindingCode, context.random);
            return [withDk(() => dkAt(context, place, alphabet)), withCode(code)];
          },
          bindsByFormat,
        ),
      ),
};

const signed = ['pk', 'dk', 'bindingCode', 'encryptedBindingCode', 'signature'] as const;
const edits = ['replace', 'insert', 'remove'] as const;

const tamperedRequests: Property = {
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
        const encrypted = name === 'bindingCode' ? false : name === 'encryptedBindingCode' || base.encrypted;
        const tampering = signedField(name, (body) => edited(fieldText(body, name), edit, place));
        const what = `a signed request with a tampered ${name} (${edit})`;
        return sendBase(what, { ...base, encrypted }, () => [tampering], mismatchRefused);
      });
  },
};

/** Properties of arbitrary requests; `--runs` sets the number of requests for each. */
export const propertyCases: readonly Case[] = [
  law('valid', 'binds any valid request', 'optional-fields', validRequests),
  {
    ...law('any-device', 'binds any well-formed dk and bindingCode', 'dk-format', arbitraryDevice),
    given: devices.any,
  },
  law('single-fault', 'answers any single fault with its code', 'codes-mean', singleFaults),
  law('tampered', 'rejects a signed request after a change of any character', 'tampering', tamperedRequests),
];

function law(name: string, title: string, rule: RuleId, property: Property): Case {
  return tested(`property/${name}`, title, rule, [], { takesLong: true, property });
}

/** A dk with a length between the shortest (0) and the longest (100), in this alphabet if the pattern allows it. */
function dkAt({ dialect, fixture, random }: RequestContext, place: number, alphabet: string): string {
  const { shortest, longest = shortest + 28 } = patternLengths(dialect.dkPattern) ?? { shortest: fixture.dk.length };
  const length = Math.round(shortest + (place / 100) * (longest - shortest));
  const text = random.string.fromCharacters([...alphabet], length);
  if (matchesPattern(text, 'dkPattern', dialect)) return text;
  return textOfLength(dialect.dkPattern, length, random) ?? similarText(fixture.dk, random);
}

function edited(text: string, edit: (typeof edits)[number], place: number): string {
  const at = Math.min(Math.floor(place * text.length), text.length - 1);
  if (edit === 'replace') return replaceAt(text, at);
  if (edit === 'insert') return `${text.slice(0, at)}0${text.slice(at)}`;
  return text.slice(0, at) + text.slice(at + 1);
}
