import type { Expectation, Open } from '../../../spec/expectation.ts';
import { refusedWith } from '../../../spec/expectation.ts';
import type { RuleId } from '../../../spec/pure-bt/rules.ts';
import type { Json } from '../../request.ts';
import { withFields } from '../../request.ts';
import type { Fault } from './fault.ts';
import { draftChange } from './fault.ts';
import type { Malformed } from './malformed.ts';
import { boundaries, inside, malformedText, strangers, unlessAllowed } from './malformed.ts';

/** What a bindingCode must not look like: sent in clear and sent encrypted. */
export const malformedCodes: readonly Malformed[] = [
  ...boundaries('bindingCodePattern'),
  { name: 'twice-as-long', title: 'of twice its length', spoil: (code) => code + code },
  { name: 'lower-case', title: 'in lower case', spoil: inLowerCase },
  { name: 'lower-case-last', title: 'that ends in lower case', spoil: (code) => `${code.slice(0, -1)}a` },
  ...strangers.filter(({ name }) => !['hyphen', 'underscore', 'lower-case-letter'].includes(name)),
  { name: 'not-hex-first', title: 'that starts with the letter G', spoil: (code) => `G${code.slice(1)}` },
  { name: 'not-hex-last', title: 'that ends with the letter G', spoil: (code) => `${code.slice(0, -1)}G` },
  { name: 'space-first', title: 'with a space before it', spoil: (code) => ` ${code}`, trims: true },
  { name: 'space-last', title: 'with a space after it', spoil: (code) => `${code} `, trims: true },
  { name: 'hyphens', title: 'written in groups', spoil: (code) => (code.match(/.{1,4}/g) ?? []).join('-') },
  { name: 'newline', title: 'that ends with a newline', spoil: (code) => `${code}\n`, always: true, trims: true },
  { name: 'two-lines', title: 'on the second of two lines', spoil: (code) => `-\n${code}`, always: true },
  { name: 'non-ascii', title: 'with full-width digits', spoil: (code) => inside(code, '１'), always: true },
];

/** Faults of the plain `bindingCode`: 5179 where neither form is given, 5213 where its format is wrong. */
export const bindingCodeFaults: readonly Fault[] = [
  missing('absent', 'a request with neither form of the bindingCode', undefined),
  missing('null', 'a null bindingCode and no encrypted one', null),
  missing('empty', 'an empty bindingCode and no encrypted one', ''),
  ...malformedCodes.map(malformed),
];

/** What a malformed bindingCode earns, where the device's own is not known. */
export function malformedCode({ always, trims }: Malformed, reading: RuleId): Expectation {
  const open: Open = always === true ? {} : { open: [200], openRefusals: 'undocumented', reading };
  return refusedWith(5213, { siblings: ['bindingCode'], anyRefusal: trims === true, ...open });
}

/** The code in lower case; a code of digits alone has no case to get wrong, so it gets a letter. */
function inLowerCase(code: string): string {
  return /[A-F]/.test(code) ? code.toLowerCase() : `a${code.slice(1)}`;
}

function missing(name: string, title: string, value: Json | undefined): Fault {
  return {
    id: `code/${name}`,
    title,
    breaks: 'bindingCode',
    changes: [draftChange((draft) => withFields(draft, { bindingCode: value }))],
    expect: refusedWith(5179),
    rule: 'code-given',
  };
}

function malformed(how: Malformed): Fault {
  return {
    id: `code/${how.name}`,
    title: `a bindingCode ${how.title}`,
    breaks: 'bindingCode',
    changes: [
      draftChange((draft, context) =>
        withFields(draft, {
          bindingCode: malformedText(how, 'bindingCodePattern', context.fixture.bindingCode, context),
        }),
      ),
    ],
    expect: malformedCode(how, 'code-format'),
    rule: how.always === true ? 'code-malformed' : 'code-format',
    names: 'another code',
    unless: unlessAllowed(how, 'bindingCodePattern'),
  };
}
