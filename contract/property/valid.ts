import { bindingCode } from '../../generators/devices.ts';
import { withCode, withDk } from '../../generators/forms.ts';
import type { RequestContext } from '../../generators/request.ts';
import { binds } from '../../spec/expectation.ts';
import { sendAtOnce } from '../case.ts';
import { bases, requestOf } from './base.ts';
import type { Property } from './property.ts';

/** Arbitrary valid requests bind. */
export const validRequests: Property = {
  samples: (check) =>
    bases(check).map((base) =>
      sendAtOnce('an arbitrary valid request', (context) => [requestOf(base, context)], binds),
    ),
};

const alphabets = ['0123456789', '0123456789ABCDEF', 'abcdefghijklmnopqrstuvwxyz', 'ABCXYZabcxyz0189'] as const;

/** Arbitrary well-formed dks and bindingCodes bind, where any device does. */
export const anyDevice: Property = {
  samples: (check) =>
    check
      .record({
        base: bases(check),
        length: check.integer({ min: 4, max: 32 }),
        alphabet: check.constantFrom(...alphabets),
      })
      .map(({ base, length, alphabet }) => {
        // Which characters, the device's own randomness says: a run that is repeated must not meet a dk that has been bound.
        const dk = ({ random }: RequestContext): string => random.string.fromCharacters([...alphabet], length);
        return sendAtOnce(
          `an arbitrary dk of ${length} characters and an arbitrary bindingCode`,
          (context) => [requestOf(base, context, [withDk(dk), withCode(bindingCode(context.random))])],
          binds,
        );
      }),
};
