import { refusedWith } from '../../../spec/expectation.ts';
import type { Json } from '../../request.ts';
import { withFields } from '../../request.ts';
import { withDk } from '../forms.ts';
import type { Fault } from './fault.ts';
import { draftChange } from './fault.ts';
import type { Malformed } from './malformed.ts';
import { boundaries, malformedText, neverAllowed, strangers, unlessAllowed } from './malformed.ts';

/** What a dk must not look like: what no format allows, and what the dialect's pattern refuses. */
export const malformedDks: readonly Malformed[] = [
  { name: 'one-character', title: 'of one character', spoil: (dk) => dk.slice(0, 1) },
  ...boundaries('dkPattern'),
  { name: 'far-too-long', title: 'of 1,000 characters', spoil: (dk) => dk.repeat(1_000).slice(0, 1_000), always: true },
  { name: 'colons', title: 'written with colons', spoil: (dk) => (dk.match(/.{1,2}/g) ?? []).join(':') },
  { name: 'hyphen-first', title: 'that starts with a hyphen', spoil: (dk) => `-${dk.slice(1)}` },
  { name: 'hyphen-last', title: 'that ends with a hyphen', spoil: (dk) => `${dk.slice(0, -1)}-` },
  ...strangers,
  { name: 'space-first', title: 'with a space before it', spoil: (dk) => ` ${dk.slice(0, 12)}`, trims: true },
  { name: 'space-last', title: 'with a space after it', spoil: (dk) => `${dk.slice(0, 12)} `, trims: true },
  ...neverAllowed,
  { name: 'blank', title: 'of spaces', spoil: () => '        ', always: true, trims: true },
];

/** Faults of `dk`: 5067 where there is none, 5361 where its format is wrong. */
export const dkFaults: readonly Fault[] = [
  missing('absent', 'a request without dk', undefined),
  missing('null', 'a null dk', null),
  missing('empty', 'an empty dk', ''),
  ...malformedDks.map(malformed),
];

function missing(name: string, title: string, value: Json | undefined): Fault {
  return {
    id: `dk/${name}`,
    title,
    breaks: 'dk',
    changes: [draftChange((draft) => withFields(draft, { dk: value }))],
    expect: refusedWith(5067),
    rule: 'dk-given',
  };
}

function malformed(how: Malformed): Fault {
  // Trimmed, a blank dk is none.
  const codes = how.name === 'blank' ? [5361, 5067] : [5361];
  return {
    id: `dk/${how.name}`,
    title: `a dk ${how.title}`,
    breaks: 'dk',
    changes: [withDk((context) => malformedText(how, 'dkPattern', context.fixture.dk, context))],
    expect: {
      ...(how.always === true
        ? refusedWith(codes)
        : refusedWith(codes, { open: [200], openRefusals: 'undocumented', reading: 'dk-format' })),
      anyRefusal: how.trims === true,
      ...(how.isForeign === true && { undocumented: true }),
    },
    rule: how.always === true ? 'dk-malformed' : 'dk-format',
    names: 'another device',
    unless: unlessAllowed(how, 'dkPattern'),
  };
}
