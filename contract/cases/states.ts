import { field } from '../../generators/faults/fault.ts';
import { encryptedCode, inHome, withOldSecret } from '../../generators/forms.ts';
import type { Change } from '../../generators/request.ts';
import type { Expectation } from '../../spec/expectation.ts';
import { binds, refusedWith } from '../../spec/expectation.ts';
import type { StateName } from '../../spec/states.ts';
import type { Basis, Case, Step } from '../case.ts';
import { bindsWith, send } from '../case.ts';

const noPermissionCodes = [5041, 5327, 5358];

/** Correct requests that a state on the server makes fail (or succeed): the codes that no request alone can earn. */
export const stateCases: readonly Case[] = [
  inState(5049, 'already-bound', 'refuses a device the user has already bound', 'a device the user has already bound'),
  inState(
    5049,
    'already-bound/encrypted',
    'refuses a bound device with an encrypted bindingCode',
    'a device the user has already bound',
    [encryptedCode],
  ),
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
    ),
    clause: 'status 5052, request parameter encryptedOldBindingSecret; dialect oldSecretWhenUnbound',
    steps: [
      send('a request with an old bindingSecret', [withOldSecret], ({ oldSecretWhenUnbound }) =>
        oldSecretWhenUnbound === 'ignored' ? { ...binds, open: [5052] } : refusedWith(5052, { open: [200] }),
      ),
    ],
  },
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
  inState(
    5412,
    'mode-single/encrypted',
    'refuses a second user with an encrypted bindingCode',
    'a device bound by another user, binding mode single',
    [encryptedCode],
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
  {
    ...inState(
      5412,
      'two-users/single',
      'refuses the second of two users in binding mode single',
      'two users, binding mode single',
    ),
    steps: [bindsWith('the first user'), asOther('the second user', refusedWith(5412))],
  },
  {
    ...accepted(
      'two-users/alternate',
      'hands the device over in binding mode alternate',
      'two users, binding mode alternate',
    ),
    steps: [
      bindsWith('the first user'),
      asOther('the second user', binds),
      bindsWith('the first user again, whom the second bind released'),
    ],
  },
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
  inState(5636, 'home/on-null-fid', 'asks for the fid in home mode when it is null', 'home mode on', [
    field('fid', () => null),
  ]),
  inState(5636, 'home/on-empty-fid', 'asks for the fid in home mode when it is empty', 'home mode on', [
    field('fid', () => ''),
  ]),
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

function inState(
  code: number,
  id: string,
  title: string,
  given: StateName,
  changes: readonly Change[] = [],
  more: Parameters<typeof refusedWith>[1] = {},
): Case {
  const step = send('a request that is correct in every other way', changes, refusedWith(code, more));
  return { id, code, title, basis: 'document', given, clause: `status ${code}`, steps: [step] };
}

function accepted(id: string, title: string, given: StateName, changes: readonly Change[] = []): Case {
  return {
    id,
    code: 200,
    title,
    basis: 'document',
    given,
    clause: 'status 200; binding modes of the access guide',
    steps: [bindsWith('a correct request', ...changes)],
  };
}

/** Nothing tells the three permission codes apart, so another of them is another reading. */
function permission(code: number, id: string, title: string, given: StateName): Case {
  const basis: Basis = 'inferred';
  return {
    ...inState(code, id, title, given, [], { open: noPermissionCodes.filter((other) => other !== code) }),
    basis,
  };
}

function asOther(what: string, expect: Expectation): Step {
  return send(what, [{ at: 'token', apply: (_, { fixture }) => `Bearer ${fixture.otherToken ?? ''}` }], expect);
}
