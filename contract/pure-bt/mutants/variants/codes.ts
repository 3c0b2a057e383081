import { correct } from '../../../../spec/pure-bt/reference/behaviour.ts';
import type { Variant } from '../../../mutants/mutant.ts';
import { coded } from '../paths.ts';

/** Other codes where the document has none, or where nothing tells its codes apart. Source: DOMAIN section 5. */
export const codeVariants: readonly Variant[] = [
  codes('siblings', 'uses other codes of sibling pages', {
    signatureWrong: 5421,
    signatureMissing: 5420,
    newSecretMissing: 5465,
    newSecretBad: 5458,
    oldSecretBad: 5459,
    randomFormat: 5465,
    bindingCodeFormat: 5461,
    bindingCodeWrong: 5462,
    pwdFormat: 5353,
    productUnknown: 5313,
    deviceNotFound: 5339,
  }),
  codes('own', 'has codes of its own where the document has none', {
    notReadable: 5999,
    signatureWrong: 5999,
    signatureMissing: 5000,
    newSecretMissing: 5997,
    newSecretBad: 5996,
    oldSecretBad: 5995,
    randomFormat: 5994,
    foreignHome: 5993,
  }),
  codes('document-alone', 'uses codes of the document alone', {
    notReadable: 5041,
    signatureWrong: 5041,
    signatureMissing: 5041,
    newSecretMissing: 5213,
    newSecretBad: 5213,
    oldSecretBad: 5052,
    randomFormat: 5213,
    bindingCodeWrong: 5213,
    foreignHome: 5636,
  }),
  codes('permissions-turned', 'tells the permission codes apart in another way', {
    userMayNotBind: 5327,
    productNotForUser: 5358,
    productGrantsNone: 5041,
    // It cannot know the domains of a product that it does not know.
    productUnknown: 5229,
  }),
  {
    id: 'code/either-way',
    differs: 'takes Bearer alone for a bad token, another scheme for none, and any well-formed bindingCode',
    override: {
      bindingCodeIsDevices: () => undefined,
      token: (attempt, world) => {
        const authorization = attempt.authorization?.trim() ?? '';
        if (/^bearer$/i.test(authorization)) return 'tokenBad';
        return /^basic /i.test(authorization) ? 'tokenMissing' : correct.token(attempt, world);
      },
    },
  },
];

function codes(name: string, differs: string, changed: Parameters<typeof coded>[0]): Variant {
  return { id: `code/${name}`, differs, override: coded(changed) };
}
