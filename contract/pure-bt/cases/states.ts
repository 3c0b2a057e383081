import { field } from '../../../generators/pure-bt/faults/fault.ts';
import { inHome, withOldSecret } from '../../../generators/pure-bt/forms.ts';
import type { Change } from '../../../generators/pure-bt/request.ts';
import type { Expectation, Open } from '../../../spec/expectation.ts';
import { binds, refusedSomehow, refusedWith } from '../../../spec/expectation.ts';
import type { RuleId } from '../../../spec/pure-bt/rules.ts';
import type { StateName } from '../../../spec/pure-bt/states.ts';
import type { Case, Step } from './steps.ts';
import { bindsWith, send } from './steps.ts';
import type { StateCase } from './twins.ts';
import { twinsOf } from './twins.ts';

const noPermissionCodes = [5041, 5327, 5358];

/** The rule of each code that a state makes. */
const ruleFor: Readonly<Record<number, RuleId>> = {
  5032: 'token-bad',
  5041: 'no-permission',
  5049: 'already-bound',
  5052: 'unbound',
  5229: 'product-authorised',
  5314: 'look-up',
  5327: 'no-permission',
  5358: 'no-permission',
  5412: 'mode-single',
  5624: 'home-mode-off',
  5636: 'home-fid',
  5669: 'home-member',
  5893: 'home-common-list',
  6040: 'shared',
  6083: 'data-centre',
};

/** Null and empty text count as absent, by our reading. */
const asAbsent = { openRefusals: 'any', reading: 'home-fid-blank', overHttp: true } as const;

const blankFid = field('fid', () => '   ');

const otherUnbound = { openRefusals: 'undocumented', reading: 'unbound' } as const;

const oldSecretUnbound: Step = send(
  'a request with an old bindingSecret',
  [withOldSecret],
  // It is the secret of no bind as well, which has no code in the document.
  ({ oldSecretWhenUnbound }) => ({
    ...(oldSecretWhenUnbound === 'ignored' ? { ...binds, open: [5052] } : refusedWith(5052, { open: [200, 5041] })),
    ...otherUnbound,
  }),
);

/** One refusal in each state, and what succeeds in it. */
const ownCases: readonly StateCase[] = [
  inState(5049, 'already-bound', 'refuses a device the user has already bound', 'a device the user has already bound'),
  {
    ...inState(
      5049,
      'already-bound/second-request',
      'refuses the second bind by the same user',
      'a device ready to bind',
    ),
    steps: [bindsWith('the first request'), send('a second, fresh request', [], refusedWith(5049))],
  },
  {
    ...inState(
      5052,
      'unbound/old-secret',
      'refuses an old bindingSecret for a device nobody has bound',
      'a device nobody has bound',
      [withOldSecret],
    ),
    steps: [oldSecretUnbound],
  },
  ...(['single', 'alternate'] as const).map(
    (mode): StateCase => ({
      ...inState(
        5052,
        `unbound/old-secret-${mode}`,
        `refuses an old bindingSecret for an unbound device in binding mode ${mode}`,
        `two users, binding mode ${mode}`,
        [withOldSecret],
      ),
      steps: [oldSecretUnbound],
    }),
  ),
  accepted('unbound/no-old-secret', 'binds a device nobody has bound', 'a device nobody has bound'),
  accepted(
    'mode-multi',
    'binds a second user in binding mode multi',
    'a device bound by another user, binding mode multi',
  ),
  accepted(
    'mode-multi/old-secret',
    'binds a second user with the right old bindingSecret',
    'a device bound by another user, binding mode multi',
    [withOldSecret],
  ),
  inState(
    5412,
    'mode-single',
    'refuses a second user in binding mode single',
    'a device bound by another user, binding mode single',
  ),
  accepted(
    'mode-alternate',
    'binds a second user in binding mode alternate',
    'a device bound by another user, binding mode alternate',
  ),
  accepted(
    'mode-alternate/old-secret',
    'binds an alternate user with the right old bindingSecret',
    'a device bound by another user, binding mode alternate',
    [withOldSecret],
  ),
  inState(
    5229,
    'product/not-authorised',
    'refuses a product the user domain is not authorised for',
    'a product the user domain is not authorised for',
  ),
  permission(5041, 'permission/user', 'refuses a user without permission', 'a user without permission'),
  permission(
    5327,
    'permission/product',
    'refuses a product the user has no permission for',
    'a product the user has no permission for',
  ),
  permission(
    5358,
    'permission/product-grants-none',
    'refuses a product that grants no permission',
    'a product that grants no permission',
  ),
  inState(
    5314,
    'cloud/look-up-fails',
    'refuses a device the cloud cannot look up',
    'a device the cloud cannot look up',
    [],
    {
      siblings: ['unknownDevice'],
    },
  ),
  inState(5636, 'home/on-without-fid', 'asks for the fid in home mode', 'home mode on'),
  inState(
    5636,
    'home/on-null-fid',
    'asks for the fid in home mode when it is null',
    'home mode on',
    [field('fid', () => null)],
    asAbsent,
  ),
  inState(
    5636,
    'home/on-empty-fid',
    'asks for the fid in home mode when it is empty',
    'home mode on',
    [field('fid', () => '')],
    asAbsent,
  ),
  inState(5636, 'home/on-frid-alone', 'asks for the fid in home mode beside a frid', 'home mode on', [
    field('frid', ({ random }) => random.string.numeric(8)),
  ]),
  inState(5636, 'home/on-not-common', 'asks for the fid when isCommonDevice is false', 'home mode on', [
    field('isCommonDevice', () => false),
  ]),
  {
    ...inState(5636, 'home/on-blank-fid', 'refuses a blank fid in home mode', 'home mode on', [blankFid]),
    // It is missing, or it is the fid of no home: which, is open.
    steps: [send('a request with a blank fid', [blankFid], refusedSomehow([]))],
  },
  inState(
    5669,
    'home/ordinary-member-no-room',
    'refuses an ordinary member without a room',
    'an ordinary member of the home',
    [field('fid', ({ fixture }) => fixture.fid)],
  ),
  {
    ...inState(
      5893,
      'home/common-list-fails-then-without',
      'binds without the list afterwards, unless the bind has stayed',
      'a home whose common-device list cannot be written',
    ),
    steps: [
      send('a request for the list', [inHome], refusedWith(5893)),
      send('a request without it', [inHome, field('isCommonDevice', () => false)], refusedWith([200, 5049])),
    ],
  },
  inState(
    5624,
    'home/off-not-common',
    'refuses a fid without home mode when isCommonDevice is false',
    'home mode off',
    [field('fid', ({ fixture }) => fixture.fid), field('isCommonDevice', () => false)],
  ),
  inState(
    5669,
    'home/ordinary-member-not-common',
    'refuses an ordinary member when isCommonDevice is false',
    'an ordinary member of the home',
    [inHome, field('isCommonDevice', () => false)],
  ),
  inState(5624, 'home/off-with-fid', 'refuses a fid when home mode is off', 'home mode off', [
    field('fid', ({ fixture }) => fixture.fid),
  ]),
  inState(5669, 'home/ordinary-member', 'refuses an ordinary member of the home', 'an ordinary member of the home', [
    inHome,
  ]),
  inState(
    5893,
    'home/common-list-fails',
    'reports a common-device list that cannot be written',
    'a home whose common-device list cannot be written',
    [inHome],
  ),
  inState(
    5893,
    'home/common-list-fails-asked',
    'reports that list when isCommonDevice is true',
    'a home whose common-device list cannot be written',
    [inHome, field('isCommonDevice', () => true)],
  ),
  inState(
    5893,
    'home/common-list-fails-null',
    'reports that list when isCommonDevice is null',
    'a home whose common-device list cannot be written',
    [inHome, field('isCommonDevice', () => null)],
    { open: [200], openRefusals: 'any', reading: 'home-common-null', overHttp: true },
  ),
  accepted(
    'home/common-list-not-asked',
    'binds without the list when isCommonDevice is false',
    'a home whose common-device list cannot be written',
    [inHome, field('isCommonDevice', () => false)],
  ),
  inState(
    6040,
    'sharing/accepted',
    'refuses a device whose sharing the user has accepted',
    'a device whose sharing the user has accepted',
  ),
  inState(
    6083,
    'data-centre/other',
    'refuses a device registered in another data centre',
    'a device registered in another data centre',
  ),
  inState(5032, 'token-state/expired', 'refuses an expired token', 'an expired token'),
  inState(5032, 'token-state/refresh', 'refuses a refresh token', 'a refresh token'),
  inState(5032, 'token-state/not-yet-valid', 'refuses a token that is not yet valid', 'a token not yet valid'),
  inState(5032, 'token-state/other-audience', 'refuses a token for another audience', 'a token for another audience'),
];

/** Correct requests that a state on the server makes fail (or succeed): the codes that no request alone can earn. */
export const stateCases: readonly Case[] = [...ownCases, ...twinsOf(ownCases)];

function inState(
  code: number,
  id: string,
  title: string,
  given: StateName,
  changes: readonly Change[] = [],
  more: Parameters<typeof refusedWith>[1] & Pick<Expectation, 'overHttp'> = {},
): StateCase {
  const step = send('a request that is correct in every other way', changes, refusedWith(code, more));
  return { id, code, title, rule: ruleFor[code] ?? 'codes-mean', given, steps: [step], changes };
}

function accepted(id: string, title: string, given: StateName, changes: readonly Change[] = []): StateCase {
  return {
    id,
    code: 200,
    title,
    rule: ruleOfMode(given),
    given,
    steps: [bindsWith('a correct request', ...changes)],
    changes,
  };
}

/** A bind in a state with another holder rests on its binding mode. */
function ruleOfMode(given: StateName): RuleId {
  if (given.includes('mode multi')) return 'mode-multi';
  return given.includes('mode alternate') ? 'mode-alternate' : 'success';
}

/** Nothing tells the three permission codes apart, so another of them is another reading. */
function permission(code: number, id: string, title: string, given: StateName): StateCase {
  const open: Open = { open: noPermissionCodes.filter((other) => other !== code), reading: 'permission' };
  return inState(code, id, title, given, [], open);
}
