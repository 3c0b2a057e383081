import { dkKinds } from '../../generators/devices.ts';
import { draftChange, field } from '../../generators/faults/fault.ts';
import { encryptedCode, forms, inHome, withDk } from '../../generators/forms.ts';
import { withFields } from '../../generators/request.ts';
import { siblingCodes } from '../../spec/catalogue.ts';
import { binds } from '../../spec/expectation.ts';
import type { Case } from '../case.ts';
import { bindsWith, send } from '../case.ts';

/** Correct requests, in every form the document allows: all of them bind. */
export const validCases: readonly Case[] = [
  valid('bind/plain', 'binds with a plain bindingCode', 'status 200', bindsWith('a correct request')),
  ...forms.map(({ id, title, change }) =>
    valid(`bind/${id}`, `binds with ${title}`, 'request parameters, status 200', bindsWith(title, change)),
  ),
  {
    ...valid(
      'bind/home',
      'binds in a home and a room',
      'request parameters fid and frid',
      bindsWith('a request with fid and frid', inHome),
    ),
    given: 'a device ready to bind in a home',
  },
  {
    ...valid(
      'bind/home-encrypted',
      'binds in a home with an encrypted bindingCode',
      'request parameters fid and frid',
      bindsWith('a request with fid and encryptedBindingCode', inHome, encryptedCode),
    ),
    given: 'a device ready to bind in a home',
  },
  {
    ...valid(
      'bind/home-not-common',
      'binds in a home without the common-device list',
      'request parameter isCommonDevice',
      bindsWith(
        'a request with fid and isCommonDevice false',
        inHome,
        field('isCommonDevice', () => false),
      ),
    ),
    given: 'a device ready to bind in a home',
  },
  ...Object.entries(dkKinds).map(
    ([kind, dk]): Case => ({
      ...valid(
        `bind/dk/${kind}`,
        `binds a dk: ${kind.replaceAll('-', ' ')}`,
        'request parameter dk; sibling pages: 4 to 32 letters and digits',
        bindsWith(
          `a dk: ${kind.replaceAll('-', ' ')}`,
          withDk(({ random }) => dk(random)),
        ),
      ),
      given: 'a product whose every device is ready to bind',
    }),
  ),
  pwd('given', 'a pwd of letters and digits', 'Secret123'),
  pwd('one-character', 'a pwd of one character', 'x'),
  pwd('longest', 'a pwd of 64 characters', 'Secret12'.repeat(8)),
  pwd('all-printable', 'a pwd of tilde and space', ' ~Secret~ '),
  pwd('punctuation', 'a pwd with spaces and punctuation', 'p w+/=&%"\\#'),
];

/** Whether a device without a password takes one, and in which format, is open; that a given one is signed is not. */
function pwd(name: string, title: string, value: string): Case {
  return {
    ...valid(
      `bind/pwd/${name}`,
      `binds with ${title}`,
      'request parameters pwd and signature; dialect pwdPattern',
      send(
        title,
        [
          draftChange((draft, { fixture, dialect }) =>
            fixture.pwd === undefined && new RegExp(`^(?:${dialect.pwdPattern})$`).test(value)
              ? withFields(draft, { pwd: value })
              : draft,
          ),
        ],
        { ...binds, open: [5357, ...siblingCodes.pwd] },
      ),
    ),
    basis: 'inferred',
  };
}

function valid(id: string, title: string, clause: string, step: Case['steps'][number]): Case {
  return { id, code: 200, title, basis: 'document', given: 'a device ready to bind', clause, steps: [step] };
}
