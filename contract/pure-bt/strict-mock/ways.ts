import { faultsNamed } from '../../../generators/pure-bt/faults/all-faults.ts';
import type { Change } from '../../../generators/pure-bt/request.ts';
import { inFid, inHome, withOldSecret } from '../../../generators/pure-bt/valid-forms.ts';
import type { StateName } from '../../../spec/family/states.ts';
import { otherUser } from '../cases/two-users.ts';

/** One way to get a code from the strict mock. */
export type Way = {
  readonly code: number;
  readonly state: StateName;
  /** What to send, in words. */
  readonly send: string;
  /** The changes of each request, in order; the last request gets the code. */
  readonly requests: readonly (readonly Change[])[];
};

/** The codes that a state gives. */
const byState: readonly Way[] = [
  way(200, 'a device ready to bind'),
  way(5049, 'a device ready to bind', 'a correct request, twice', [], []),
  way(200, 'a device ready to bind in a home', 'with fid and frid', [inHome]),
  way(5049, 'a device the user has already bound'),
  way(5052, 'a device nobody has bound', 'with encryptedOldBindingSecret', [withOldSecret]),
  way(200, 'a device bound by another user, binding mode multi'),
  way(5412, 'a device bound by another user, binding mode single'),
  way(200, 'a device bound by another user, binding mode alternate'),
  way(5412, 'two users, binding mode single', 'with token, then with otherToken', [], [otherUser]),
  way(200, 'two users, binding mode alternate', 'with token, then with otherToken', [], [otherUser]),
  way(5041, 'a user without permission'),
  way(5229, 'a product the user domain is not authorised for'),
  way(5327, 'a product the user has no permission for'),
  way(5358, 'a product that grants no permission'),
  way(5314, 'a device the cloud cannot look up'),
  way(5636, 'home mode on', 'without fid'),
  way(5624, 'home mode off', 'with fid', [inFid]),
  way(5669, 'an ordinary member of the home', 'with fid', [inFid]),
  way(5893, 'a home whose common-device list cannot be written', 'with fid', [inFid]),
  way(6040, 'a device whose sharing the user has accepted'),
  way(6083, 'a device registered in another data centre'),
  way(5032, 'an expired token'),
  way(5032, 'a refresh token'),
  way(5032, 'a token not yet valid'),
  way(5032, 'a token for another audience'),
  way(200, 'a product whose every device is ready to bind', 'any dk of this pk'),
];

/** The codes that a request gives in any state: one fault for each. */
const byFault: readonly Way[] = (
  [
    [5106, 'token/missing'],
    [5066, 'pk/absent'],
    [5067, 'dk/absent'],
    [5361, 'dk/too-short'],
    [5179, 'code/absent'],
    [5213, 'code/too-short'],
    [5333, 'name/too-long'],
    [5357, 'pwd/malformed'],
    // The document has no code for these, so the server answers with the codes of a sibling page.
    [5420, 'signature/last-digit'],
    [5459, 'new-secret/wrong-key'],
  ] as const
).flatMap(([code, id]) =>
  faultsNamed(id).map(({ title, changes }) => way(code, 'a device ready to bind', title, changes)),
);

/** Every way: one or more for each state, and one for each documented code that a request alone causes. */
export const waysToCodes: readonly Way[] = [...byState, ...byFault];

function way(
  code: number,
  state: StateName,
  send = 'a correct request',
  ...requests: readonly (readonly Change[])[]
): Way {
  return { code, state, send, requests: requests.length === 0 ? [[]] : requests };
}
