import { refusedWith } from '../../spec/expectation.ts';
import type { Json } from '../request.ts';
import { withFields } from '../request.ts';
import type { Fault } from './fault.ts';
import { draftChange } from './fault.ts';

/** What a bindingCode must not look like: sent in clear and sent encrypted. */
export const malformedCodes: readonly MalformedCode[] = [
  ['too-short', 'of 15 characters', (code) => code.slice(1)],
  ['too-long', 'of 17 characters', (code) => `${code}0`],
  ['twice-as-long', 'of 32 characters', (code) => code + code],
  ['lower-case', 'in lower case', inLowerCase],
  ['lower-case-last', 'that ends in lower case', (code) => `${code.slice(0, -1)}a`],
  ['not-hex', 'with the letter G', (code) => `${code.slice(0, 8)}G${code.slice(9)}`],
  ['not-hex-first', 'that starts with the letter G', (code) => `G${code.slice(1)}`],
  ['not-hex-last', 'that ends with the letter G', (code) => `${code.slice(0, -1)}G`],
  ['space', 'with a space', (code) => `${code.slice(0, 8)} ${code.slice(9)}`],
  ['space-first', 'with a space before it', (code) => ` ${code}`],
  ['space-last', 'with a space behind it', (code) => `${code} `],
  ['newline', 'that ends with a newline', (code) => `${code}\n`],
  ['two-lines', 'on the second of two lines', (code) => `-\n${code}`],
  ['hyphens', 'written in groups', (code) => (code.match(/.{4}/g) ?? []).join('-')],
  ['non-ascii', 'with full-width digits', (code) => `${code.slice(0, 15)}１`],
];

type MalformedCode = readonly [name: string, title: string, change: (code: string) => string];

/** Faults of the plain `bindingCode`: 5179 where neither form is given, 5213 outside 16 characters 0-9A-F. */
export const bindingCodeFaults: readonly Fault[] = [
  missing('absent', 'a request with neither form of the bindingCode', undefined),
  missing('null', 'a null bindingCode and no encrypted one', null),
  missing('empty', 'an empty bindingCode and no encrypted one', ''),
  ...malformedCodes.map(malformed),
];

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
    clause: 'request parameter bindingCode ("choose one"), status 5179',
    basis: 'document',
  };
}

function malformed([name, title, change]: MalformedCode): Fault {
  return {
    id: `code/${name}`,
    title: `a bindingCode ${title}`,
    breaks: 'bindingCode',
    changes: [draftChange((draft, { fixture }) => withFields(draft, { bindingCode: change(fixture.bindingCode) }))],
    expect: refusedWith(5213, { siblings: ['bindingCode'] }),
    clause: 'request parameter bindingCode, status 5213',
    basis: 'document',
  };
}
