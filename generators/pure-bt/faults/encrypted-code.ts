import type { Expectation } from '../../../spec/expectation.ts';
import { refusedWith } from '../../../spec/expectation.ts';
import type { RuleId } from '../../../spec/pure-bt/rules.ts';
import { withFields } from '../../request.ts';
import { encryptedCode } from '../forms.ts';
import type { Draft } from '../request.ts';
import { withPlaintexts } from '../request.ts';
import { malformedCode, malformedCodes } from './binding-code.ts';
import type { CipherFault } from './ciphertext.ts';
import { cipherFaults } from './ciphertext.ts';
import type { Fault } from './fault.ts';
import { draftChange, sealedField, textOf } from './fault.ts';
import type { Malformed } from './malformed.ts';
import { malformedText, unlessAllowed } from './malformed.ts';

/** The page has no code for what cannot be decrypted: 5213 is one of many. */
const refused: Expectation = refusedWith(5213, { siblings: ['bindingCode'], anyRefusal: true });

/** Faults of `encryptedBindingCode`: what cannot be decrypted, and what holds no bindingCode. The ciphertext sent is signed. */
export const encryptedCodeFaults: readonly Fault[] = [
  ...cipherFaults.map(unreadable),
  ...malformedCodes.map((how) => holding(how, `holding a code ${how.title}`)),
  holding({ name: 'nothing', title: '', spoil: () => '', always: true }, 'holding nothing'),
  {
    id: 'encrypted-code/empty',
    title: 'an empty encryptedBindingCode and no plain one',
    breaks: 'encryptedBindingCode',
    changes: [draftChange((draft) => withFields(draft, { bindingCode: undefined, encryptedBindingCode: '' }))],
    expect: { ...refused, codes: [5179, 5213] },
    rule: 'code-given',
  },
];

function unreadable({ name, title, make }: CipherFault): Fault {
  return encryptedCodeFault(name, title, refused, 'encrypted-code', [
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

function holding(how: Malformed, title: string): Fault {
  const holds = draftChange(
    (draft: Draft, context): Draft =>
      withPlaintexts(draft, {
        encryptedBindingCode: malformedText(how, 'bindingCodePattern', context.fixture.bindingCode, context),
      }),
  );
  const rule = how.always === true ? 'code-malformed' : 'encrypted-code-format';
  const expect = malformedCode(how, 'encrypted-code-format');
  return {
    // That what was decrypted earns 5213 is a reading, even where it must be refused.
    ...encryptedCodeFault(
      how.name,
      title,
      { ...expect, anyRefusal: false, openRefusals: 'any', reading: 'encrypted-code-format' },
      rule,
      [encryptedCode, holds],
    ),
    names: 'another code',
    ...(how.name === 'nothing' ? {} : { unless: unlessAllowed(how, 'bindingCodePattern') }),
  };
}

function encryptedCodeFault(
  name: string,
  title: string,
  expect: Expectation,
  rule: RuleId,
  changes: Fault['changes'],
): Fault {
  return {
    id: `encrypted-code/${name}`,
    title: `an encryptedBindingCode ${title}`,
    breaks: 'encryptedBindingCode',
    changes,
    expect,
    rule,
  };
}
