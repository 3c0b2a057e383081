import { field } from '../../../../generators/pure-bt/faults/fault.ts';
import { encryptedCode, inHome } from '../../../../generators/pure-bt/forms.ts';
import type { Change } from '../../../../generators/pure-bt/request.ts';
import { refusedSomehow } from '../../../../spec/expectation.ts';
import type { Fixture } from '../../../../spec/pure-bt/states.ts';
import type { Case } from '../steps.ts';
import { bindsWith, send } from '../steps.ts';

const othersFid: Change = field('fid', ({ other }) => other?.fid);

/** `fid` is not signed: whose home it is, only the server's records tell. */
export const homeCases: readonly Case[] = [
  ...[
    foreignHome('of-somebody-else', "the fid of somebody else's home", [
      othersFid,
      field('frid', ({ other }) => other?.frid),
    ]),
    foreignHome('of-somebody-else-alone', "the fid of somebody else's home without a room", [othersFid]),
    foreignHome('of-somebody-else-encrypted', "the fid of somebody else's home, the code encrypted", [
      encryptedCode,
      othersFid,
    ]),
    foreignHome('not-common', "the fid of somebody else's home, not for the common list", [
      othersFid,
      field('isCommonDevice', () => false),
    ]),
  ].map((tested): Case => ({ ...tested, unfit: oneHome })),
  foreignHome('cut-short', 'an own fid without its last character', [
    field('fid', ({ fixture }) => fixture.fid?.slice(0, -1)),
  ]),
  foreignHome('of-nobody', 'the fid of no home at all', [
    field('fid', ({ random }) => `f${random.string.numeric(17)}`),
  ]),
];

function oneHome({ fid }: Fixture, other: Fixture | undefined): string | undefined {
  if (other === undefined || fid !== other.fid) return undefined;
  return 'both fixtures are of one home, so neither has a foreign one; give each set-up a user and a home of its own';
}

function foreignHome(name: string, title: string, changes: readonly Change[]): Case {
  return {
    id: `foreign-home/${name}`,
    code: 200,
    title: `refuses ${title}`,
    rule: 'home-foreign',
    given: 'a device ready to bind in a home',
    beside: 'a device ready to bind in a home',
    steps: [send(title, changes, refusedSomehow([])), bindsWith("a correct request in the user's own home", inHome)],
  };
}
