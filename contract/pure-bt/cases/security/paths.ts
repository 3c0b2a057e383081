import type { Fault } from '../../../../generators/pure-bt/faults/fault.ts';
import { field } from '../../../../generators/pure-bt/faults/fault.ts';
import { faultsNamed } from '../../../../generators/pure-bt/faults/menu.ts';
import { encryptedCode, inHome, withOldSecret } from '../../../../generators/pure-bt/forms.ts';
import type { Change } from '../../../../generators/pure-bt/request.ts';
import type { StateName } from '../../../../spec/pure-bt/states.ts';
import { earns } from '../../earns.ts';
import type { Case } from '../steps.ts';
import { send } from '../steps.ts';

/** A way through the server that a check may have been left out of. */
type Path = {
  readonly name: string;
  readonly title: string;
  readonly given: StateName;
  readonly changes: readonly Change[];
};

const paths: readonly Path[] = [
  { name: 'encrypted', title: 'with an encrypted code', given: 'a device ready to bind', changes: [encryptedCode] },
  { name: 'home', title: 'in a home', given: 'a device ready to bind in a home', changes: [inHome] },
  {
    name: 'not-common',
    title: 'in a home, not for its common list',
    given: 'a device ready to bind in a home',
    changes: [inHome, field('isCommonDevice', () => false)],
  },
  {
    name: 'flag-false',
    title: 'with isCommonDevice false',
    given: 'a device ready to bind',
    changes: [field('isCommonDevice', () => false)],
  },
  { name: 'single', title: 'in binding mode single', given: 'two users, binding mode single', changes: [] },
  {
    name: 'multi',
    title: 'of a second user',
    given: 'a device bound by another user, binding mode multi',
    changes: [],
  },
  {
    name: 'old-secret',
    title: 'with the right old secret',
    given: 'a device bound by another user, binding mode multi',
    changes: [withOldSecret],
  },
  {
    name: 'alternate',
    title: 'in binding mode alternate',
    given: 'a device bound by another user, binding mode alternate',
    changes: [withOldSecret],
  },
];

/** One fault for each check that must hold wherever a request goes. */
const everywhere = [
  'token/tampered-expiry',
  'dk/too-short',
  'dk/too-long',
  'name/too-long',
  'pwd/malformed',
  'signature/middle-digit',
  'signature/absent',
  'new-secret/bad-padding',
  'new-secret/other-dk',
  'random/changed',
];

/** A pwd may be refused by a device that has none, so only faults that any refusal answers are tried beside one. */
const withPwd: Path = {
  name: 'pwd',
  title: 'with a pwd',
  given: 'a device ready to bind',
  changes: [field('pwd', ({ fixture }) => fixture.pwd ?? 'Secret123')],
};

/** Of the old secret, where it takes part in what happens to the holder. */
const ofOldSecret = ['old-secret/wrong', 'old-secret/other-dk', 'old-secret/other-end', 'old-secret/bad-padding'];

const alternate: StateName = 'a device bound by another user, binding mode alternate';
const multi: StateName = 'a device bound by another user, binding mode multi';

const oldSecretPaths: readonly Path[] = [
  { name: 'alternate', title: 'in binding mode alternate', given: alternate, changes: [] },
  { name: 'alternate-encrypted', title: 'alternate and encrypted', given: alternate, changes: [encryptedCode] },
  { name: 'multi-encrypted', title: 'with an encrypted code', given: multi, changes: [encryptedCode] },
  {
    name: 'multi-flag-false',
    title: 'with isCommonDevice false',
    given: multi,
    changes: [field('isCommonDevice', () => false), field('deviceName', () => 'Scale')],
  },
  { ...withPwd, name: 'multi-pwd', given: multi },
];

/** A check that one path skips is a check that an attacker skips: the same faults on every way through the server. */
export const pathCases: readonly Case[] = [
  ...paths.flatMap((path) => faultsNamed(...everywhere).map((fault) => onPath(fault, path))),
  ...paths
    .filter(({ name }) => name !== 'encrypted')
    .flatMap((path) => faultsNamed('code/lower-case', 'code/absent').map((fault) => onPath(fault, path))),
  ...faultsNamed(...everywhere)
    .filter(({ expect }) => expect.anyRefusal)
    .map((fault) => onPath(fault, withPwd)),
  ...faultsNamed(...ofOldSecret).flatMap((fault) => oldSecretPaths.map((path) => onPath(fault, path))),
];

function onPath(fault: Fault, { name, title, given, changes }: Path): Case {
  const what = `${fault.title}, ${title}`;
  const oldSecret = changes.includes(withOldSecret);
  return {
    id: `path/${name}/${fault.id.replace('/', '-')}`,
    code: fault.expect.codes[0] ?? 200,
    title: `refuses ${what}`,
    rule: fault.rule,
    given,
    steps: [send(what, [...changes, ...fault.changes], earns(fault, { given, oldSecret }))],
    ...(fault.unless === undefined ? {} : { unless: fault.unless }),
  };
}
