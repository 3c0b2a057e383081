import { refusedWith } from '../../spec/expectation.ts';
import { dkOfLength } from '../devices.ts';
import { withDk } from '../forms.ts';
import type { Json, RequestContext } from '../request.ts';
import { withFields } from '../request.ts';
import type { Fault } from './fault.ts';
import { draftChange } from './fault.ts';

/** Faults of `dk`: 5067 where there is none, 5361 outside 4 to 32 letters and digits. */
export const dkFaults: readonly Fault[] = [
  missing('absent', 'a request without dk', undefined),
  missing('null', 'a null dk', null),
  missing('empty', 'an empty dk', ''),
  malformed('one-character', 'a dk of one character', ({ random }) => dkOfLength(random, 1)),
  malformed('too-short', 'a dk of three characters', ({ random }) => dkOfLength(random, 3)),
  malformed('too-long', 'a dk of 33 characters', ({ random }) => dkOfLength(random, 33)),
  malformed('far-too-long', 'a dk of 300 characters', ({ random }) => dkOfLength(random, 300)),
  malformed('colons', 'a dk written with colons', ({ fixture }) => pairs(fixture.dk).join(':')),
  malformed('hyphen', 'a dk with a hyphen inside', ({ fixture }) => inside(fixture.dk, '-')),
  malformed('hyphen-first', 'a dk that starts with a hyphen', ({ fixture }) => `-${fixture.dk.slice(1)}`),
  malformed('hyphen-last', 'a dk that ends with a hyphen', ({ fixture }) => `${fixture.dk.slice(0, -1)}-`),
  malformed('underscore', 'a dk with an underscore', ({ fixture }) => inside(fixture.dk, '_')),
  malformed('space', 'a dk with a space inside', ({ fixture }) => inside(fixture.dk, ' ')),
  malformed('two-lines', 'a dk on the second of two lines', ({ fixture }) => `-\n${fixture.dk.slice(0, 12)}`),
  malformed('first-of-two-lines', 'a dk on the first of two lines', ({ fixture }) => `${fixture.dk.slice(0, 12)}\n-`),
  malformed('space-first', 'a dk with a space before it', ({ fixture }) => ` ${fixture.dk.slice(0, 12)}`),
  malformed('space-last', 'a dk with a space behind it', ({ fixture }) => `${fixture.dk.slice(0, 12)} `),
  malformed('newline', 'a dk that ends with a newline', ({ fixture }) => `${fixture.dk.slice(0, -1)}\n`),
  malformed('non-ascii', 'a dk with a non-ASCII letter', ({ fixture }) => inside(fixture.dk, 'é')),
  malformed('arabic-digits', 'a dk with Arabic digits', ({ fixture }) => inside(fixture.dk, '٣')),
  malformed('full-width', 'a dk with full-width digits', ({ fixture }) => inside(fixture.dk, '１')),
  malformed('blank', 'a dk of spaces', () => '        ', [5361, 5067]),
];

function missing(name: string, title: string, value: Json | undefined): Fault {
  return {
    id: `dk/${name}`,
    title,
    breaks: 'dk',
    changes: [draftChange((draft) => withFields(draft, { dk: value }))],
    expect: refusedWith(5067),
    clause: 'request parameter dk (required), status 5067',
    basis: 'document',
  };
}

function malformed(
  name: string,
  title: string,
  dk: (context: RequestContext) => string,
  codes: readonly number[] = [5361],
): Fault {
  return {
    id: `dk/${name}`,
    title,
    breaks: 'dk',
    changes: [withDk(dk)],
    expect: refusedWith(codes),
    clause: 'status 5361; sibling pages: 4 to 32 letters and digits',
    basis: 'document',
  };
}

function inside(text: string, character: string): string {
  const at = Math.floor(text.length / 2);
  return `${text.slice(0, at)}${character}${text.slice(at + 1)}`;
}

function pairs(text: string): readonly string[] {
  return text.match(/.{1,2}/g) ?? [];
}
