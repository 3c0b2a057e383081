import { dkOfLength } from '../../generators/devices.ts';
import { signedField, textOf } from '../../generators/faults/fault.ts';
import { bothCodes, withDk } from '../../generators/forms.ts';
import type { Change } from '../../generators/request.ts';
import { siblingCodes } from '../../spec/catalogue.ts';
import type { Dialect } from '../../spec/dialect.ts';
import type { Expectation } from '../../spec/expectation.ts';
import { binds, refusedSomehow, refusedWith } from '../../spec/expectation.ts';
import type { Case } from '../case.ts';
import { send } from '../case.ts';

/** What the document leaves open: the dialect says what is expected, and the other reading is a warning. */
export const openCases: readonly Case[] = [
  open(
    'both-codes',
    'follows the dialect when both forms of the bindingCode are given',
    'request parameters bindingCode and encryptedBindingCode ("choose one"); dialect bothBindingCodes',
    [bothCodes],
    ({ bothBindingCodes }) =>
      bothBindingCodes === 'refuse'
        ? refusedSomehow(['bindingCode'], { open: [200] })
        : { ...binds, open: [5000, 5179, 5213, ...siblingCodes.bindingCode] },
  ),
  open(
    'unknown-dk',
    'follows the dialect for a dk the cloud has never seen',
    'status 5314; dialect unknownDk',
    [withDk(({ random }) => dkOfLength(random, 20))],
    ({ unknownDk }) =>
      unknownDk === 'refused'
        ? refusedWith(5314, { siblings: ['unknownDevice'], open: [200] })
        : { ...binds, open: [5213, 5314, ...siblingCodes.unknownDevice, ...siblingCodes.bindingCode] },
  ),
  open(
    'upper-case-signature',
    'follows the dialect for a signature in upper case',
    'request parameter signature (worked examples are lower case); dialect signatureCase',
    [signedField('signature', (body) => textOf(body, 'signature').toUpperCase())],
    ({ signatureCase }) =>
      signatureCase === 'lower'
        ? refusedSomehow(['signature'], { open: [200] })
        : { ...binds, open: [...siblingCodes.signature] },
  ),
];

function open(
  name: string,
  title: string,
  clause: string,
  changes: readonly Change[],
  expect: (dialect: Dialect) => Expectation,
): Case {
  return {
    id: `open/${name}`,
    code: 200,
    title,
    basis: 'inferred',
    given: 'a device ready to bind',
    clause,
    steps: [send(`a request with ${name.replaceAll('-', ' ')}`, changes, expect)],
  };
}
