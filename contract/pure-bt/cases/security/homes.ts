import { field } from '../../../../generators/pure-bt/faults/fault.ts';
import type { Change } from '../../../../generators/pure-bt/request.ts';
import { encryptedCode, inHome, notCommon } from '../../../../generators/pure-bt/valid-forms.ts';
import { refusedUndocumented } from '../../../../spec/expectation.ts';
import { bindsWith, type Case, devices, send, tested } from '../steps.ts';

const othersFid: Change = field('fid', ({ other }) => other?.fid);

/** `fid` is not signed: only the server's records show the owner of the home. */
export const homeCases: readonly Case[] = [
  ofOthers(
    'of-somebody-else',
    '',
    othersFid,
    field('frid', ({ other }) => other?.frid),
  ),
  ofOthers('of-somebody-else-alone', ' without a room', othersFid),
  ofOthers('of-somebody-else-encrypted', ', with an encrypted code', encryptedCode, othersFid),
  ofOthers('not-common', ', not in the common-device list', othersFid, notCommon),
  foreign('cut-short', "the fid of the user's home without its last character", [
    field('fid', ({ fixture }) => fixture.fid?.slice(0, -1)),
  ]),
  foreign('of-nobody', 'the fid of a home that does not exist', [
    field('fid', ({ random }) => `f${random.string.numeric(17)}`),
  ]),
];

function ofOthers(name: string, how: string, ...changes: readonly Change[]): Case {
  const unfit: Case['unfit'] = ({ fid }, other) =>
    other === undefined || fid !== other.fid
      ? undefined
      : 'both fixtures have the same home, so there is no home of another user; return a new user and a new home for each set-up';
  return { ...foreign(name, `the fid of another user's home${how}`, changes), unfit };
}

function foreign(name: string, title: string, changes: readonly Change[]): Case {
  const steps = [
    send(title, changes, refusedUndocumented([])),
    bindsWith("a correct request in the user's own home", inHome),
  ];
  const homes = { given: devices.readyInHome, secondState: devices.readyInHome };
  return tested(`foreign-home/${name}`, `rejects ${title}`, 'home-foreign', steps, homes);
}
