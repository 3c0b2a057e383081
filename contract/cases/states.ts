import { field, signedField, textOf } from '../../generators/faults/fault.ts';
import { middleReplaced } from '../../generators/faults/tamper.ts';
import { encryptedCode, inHome, withOldSecret } from '../../generators/forms.ts';
import type { BuiltRequest, Change, RequestContext } from '../../generators/request.ts';
import { buildRequest, withPlaintexts } from '../../generators/request.ts';
import { readSegment, splitJwt } from '../../generators/tokens.ts';
import type { Expectation } from '../../spec/expectation.ts';
import { binds, refusedSomehow, refusedWith } from '../../spec/expectation.ts';
import { secretPlaintext } from '../../spec/formulas.ts';
import type { StateName } from '../../spec/states.ts';
import type { Basis, Case, Step } from '../case.ts';
import { bindsWith, send, sendAtOnce } from '../case.ts';

const noPermissionCodes = [5041, 5327, 5358];

/** The request comes with the other user's token. */
export const otherUser: Change = { at: 'token', apply: (_, { fixture }) => `Bearer ${fixture.otherToken ?? ''}` };

const blankFid = field('fid', () => '   ');
const wrongSignature = signedField('signature', (body) => middleReplaced(textOf(body, 'signature')));

const oldSecretUnbound: Step = send(
  'a request with an old bindingSecret',
  [withOldSecret],
  ({ oldSecretWhenUnbound }) =>
    oldSecretWhenUnbound === 'ignored' ? { ...binds, open: [5052] } : refusedWith(5052, { open: [200] }),
);

/** A correct request of the first user that names the second one wherever a careless server may look. */
function underUidOfOther(context: RequestContext): BuiltRequest {
  const claims = readSegment(splitJwt(context.fixture.otherToken ?? '').payload);
  const uid = String(claims['uid'] ?? 'user');
  const { http, ...built } = buildRequest(context);
  const named = ['uid', 'x-uid', 'x-user-id', 'user-id'].map((name) => [name, uid] as const);
  return { ...built, http: { ...http, headers: [...http.headers, ...named] } };
}

/** A case with the changes that its one request is made with, so that the request can be made in the other form. */
type StateCase = Case & { readonly changes: readonly Change[] };

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
    clause: 'status 5052, request parameter encryptedOldBindingSecret; dialect oldSecretWhenUnbound',
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
      clause: 'status 5052, request parameter encryptedOldBindingSecret; dialect oldSecretWhenUnbound',
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
  {
    ...inState(
      5049,
      'two-users/alternate-same-user',
      'refuses the holder again in binding mode alternate',
      'two users, binding mode alternate',
    ),
    steps: [bindsWith('the first user'), send('the first user again', [], refusedWith(5049))],
  },
  {
    ...inState(
      5049,
      'two-users/single-same-user',
      'refuses the holder again in binding mode single',
      'two users, binding mode single',
    ),
    // That the mode is unique is true as well; which is asked first is open.
    steps: [bindsWith('the first user'), send('the first user again', [], refusedWith(5049, { open: [5412] }))],
  },
  {
    ...accepted(
      'two-users/wrong-signature',
      'checks the signature of a second user as well',
      'two users, binding mode alternate',
    ),
    basis: 'security',
    clause: 'request parameter signature; what was right once is not right again',
    steps: [
      bindsWith('the first user'),
      asOther('the second user with a wrong signature', refusedSomehow(['signature']), wrongSignature),
      asOther('the second user', binds),
      send('the first user with a wrong signature', [wrongSignature], refusedSomehow(['signature'])),
      bindsWith('the first user, whom the second bind released'),
    ],
  },
  {
    ...accepted('two-users/uid-elsewhere', 'takes the user from the token alone', 'two users, binding mode alternate'),
    basis: 'security',
    clause: 'access guide: the uid is a claim of the token',
    steps: [
      sendAtOnce(
        'the first user, with the uid of the second in headers',
        (context) => [underUidOfOther(context)],
        binds,
      ),
      send('the first user again', [], refusedWith(5049)),
    ],
  },
  {
    ...accepted(
      'two-users/old-secret',
      'keeps the secret of the latest bind as the old one',
      'two users, binding mode alternate',
    ),
    basis: 'security',
    clause: 'request parameters encryptedNewBindingSecret and encryptedOldBindingSecret',
    steps: [
      bindsWith('the first user'),
      asOther('the second user, with the secret of that bind', binds, secrets('first', 'second')),
      send(
        'the first user, with a secret that is no longer stored',
        [secrets('first', 'third')],
        refusedSomehow(['bindingSecret']),
      ),
      bindsWith('the first user, with the secret of the latest bind', secrets('second', 'third')),
    ],
  },
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

/** The same once more with an encrypted bindingCode: a check that one path skips is no check. */
const encryptedCases: readonly Case[] = ownCases.flatMap((tested) => {
  const [step, ...more] = tested.steps;
  if (step === undefined || 'timed' in step || more.length > 0) return [];
  const encrypted = send(step.what, [...tested.changes, encryptedCode], step.expect);
  return [{ ...tested, id: `${tested.id}/encrypted`, title: `${tested.title} (encrypted code)`, steps: [encrypted] }];
});

/** A refusal stays one: the request sent again earns the same code, not a bind. Whether 5893 undoes the bind is open. */
const againCases: readonly Case[] = ownCases.flatMap((tested) => {
  const [step, ...more] = tested.steps;
  if (step === undefined || 'timed' in step || more.length > 0) return [];
  if (tested.code === 200 || tested.code === 5893) return [];
  // Where the other reading has bound it, that is what the second one is told.
  const again = send('the request made anew', tested.changes, (dialect, earlier) =>
    earlier.some(({ bound }) => bound) ? refusedWith(5049) : step.expect(dialect, earlier),
  );
  return [{ ...tested, id: `${tested.id}/again`, title: `${tested.title}, twice`, steps: [step, again] }];
});

/** With every field that is optional and changes nothing here. In a home it does: the list is not asked for. */
const fullCases: readonly Case[] = ownCases.flatMap((tested) => {
  const [step, ...more] = tested.steps;
  if (step === undefined || 'timed' in step || more.length > 0) return [];
  if (tested.code === 200 || tested.code === 5893) return [];
  const full = send(
    'a request with every optional field',
    [
      ...tested.changes,
      field('deviceName', () => 'Küchenwaage'),
      field('capabilitiesBitmask', () => 4),
      field('isCommonDevice', () => false),
    ],
    step.expect,
  );
  return [{ ...tested, id: `${tested.id}/full`, title: `${tested.title} (every optional field)`, steps: [full] }];
});

/** Correct requests that a state on the server makes fail (or succeed): the codes that no request alone can earn. */
export const stateCases: readonly Case[] = [...ownCases, ...encryptedCases, ...fullCases, ...againCases];

function inState(
  code: number,
  id: string,
  title: string,
  given: StateName,
  changes: readonly Change[] = [],
  more: Parameters<typeof refusedWith>[1] = {},
): StateCase {
  const step = send('a request that is correct in every other way', changes, refusedWith(code, more));
  return { id, code, title, basis: 'document', given, clause: `status ${code}`, steps: [step], changes };
}

function accepted(id: string, title: string, given: StateName, changes: readonly Change[] = []): StateCase {
  return {
    id,
    code: 200,
    title,
    basis: 'document',
    given,
    clause: 'status 200; binding modes of the access guide',
    steps: [bindsWith('a correct request', ...changes)],
    changes,
  };
}

/** Nothing tells the three permission codes apart, so another of them is another reading. */
function permission(code: number, id: string, title: string, given: StateName): StateCase {
  const basis: Basis = 'inferred';
  return {
    ...inState(code, id, title, given, [], { open: noPermissionCodes.filter((other) => other !== code) }),
    basis,
  };
}

/** The secret of the bind before, and the one that this bind brings; each is a word after the device's own secret. */
function secrets(old: string, fresh: string): Change {
  return {
    at: 'draft',
    apply: (draft, { fixture: { pk, dk, bindingSecret } }) => {
      const named = (word: string): string =>
        secretPlaintext(pk, dk, word === 'first' ? bindingSecret : bindingSecret + word);
      return withPlaintexts(draft, {
        encryptedOldBindingSecret: named(old),
        encryptedNewBindingSecret: named(fresh),
      });
    },
  };
}

/** A request of the other user. */
export function asOther(what: string, expect: Expectation, ...changes: readonly Change[]): Step {
  return send(what, [...changes, otherUser], expect);
}
