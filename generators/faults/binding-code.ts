import { refusedWith } from '../../spec/expectation.ts';
import type { Json, RequestContext } from '../request.ts';
import { withFields } from '../request.ts';
import type { Fault } from './fault.ts';
import { draftChange } from './fault.ts';

/** Faults of the plain `bindingCode`: 5179 where neither form is given, 5213 outside 16 characters 0-9A-F. */
export const bindingCodeFaults: readonly Fault[] = [
  missing('absent', 'a request with neither form of the bindingCode', undefined),
  missing('null', 'a null bindingCode and no encrypted one', null),
  missing('empty', 'an empty bindingCode and no encrypted one', ''),
  malformed('too-short', 'a bindingCode of 15 characters', (code) => code.slice(1)),
  malformed('too-long', 'a bindingCode of 17 characters', (code) => `${code}0`),
  malformed('twice-as-long', 'a bindingCode of 32 characters', (code) => code + code),
  malformed('lower-case', 'a bindingCode in lower case', inLowerCase),
  malformed('not-hex', 'a bindingCode with the letter G', (code) => `${code.slice(0, 8)}G${code.slice(9)}`),
  malformed('not-hex-first', 'a bindingCode that starts with the letter G', (code) => `G${code.slice(1)}`),
  malformed('not-hex-last', 'a bindingCode that ends with the letter G', (code) => `${code.slice(0, -1)}G`),
  malformed('space', 'a bindingCode with a space', (code) => `${code.slice(0, 8)} ${code.slice(9)}`),
  malformed('newline', 'a bindingCode that ends with a newline', (code) => `${code}\n`),
  malformed('hyphens', 'a bindingCode written in groups', (code) => (code.match(/.{4}/g) ?? []).join('-')),
  malformed('non-ascii', 'a bindingCode with full-width digits', (code) => `${code.slice(0, 15)}１`),
];

/** The code in lower case; a code of digits alone has no case to get wrong, so it gets a letter. */
export function inLowerCase(code: string): string {
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

function malformed(name: string, title: string, change: (code: string, context: RequestContext) => string): Fault {
  return {
    id: `code/${name}`,
    title,
    breaks: 'bindingCode',
    changes: [
      draftChange((draft, context) => withFields(draft, { bindingCode: change(context.fixture.bindingCode, context) })),
    ],
    expect: refusedWith(5213, { siblings: ['bindingCode'] }),
    clause: 'request parameter bindingCode, status 5213',
    basis: 'document',
  };
}
