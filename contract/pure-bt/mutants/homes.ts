import { correct } from '../../../spec/pure-bt/reference/behaviour.ts';
import type { Behaviour } from '../../../spec/pure-bt/reference/decision.ts';
import type { World } from '../../../spec/pure-bt/reference/world.ts';
import { skipping } from '../../mutants/operators.ts';
import type { Mutant, Path } from './server.ts';
import { changed, changedBy, paths, skipped } from './server.ts';

/** Whose home it is, is asked where a fid is given. */
const ownWhereGiven: Partial<Behaviour> = skipped(['homeIsOwn'], ({ fields }) => !fields.fid);

/** Homes (status 5636, 5624, 5669, 5893): `fid` is not signed, so only the records tell whose home it is. */
export const homeMutants: readonly Mutant[] = [
  ...changed({
    'home/fid-not-needed: binds without a fid in home mode -> home/on-without-fid': skipped(
      ['fidFitsHomeMode', 'homeIsOwn'],
      ({ fields }) => !fields.fid,
    ),
    'home/room-is-enough: takes a frid for the fid -> home/on-frid-alone': {
      ...skipped(['fidFitsHomeMode'], ({ fields }) => Boolean(fields.frid)),
      ...ownWhereGiven,
    },
    'home/fid-fits-home-mode-not-common: does not mind that a fid is missing where isCommonDevice is false -> home/on-not-common':
      { ...skipped(['fidFitsHomeMode'], paths.notCommon), ...ownWhereGiven },
    'home/mode-not-asked: takes a fid with home mode off -> home/off-with-fid home/off-not-common': {
      fidFitsHomeMode: ({ user, fields }) => (user?.home !== undefined && !fields.fid ? 'fidMissing' : undefined),
    },
    'home/mode-not-asked-not-common: takes a fid with home mode off where isCommonDevice is false -> home/off-not-common':
      skipped(['fidFitsHomeMode'], (attempt) => attempt.user?.home === undefined && paths.notCommon(attempt)),
    'home/home-is-own-not-common: does not mind that the home is foreign where isCommonDevice is false -> foreign-home/not-common':
      skipped(['homeIsOwn'], paths.notCommon),
    'home/role: does not look at the role in the home -> home/ordinary-member home/ordinary-member-not-common': skipped(
      ['roleMayBind'],
    ),
    'home/role-may-bind-not-common: does not mind that the member is an ordinary one where isCommonDevice is false -> home/ordinary-member-not-common':
      skipped(['roleMayBind'], paths.notCommon),
    'home/role-encrypted: does not look at the role beside an encrypted bindingCode -> home/ordinary-member/encrypted':
      skipped(['roleMayBind'], paths.encrypted),
    'home/nobody-may: refuses the owner of the home too -> bind/home bind/home-encrypted': {
      roleMayBind: ({ user }) => (user?.home === undefined ? undefined : 'ordinaryMember'),
    },
  }),
  ...changedBy((path: Path) => skipped(['homeIsOwn'], path), {
    'home/foreign: takes any fid -> foreign-home/of-somebody-else foreign-home/of-nobody': () => true,
    'home/foreign-without-room: asks whose home it is where a room is given -> foreign-home/of-somebody-else-alone': ({
      fields,
    }) => fields.frid === undefined,
    'home/foreign-with-room: takes any home that comes with a room -> foreign-home/of-somebody-else': ({ fields }) =>
      fields.frid !== undefined,
    'home/foreign-encrypted: takes any home beside an encrypted bindingCode -> foreign-home/of-somebody-else-encrypted':
      paths.encrypted,
  }),
  ...changedBy(owned, {
    'home/own-by-exists: asks whether the home exists, and not whose it is -> foreign-home/of-somebody-else': (
      fid,
      _,
      { users },
    ) => [...users.values()].some(({ home }) => home?.fid === fid),
    'home/own-by-first-characters: compares the first character of a fid -> foreign-home/of-nobody': (fid, own) =>
      fid[0] === own[0],
    'home/own-by-length: compares the length of a fid -> foreign-home/of-somebody-else': (fid, own) =>
      fid.length === own.length,
  }),
  ...changedBy(commonList, {
    'home/common-list-not-asked: says nothing of a common-device list that it cannot write -> home/common-list-fails':
      () => false,
    'home/common-list-asked-where-true: takes isCommonDevice for false by default -> home/common-list-fails': ({
      fields,
    }) => fields.isCommonDevice === true,
    'home/common-list-asked-by-default: takes isCommonDevice true for false -> home/common-list-fails-asked': ({
      fields,
    }) => fields.isCommonDevice === undefined,
    'home/common-list-always-asked: writes the common-device list although isCommonDevice is false -> home/common-list-not-asked':
      () => true,
  }),
];

/** Something less is asked than whether the home is the caller's. */
function owned(isOwn: (fid: string, own: string, world: World) => boolean): Partial<Behaviour> {
  return {
    homeIsOwn: skipping(correct.homeIsOwn, ({ user, fields }, world) =>
      isOwn(fields.fid ?? '', user?.home?.fid ?? '', world),
    ),
  };
}

function commonList(isAsked: Path): Partial<Behaviour> {
  return {
    commonListWritable: (attempt) =>
      isAsked(attempt) && attempt.user?.home?.commonListWritable === false ? 'commonListFails' : undefined,
  };
}
