import { correct } from '../../../spec/pure-bt/reference/behaviour.ts';
import type { CaseId, Mutant } from '../../mutants/mutant.ts';
import { coded } from './paths.ts';

type Refusal = keyof typeof correct.codes;

/** A right refusal under a neighbour's code: each of the documented codes is some caller's next step. */
const rows: readonly (readonly [refusal: Refusal, instead: number, ...killedBy: [CaseId, ...CaseId[]]])[] = [
  ['tokenMissing', 5032, 'token/missing', 'token/blank'],
  ['tokenBad', 5106, 'token/not-a-jwt', 'token-state/expired'],
  ['pkMissing', 5067, 'pk/absent'],
  ['dkMissing', 5361, 'dk/absent', 'dk/null', 'dk/empty'],
  ['dkFormat', 5067, 'dk/too-short', 'dk/too-long'],
  ['bindingCodeMissing', 5213, 'code/absent'],
  ['bindingCodeFormat', 5179, 'fresh-device/code-too-short'],
  ['deviceNameTooLong', 5357, 'name/too-long'],
  ['deviceNameTooLong', 5361, 'name/far-too-long'],
  ['dkMissing', 5066, 'dk/absent'],
  ['pkMissing', 5314, 'pk/absent', 'pk/null'],
  ['tokenBad', 5041, 'token/not-a-jwt', 'token-state/refresh'],
  ['bindingCodeMissing', 5361, 'code/absent'],
  ['dkFormat', 5213, 'dk/too-short', 'fresh-device/dk-two-lines'],
  ['bindingCodeFormat', 5361, 'fresh-device/code-too-short'],
  ['sharingAccepted', 5412, 'sharing/accepted'],
  ['otherDataCentre', 5229, 'data-centre/other'],
  ['fidMissing', 5669, 'home/on-without-fid'],
  ['ordinaryMember', 5636, 'home/ordinary-member'],
  ['boundByAnother', 5041, 'mode-single'],
  ['pwdFormat', 5333, 'pwd/malformed'],
  ['productUnknown', 5066, 'pk/unknown'],
  ['productNotAuthorised', 5327, 'product/not-authorised'],
  ['deviceNotFound', 5052, 'cloud/look-up-fails'],
  ['otherDataCentre', 5314, 'data-centre/other'],
  ['userMayNotBind', 5669, 'permission/user'],
  ['productNotForUser', 5229, 'permission/product'],
  ['productGrantsNone', 5229, 'permission/product-grants-none'],
  ['sharingAccepted', 5049, 'sharing/accepted'],
  ['fidMissing', 5624, 'home/on-without-fid'],
  ['homeModeOff', 5636, 'home/off-with-fid'],
  ['ordinaryMember', 5041, 'home/ordinary-member'],
  ['commonListFails', 5041, 'home/common-list-fails'],
  ['notBound', 5049, 'unbound/old-secret'],
  ['alreadyBound', 5412, 'already-bound', 'already-bound/second-request'],
  ['boundByAnother', 5049, 'mode-single', 'two-users/single'],
];

const refusalsAsSuccess: readonly (readonly [refusal: Refusal, id: string, ...killedBy: [CaseId, ...CaseId[]]])[] = [
  ['alreadyBound', 'already-bound', 'already-bound', 'replay/same-request'],
  ['boundByAnother', 'bound-by-another', 'mode-single'],
  ['sharingAccepted', 'sharing-accepted', 'sharing/accepted'],
  ['commonListFails', 'common-list', 'home/common-list-fails'],
];

/** Right decisions under wrong codes. */
export const codeMutants: readonly Mutant[] = [
  ...rows.map(
    ([refusal, instead, ...killedBy]): Mutant => ({
      id: `code/${correct.codes[refusal]}-as-${instead}${refusal === 'productUnknown' ? '-for-pk' : ''}`,
      breaks: `answers ${instead} where ${correct.codes[refusal]} is due (${refusal})`,
      killedBy,
      override: coded({ [refusal]: instead }),
    }),
  ),
  ...refusalsAsSuccess.map(
    ([refusal, name, ...killedBy]): Mutant => ({
      id: `code/${name}-as-success`,
      breaks: `answers success where it has refused with ${correct.codes[refusal]}`,
      killedBy,
      override: {
        ...coded({ [refusal]: 200 }),
        // The whole envelope of a success, so that nothing but the outcome is wrong.
        envelope: (code) => correct.envelope(code, code === 200),
      },
    }),
  ),
  {
    id: 'code/success-is-0',
    breaks: 'takes the 0 of the response example for success',
    killedBy: ['bind/plain', 'bind/home'],
    override: { successCode: 0 },
  },
  {
    id: 'code/success-is-0-encrypted',
    breaks: 'answers 0 for success with an encrypted bindingCode',
    killedBy: ['bind/code/encrypted'],
    override: {
      answer: (ending) =>
        correct.answer(ending.bound && ending.attempt?.fields.encryptedBindingCode ? { ...ending, code: 0 } : ending),
    },
  },
  {
    id: 'code/one-for-all',
    breaks: 'answers 5000 to everything that it refuses',
    killedBy: ['dk/absent', 'token/missing', 'mode-single'],
    override: {
      answer: (ending) => correct.answer(ending.bound ? ending : { ...ending, code: 5000 }),
    },
  },
];
