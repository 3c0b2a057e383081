import { field } from '../../../generators/pure-bt/faults/fault.ts';
import type { Change } from '../../../generators/pure-bt/request.ts';
import { encryptedCode, inFid, inHome, notCommon, withOldSecret } from '../../../generators/pure-bt/valid-forms.ts';
import { binds, type Expectation, refusedUndocumented, refusedWith } from '../../../spec/expectation.ts';
import type { StateName } from '../../../spec/family/states.ts';
import type { Dialect } from '../../../spec/pure-bt/dialect.ts';
import type { RuleId } from '../../../spec/pure-bt/rules.ts';
import { unlessOneBound } from '../../run/case.ts';
import { bindsWith, type Case, devices, named, type RequestBatch, send, tested } from './steps.ts';

/** One request in one state; it becomes several cases, one for each form. */
type Situation = {
  readonly code: number;
  readonly id: string;
  readonly title: string;
  readonly given: StateName;
  readonly what: string;
  readonly changes: readonly Change[];
  readonly expect: RequestBatch['expect'] | Expectation;
};

/** The rule of each code that a state causes. */
const ruleFor: Readonly<Record<number, RuleId>> = {
  200: 'success',
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

const heldSingle: StateName = 'a device bound by another user, binding mode single';
const homeOn: StateName = 'home mode on';
const noList: StateName = 'a home whose common-device list cannot be written';
const ordinary: StateName = 'an ordinary member of the home';
/** By our reading, null and the empty string count as absent. */
const asAbsent = { openRefusals: 'any', reading: 'home-fid-blank', overHttp: true } as const;
/** The document does not distinguish the three permission codes, so another one of them is another reading. */
const anotherPermission = (...open: readonly number[]): Partial<Expectation> => ({ open, reading: 'permission' });

/** The refusal in each state, and the requests that bind in it; in the order of the reports. */
const own: readonly (Situation | Case)[] = [
  refusingState(5049, 'already-bound', 'a device the user has already bound'),
  tested(
    'already-bound/second-request',
    'rejects the second bind by the same user',
    'already-bound',
    [bindsWith('the first request'), send('a second, new request', [], refusedWith(5049))],
    { code: 5049 },
  ),
  ...(
    [
      ['', 'an unbound device', 'a device nobody has bound'],
      ['-single', 'an unbound device in binding mode single', devices.twoUsersSingle],
      ['-alternate', 'an unbound device in binding mode alternate', devices.twoUsersAlternate],
    ] as const
  ).map(
    ([mode, device, given]): Situation => ({
      ...request(5052, `unbound/old-secret${mode}`, `rejects an old bindingSecret for ${device}`, given, [
        withOldSecret,
      ]),
      what: 'a request with an old bindingSecret',
      expect: oldSecretUnbound,
    }),
  ),
  accepted('unbound/no-old-secret', 'an unbound device', 'a device nobody has bound'),
  accepted('mode-multi', 'a second user in binding mode multi', devices.heldMulti),
  accepted('mode-multi/old-secret', 'a second user with the correct old bindingSecret', devices.heldMulti, [
    withOldSecret,
  ]),
  request(5412, 'mode-single', 'rejects a second user in binding mode single', heldSingle),
  accepted('mode-alternate', 'a second user in binding mode alternate', devices.heldAlternate),
  accepted(
    'mode-alternate/old-secret',
    'a second user with the correct old bindingSecret in binding mode alternate',
    devices.heldAlternate,
    [withOldSecret],
  ),
  refusingState(5229, 'product/not-authorised', 'a product the user domain is not authorised for'),
  refusingState(5041, 'permission/user', 'a user without permission', anotherPermission(5327, 5358)),
  refusingState(5327, 'permission/product', 'a product the user has no permission for', anotherPermission(5041, 5358)),
  refusingState(
    5358,
    'permission/product-grants-none',
    'a product that grants no permission',
    anotherPermission(5041, 5327),
  ),
  refusingState(5314, 'cloud/look-up-fails', 'a device the cloud cannot look up', { siblings: ['unknownDevice'] }),
  request(5636, 'home/on-without-fid', 'requires the fid in home mode', homeOn),
  request(5636, 'home/on-null-fid', 'requires the fid in home mode when it is null', homeOn, [setFid(null)], asAbsent),
  request(5636, 'home/on-empty-fid', 'requires the fid in home mode when it is empty', homeOn, [setFid('')], asAbsent),
  request(5636, 'home/on-frid-alone', 'requires the fid in home mode even with a frid', homeOn, [
    field('frid', ({ random }) => random.string.numeric(8)),
  ]),
  request(5636, 'home/on-not-common', 'requires the fid when isCommonDevice is false', homeOn, [notCommon]),
  {
    ...request(5636, 'home/on-blank-fid', 'rejects a blank fid in home mode', homeOn, [setFid('   ')]),
    what: 'a request with a blank fid',
    // The document leaves open whether it is missing or the fid of an unknown home.
    expect: refusedUndocumented([]),
  },
  request(5669, 'home/ordinary-member-no-room', 'rejects an ordinary member without a room', ordinary, [inFid]),
  tested(
    'home/common-list-fails-then-without',
    'binds without the common-device list after 5893, unless the device is bound',
    'home-common-list',
    [
      send('a request that adds to the list', [inHome], refusedWith(5893)),
      send('a request that does not', [inHome, notCommon], refusedWith([200, 5049])),
    ],
    { code: 5893, given: noList },
  ),
  request(
    5624,
    'home/off-not-common',
    'rejects a fid without home mode when isCommonDevice is false',
    'home mode off',
    [inFid, notCommon],
  ),
  request(
    5669,
    'home/ordinary-member-not-common',
    'rejects an ordinary member when isCommonDevice is false',
    ordinary,
    [inHome, notCommon],
  ),
  request(5624, 'home/off-with-fid', 'rejects a fid when home mode is off', 'home mode off', [inFid]),
  request(5669, 'home/ordinary-member', 'rejects an ordinary member of the home', ordinary, [inHome]),
  request(5893, 'home/common-list-fails', 'reports a common-device list that cannot be written', noList, [inHome]),
  request(
    5893,
    'home/common-list-fails-asked',
    'reports a failed common-device list when isCommonDevice is true',
    noList,
    [inHome, field('isCommonDevice', () => true)],
  ),
  request(
    5893,
    'home/common-list-fails-null',
    'reports a failed common-device list when isCommonDevice is null',
    noList,
    [inHome, field('isCommonDevice', () => null)],
    { open: [200], openRefusals: 'any', reading: 'home-common-null', overHttp: true },
  ),
  accepted('home/common-list-not-asked', 'without the common-device list when isCommonDevice is false', noList, [
    inHome,
    notCommon,
  ]),
  refusingState(6040, 'sharing/accepted', 'a device whose sharing the user has accepted'),
  refusingState(6083, 'data-centre/other', 'a device registered in another data centre'),
  refusingState(5032, 'token-state/expired', 'an expired token'),
  refusingState(5032, 'token-state/refresh', 'a refresh token'),
  request(5032, 'token-state/not-yet-valid', 'rejects a token that is not yet valid', 'a token not yet valid'),
  refusingState(5032, 'token-state/other-audience', 'a token for another audience'),
];

const situations = own.filter((one) => 'what' in one);
// The document does not say whether 5893 undoes the bind; and isCommonDevice false does not use the list.
const refusals = situations.filter(({ code }) => code !== 200 && code !== 5893);

/**
 * Correct requests that fail (or succeed) because of a state on the server: these codes do not depend on the request.
 * Each request is tried again with an encrypted code (a path may skip a check), with every optional field that changes
 * nothing here, and twice (a refusal stays a refusal).
 */
export const stateCases: readonly Case[] = [
  ...own.map((one) => ('what' in one ? inForm(one, '', '', [sending(one)]) : one)),
  ...situations.map((one) => inForm(one, '/encrypted', ' (encrypted code)', [sending(one, one.what, encryptedCode)])),
  ...refusals.map((one) =>
    inForm(one, '/full', ' (every optional field)', [
      sending(one, 'a request with every optional field', ...named, notCommon),
    ]),
  ),
  ...refusals.map((one) => inForm(one, '/again', ', twice', [sending(one), again(one)])),
];

function sending({ what, changes, expect }: Situation, called = what, ...more: readonly Change[]): RequestBatch {
  return send(called, [...changes, ...more], expect);
}

/** If the first request bound the device under another reading, the second one gets 5049; its old secret is then wrong. */
function again({ code, changes, expect }: Situation): RequestBatch {
  const bound = refusedWith(5049, { anyRefusal: code === 5052 });
  return send('the same request, newly signed', changes, unlessOneBound(bound, expect));
}

function inForm(one: Situation, form: string, says: string, steps: readonly RequestBatch[]): Case {
  const { code, id, title, given } = one;
  return tested(`${id}${form}`, `${title}${says}`, chooseRule(one), steps, { code, given });
}

function chooseRule({ code, given }: Situation): RuleId {
  // If another user holds the device, the binding mode is the rule.
  if (given.includes('mode multi')) return 'mode-multi';
  if (code === 200 && given.includes('mode alternate')) return 'mode-alternate';
  return ruleFor[code] ?? 'codes-mean';
}

function request(
  code: number,
  id: string,
  title: string,
  given: StateName,
  changes: readonly Change[] = [],
  more: Partial<Expectation> = {},
): Situation {
  const expect = { ...refusedWith(code), ...more };
  return { code, id, title, given, changes, what: 'a request without any other fault', expect };
}

/** A state in which a correct request is refused. */
function refusingState(code: number, id: string, given: StateName, more?: Partial<Expectation>): Situation {
  return request(code, id, `rejects ${given}`, given, [], more);
}

function accepted(id: string, what: string, given: StateName, changes: readonly Change[] = []): Situation {
  return { code: 200, id, title: `binds ${what}`, given, changes, what: 'a correct request', expect: binds };
}

function setFid(fid: string | null): Change {
  return field('fid', () => fid);
}

/** The device has no bind, so the secret is also wrong; the document has no code for that. */
function oldSecretUnbound({ oldSecretWhenUnbound }: Dialect): Expectation {
  return {
    ...(oldSecretWhenUnbound === 'ignored' ? { ...binds, open: [5052] } : refusedWith(5052, { open: [200, 5041] })),
    openRefusals: 'undocumented',
    reading: 'unbound',
  };
}
