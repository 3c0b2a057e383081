import { field } from '../../../../generators/pure-bt/faults/fault.ts';
import type { Change } from '../../../../generators/pure-bt/request.ts';
import { encryptedCode, inHome, notCommon } from '../../../../generators/pure-bt/valid-forms.ts';
import { refusedUndocumented } from '../../../../spec/expectation.ts';
import type { Case } from '../steps.ts';
import { bindsWith, readyInHome, send, tested } from '../steps.ts';

const othersFid: Change = field('fid', ({ other }) => other?.fid);

/** `fid` is not signed: whose home it is, only the server's records tell. */
export const homeCases: readonly Case[] = [
  ofOthers(
    'of-somebody-else',
    '',
    othersFid,
    field('frid', ({ other }) => other?.frid),
  ),
  ofOthers('of-somebody-else-alone', ' without a room', othersFid),
  ofOthers('of-somebody-else-encrypted', ', the code encrypted', encryptedCode, othersFid),
  ofOthers('not-common', ', not for the common list', othersFid, notCommon),
  foreign('cut-short', 'an own fid without its last character', [
    field('fid', ({ fixture }) => fixture.fid?.slice(0, -1)),
  ]),
  foreign('of-nobody', 'the fid of no home at all', [field('fid', ({ random }) => `f${random.string.numeric(17)}`)]),
];

function ofOthers(name: string, how: string, ...changes: readonly Change[]): Case {
  const unfit: Case['unfit'] = ({ fid }, other) =>
    other === undefined || fid !== other.fid
      ? undefined
      : 'both fixtures are of one home, so neither has a foreign one; give each set-up a user and a home of its own';
  return { ...foreign(name, `the fid of somebody else's home${how}`, changes), unfit };
}

function foreign(name: string, title: string, changes: readonly Change[]): Case {
  const steps = [
    send(title, changes, refusedUndocumented([])),
    bindsWith("a correct request in the user's own home", inHome),
  ];
  const homes = { given: readyInHome, secondState: readyInHome };
  return tested(`foreign-home/${name}`, `refuses ${title}`, 'home-foreign', steps, homes);
}
