import { faultsNamed } from '../../../generators/pure-bt/faults/all-faults.ts';
import { buildRequest, type Change } from '../../../generators/pure-bt/request.ts';
import { inFid, inHome, withOldSecret } from '../../../generators/pure-bt/valid-forms.ts';
import type { StateName } from '../../../spec/family/states.ts';
import { pairCases, type Single } from '../../family/cases/any-operation.ts';
import type { Case } from '../../run/case.ts';
import { devices } from './steps.ts';

/** One fault for each code that depends only on the request, and faults without a documented code. */
const faults: readonly Single<Change>[] = faultsNamed(
  'token/missing',
  'token/tampered-expiry',
  'pk/absent',
  'dk/absent',
  'dk/too-short',
  'code/absent',
  'code/lower-case',
  'name/too-long',
  'pwd/malformed',
  'signature/middle-digit',
  'new-secret/bad-padding',
).map(({ id, expect, changes }) => ({ name: id, code: expect.codes[0] ?? 0, changes }));

/** One state for each code that depends on the server's records. */
const states: readonly Single<Change>[] = (
  [
    [5041, 'a user without permission'],
    [5049, 'a device the user has already bound'],
    [5052, 'a device nobody has bound', withOldSecret],
    [5229, 'a product the user domain is not authorised for'],
    [5314, 'a device the cloud cannot look up'],
    [5327, 'a product the user has no permission for'],
    [5358, 'a product that grants no permission'],
    [5412, 'a device bound by another user, binding mode single'],
    [5624, 'home mode off', inFid],
    [5636, 'home mode on'],
    [5669, 'an ordinary member of the home', inHome],
    [5893, 'a home whose common-device list cannot be written', inHome],
    [6040, 'a device whose sharing the user has accepted'],
    [6083, 'a device registered in another data centre'],
  ] satisfies readonly (readonly [code: number, given: StateName, ...changes: readonly Change[]])[]
).map(([code, name, ...changes]) => ({ code, name, changes }));

/** The pairs of two faults, which show the order of a server's checks. */
export const precedenceCases: readonly Case[] = pairCases(faults, states, { build: buildRequest }, devices.ready);
