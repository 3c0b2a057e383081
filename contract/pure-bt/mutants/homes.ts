import type { Behaviour } from '../../../spec/pure-bt/reference/behaviour.ts';
import { correct } from '../../../spec/pure-bt/reference/behaviour.ts';
import type { Decision } from '../../../spec/pure-bt/reference/decision.ts';
import type { World } from '../../../spec/pure-bt/reference/world.ts';
import type { Mutant } from '../../mutants/mutant.ts';
import { kebab, paths, skipped, skippedOn } from './paths.ts';

/** Homes (status 5636, 5624, 5669, 5893): `fid` is not signed, so only the records tell whose home it is. */
export const homeMutants: readonly Mutant[] = [
  {
    id: 'home/fid-not-needed',
    breaks: 'binds without a fid in home mode',
    killedBy: ['home/on-without-fid'],
    override: {
      fidFitsHomeMode: (attempt, world) => (attempt.fields.fid ? correct.fidFitsHomeMode(attempt, world) : undefined),
      homeIsOwn: (attempt, world) => (attempt.fields.fid ? correct.homeIsOwn(attempt, world) : undefined),
    },
  },
  {
    id: 'home/room-is-enough',
    breaks: 'takes a frid for the fid',
    killedBy: ['home/on-frid-alone'],
    override: {
      fidFitsHomeMode: (attempt, world) => (attempt.fields.frid ? undefined : correct.fidFitsHomeMode(attempt, world)),
      homeIsOwn: (attempt, world) => (attempt.fields.fid ? correct.homeIsOwn(attempt, world) : undefined),
    },
  },
  onlyIfCommon('fidFitsHomeMode', 'a fid is missing', 'home/on-not-common', {
    homeIsOwn: (attempt, world) => (attempt.fields.fid ? correct.homeIsOwn(attempt, world) : undefined),
  }),
  {
    id: 'home/mode-not-asked',
    breaks: 'takes a fid with home mode off',
    killedBy: ['home/off-with-fid', 'home/off-not-common'],
    override: {
      fidFitsHomeMode: ({ user, fields }) => (user?.home !== undefined && !fields.fid ? 'fidMissing' : undefined),
    },
  },
  {
    id: 'home/mode-not-asked-not-common',
    breaks: 'takes a fid with home mode off where isCommonDevice is false',
    killedBy: ['home/off-not-common'],
    override: {
      fidFitsHomeMode: (attempt, world) =>
        attempt.user?.home === undefined && paths.notCommon(attempt)
          ? undefined
          : correct.fidFitsHomeMode(attempt, world),
    },
  },
  {
    id: 'home/foreign',
    breaks: 'takes any fid',
    killedBy: ['foreign-home/of-somebody-else', 'foreign-home/of-nobody'],
    override: skipped('homeIsOwn'),
  },
  owned(
    'exists',
    'asks whether the home exists, and not whose it is',
    (fid, _, world) => fids(world).has(fid),
    'foreign-home/of-somebody-else',
  ),
  owned(
    'first-characters',
    'compares the first character of a fid',
    (fid, own) => fid[0] === own[0],
    'foreign-home/of-nobody',
  ),
  owned(
    'length',
    'compares the length of a fid',
    (fid, own) => fid.length === own.length,
    'foreign-home/of-somebody-else',
  ),
  {
    id: 'home/foreign-without-room',
    breaks: 'asks whose home it is where a room is given',
    killedBy: ['foreign-home/of-somebody-else-alone'],
    override: skippedOn(({ fields }) => fields.frid === undefined, 'homeIsOwn'),
  },
  {
    id: 'home/foreign-with-room',
    breaks: 'takes any home that comes with a room',
    killedBy: ['foreign-home/of-somebody-else'],
    override: skippedOn(({ fields }) => fields.frid !== undefined, 'homeIsOwn'),
  },
  {
    id: 'home/foreign-encrypted',
    breaks: 'takes any home beside an encrypted bindingCode',
    killedBy: ['foreign-home/of-somebody-else-encrypted'],
    override: skippedOn(paths.encrypted, 'homeIsOwn'),
  },
  onlyIfCommon('homeIsOwn', 'the home is foreign', 'foreign-home/not-common'),
  {
    id: 'home/role',
    breaks: 'does not look at the role in the home',
    killedBy: ['home/ordinary-member', 'home/ordinary-member-not-common'],
    override: skipped('roleMayBind'),
  },
  onlyIfCommon('roleMayBind', 'the member is an ordinary one', 'home/ordinary-member-not-common'),
  {
    id: 'home/role-encrypted',
    breaks: 'does not look at the role beside an encrypted bindingCode',
    killedBy: ['home/ordinary-member/encrypted'],
    override: skippedOn(paths.encrypted, 'roleMayBind'),
  },
  {
    id: 'home/nobody-may',
    breaks: 'refuses the owner of the home too',
    killedBy: ['bind/home', 'bind/home-encrypted'],
    override: { roleMayBind: ({ user }) => (user?.home === undefined ? undefined : 'ordinaryMember') },
  },
  commonList(
    'not-asked',
    'says nothing of a common-device list that it cannot write',
    () => false,
    'home/common-list-fails',
  ),
  commonList(
    'asked-where-true',
    'takes isCommonDevice for false by default',
    ({ fields }) => fields.isCommonDevice === true,
    'home/common-list-fails',
  ),
  commonList(
    'asked-by-default',
    'takes isCommonDevice true for false',
    ({ fields }) => fields.isCommonDevice === undefined,
    'home/common-list-fails-asked',
  ),
  commonList(
    'always-asked',
    'writes the common-device list although isCommonDevice is false',
    () => true,
    'home/common-list-not-asked',
  ),
];

/** A check that is made only where the device is to stand in the common list. */
function onlyIfCommon(
  name: 'fidFitsHomeMode' | 'homeIsOwn' | 'roleMayBind',
  what: string,
  killedBy: string,
  more: Partial<Behaviour> = {},
): Mutant {
  return {
    id: `home/${kebab(name)}-not-common`,
    breaks: `does not mind that ${what} where isCommonDevice is false`,
    killedBy: [killedBy],
    override: { ...skippedOn(paths.notCommon, name), ...more },
  };
}

function owned(
  name: string,
  breaks: string,
  isOwn: (fid: string, own: string, world: World) => boolean,
  killedBy: string,
): Mutant {
  const homeIsOwn: Decision = ({ user, fields }, world) =>
    user?.home === undefined || isOwn(fields.fid ?? '', user.home.fid, world) ? undefined : 'foreignHome';
  return { id: `home/own-by-${name}`, breaks, killedBy: [killedBy], override: { homeIsOwn } };
}

function fids({ users }: World): ReadonlySet<string> {
  return new Set([...users.values()].flatMap(({ home }) => home?.fid ?? []));
}

function commonList(
  name: string,
  breaks: string,
  isAsked: (attempt: Parameters<Decision>[0]) => boolean,
  killedBy: string,
): Mutant {
  const commonListWritable: Decision = (attempt) =>
    isAsked(attempt) && attempt.user?.home?.commonListWritable === false ? 'commonListFails' : undefined;
  return { id: `home/common-list-${name}`, breaks, killedBy: [killedBy], override: { commonListWritable } };
}
