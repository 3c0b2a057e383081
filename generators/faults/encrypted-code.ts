import { refusedWith } from '../../spec/expectation.ts';
import { encryptedCode } from '../forms.ts';
import type { Draft } from '../request.ts';
import { withFields, withPlaintexts } from '../request.ts';
import { malformedCodes } from './binding-code.ts';
import type { CipherFault } from './ciphertext.ts';
import { cipherFaults } from './ciphertext.ts';
import type { Fault } from './fault.ts';
import { draftChange, sealedField, textOf } from './fault.ts';

const clause = 'request parameter encryptedBindingCode, status 5213';

/** Faults of `encryptedBindingCode`: what does not decrypt to a bindingCode earns 5213. The ciphertext sent is what is signed. */
export const encryptedCodeFaults: readonly Fault[] = [
  ...cipherFaults.map(unreadable),
  ...malformedCodes.map(([name, title, change]) => holding(name, `holding a code ${title}`, change)),
  holding('nothing', 'holding nothing', () => ''),
  {
    id: 'encrypted-code/empty',
    title: 'an empty encryptedBindingCode and no plain one',
    breaks: 'encryptedBindingCode',
    changes: [draftChange((draft) => withFields(draft, { bindingCode: undefined, encryptedBindingCode: '' }))],
    expect: refusedWith([5179, 5213], { siblings: ['bindingCode'] }),
    clause: `${clause} and 5179`,
    basis: 'document',
  },
];

function unreadable({ name, title, make }: CipherFault): Fault {
  return encryptedCodeFault(name, title, [
    encryptedCode,
    sealedField('encryptedBindingCode', (body, context) =>
      make({
        plaintext: context.fixture.bindingCode,
        key: context.fixture.ps,
        iv: textOf(body, 'random'),
        context,
      }),
    ),
  ]);
}

function holding(name: string, title: string, change: (code: string) => string): Fault {
  return encryptedCodeFault(name, title, [
    encryptedCode,
    draftChange(
      (draft: Draft, { fixture }): Draft =>
        withPlaintexts(draft, { encryptedBindingCode: change(fixture.bindingCode) }),
    ),
  ]);
}

function encryptedCodeFault(name: string, title: string, changes: Fault['changes']): Fault {
  return {
    id: `encrypted-code/${name}`,
    title: `an encryptedBindingCode ${title}`,
    breaks: 'encryptedBindingCode',
    changes,
    expect: refusedWith(5213, { siblings: ['bindingCode'] }),
    clause,
    basis: 'document',
  };
}
