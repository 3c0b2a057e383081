import { similarText } from '../../../generators/family/devices.ts';
import { patternLengths, textOfLength } from '../../../generators/pattern.ts';
import type { RequestContext } from '../../../generators/pure-bt/request.ts';
import { withCode, withDk } from '../../../generators/pure-bt/valid-forms.ts';
import type { Expectation } from '../../../spec/expectation.ts';
import { binds } from '../../../spec/expectation.ts';
import { matchesPattern } from '../../../spec/pure-bt/dialect.ts';
import type { Property } from '../cases/steps.ts';
import { sendAll } from '../cases/steps.ts';
import { bases, buildBaseRequest, shortName } from './base.ts';

/** Arbitrary valid requests bind. */
export const validRequests: Property = {
  samples: (check) =>
    bases(check).map((base) =>
      // Until the limit is declared, whether the name is within it is a reading.
      sendAll('an arbitrary valid request', (context) => [buildBaseRequest(base, context)], {
        ...binds,
        open: base.optional['deviceName'] === undefined ? [] : [5333],
        reading: 'name-limit',
      }),
    ),
};

const alphabets = ['0123456789', '0123456789ABCDEF', 'abcdefghijklmnopqrstuvwxyz', 'ABCXYZabcxyz0189'] as const;

/** Arbitrary well-formed dks and bindingCodes bind in the state where every device binds. */
export const arbitraryDevice: Property = {
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
        sendAll(
          'an arbitrary well-formed dk and bindingCode',
          (context) => {
            // The characters come from the device's own random source: a repeated run must not reuse a dk that is bound already.
            const code = similarText(context.fixture.bindingCode, context.random);
            return [buildBaseRequest(base, context, [withDk(() => dkAt(context, place, alphabet)), withCode(code)])];
          },
          expected,
        ),
      ),
};

/** A dk of the declared pattern binds; a server with a stricter format is another reading. */
const expected: Expectation = {
  ...binds,
  open: [5314, 5361],
  openRefusals: 'undocumented',
  reading: 'dk-format',
};

/** A dk with a length between the shortest (0) and the longest (100), in this alphabet if the pattern allows it. */
function dkAt({ dialect, fixture, random }: RequestContext, place: number, alphabet: string): string {
  const { shortest, longest = shortest + 28 } = patternLengths(dialect.dkPattern) ?? { shortest: fixture.dk.length };
  const length = Math.round(shortest + (place / 100) * (longest - shortest));
  const text = random.string.fromCharacters([...alphabet], length);
  if (matchesPattern(text, 'dkPattern', dialect)) return text;
  return textOfLength(dialect.dkPattern, length, random) ?? similarText(fixture.dk, random);
}
