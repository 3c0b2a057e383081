import type { Lengths } from '../../../generators/pattern.ts';
import { lengthsOf, textOfLength } from '../../../generators/pattern.ts';
import { dkKinds } from '../../../generators/pure-bt/devices.ts';
import { draftChange, field } from '../../../generators/pure-bt/faults/fault.ts';
import { encryptedCode, forms, inHome, withDk } from '../../../generators/pure-bt/forms.ts';
import type { Change, RequestContext } from '../../../generators/pure-bt/request.ts';
import type { Random } from '../../../generators/random.ts';
import { seededRandom } from '../../../generators/random.ts';
import { withFields } from '../../../generators/request.ts';
import type { Expectation } from '../../../spec/expectation.ts';
import { binds, bindsByReading, refusedWith } from '../../../spec/expectation.ts';
import type { Dialect } from '../../../spec/pure-bt/dialect.ts';
import { matchesPattern } from '../../../spec/pure-bt/dialect.ts';
import type { RuleId } from '../../../spec/pure-bt/rules.ts';
import type { Case } from './steps.ts';
import { bindsWith, send } from './steps.ts';

/** A bindingCode of a length at an end of the dialect's pattern. */
function ofLength(end: 'shortest' | 'longest'): Change {
  return draftChange((draft, { dialect, random }) => {
    const length = lengthsOf(dialect.bindingCodePattern)?.[end] ?? 0;
    return withFields(draft, { bindingCode: textOfLength(dialect.bindingCodePattern, length, random) ?? '' });
  });
}

/** A pwd of a length at an end of the dialect's pattern; without a bound, of 64 characters. */
function ofPwdLength(end: 'shortest' | 'longest'): (context: RequestContext) => string {
  return ({ dialect, random }) => {
    const length = lengthsOf(dialect.pwdPattern)?.[end] ?? 64;
    return textOfLength(dialect.pwdPattern, length, random) ?? '';
  };
}

const dkExpected: Expectation = { ...binds, open: [5314, 5361], openRefusals: 'undocumented', reading: 'dk-format' };

/** The lengths at and next to the ends of the dialect's pattern. */
const dkLengths: readonly (readonly [
  name: string,
  title: string,
  of: (lengths: Lengths | undefined) => number | undefined,
])[] = [
  ['shortest', 'a dk of the shortest length', (lengths) => lengths?.shortest],
  ['one-over-shortest', 'a dk one character over the shortest', (lengths) => (lengths?.shortest ?? 0) + 1],
  ['one-under-longest', 'a dk one character under the longest', ({ longest } = none) => longest && longest - 1],
  ['longest', 'a dk of the longest length', ({ longest } = none) => longest],
];
const none: Lengths = { shortest: 0, longest: undefined };

/** Correct requests, in every form the document allows: all of them bind. */
export const validCases: readonly Case[] = [
  {
    ...valid('bind/plain', 'binds with a plain bindingCode', 'success', bindsWith('a correct request')),
    essential: true,
  },
  ...forms.map(({ id, title, change, reading }) =>
    reading === undefined
      ? {
          ...valid(`bind/${id}`, `binds with ${title}`, 'optional-fields', send(title, [change], formExpected(id))),
          ...(id === 'code/encrypted' && { essential: true as const }),
        }
      : valid(`bind/${id}`, `binds with ${title}`, reading, send(title, [change], bindsByReading(reading))),
  ),
  {
    ...valid('bind/home', 'binds in a home and a room', 'success', bindsWith('a request with fid and frid', inHome)),
    given: 'a device ready to bind in a home',
  },
  {
    ...valid(
      'bind/home-encrypted',
      'binds in a home with an encrypted bindingCode',
      'success',
      bindsWith('a request with fid and encryptedBindingCode', inHome, encryptedCode),
    ),
    given: 'a device ready to bind in a home',
  },
  {
    ...valid(
      'bind/home-not-common',
      'binds in a home without the common-device list',
      'home-common-list',
      bindsWith(
        'a request with fid and isCommonDevice false',
        inHome,
        field('isCommonDevice', () => false),
      ),
    ),
    given: 'a device ready to bind in a home',
  },
  ...Object.entries(dkKinds).map(([kind, dk]) => ({
    ...validDk(`bind/dk/${kind}`, `a dk: ${kind.replaceAll('-', ' ')}`, (_, random) => dk(random)),
    unless: (dialect: Dialect) =>
      matchesPattern(dk(seededRandom(0, kind)), 'dkPattern', dialect)
        ? undefined
        : `dkPattern ${dialect.dkPattern} refuses it`,
  })),
  ...dkLengths.map(([name, title, lengthOf]) => {
    const text = (dialect: Dialect, random: Random): string | undefined => {
      const length = lengthOf(lengthsOf(dialect.dkPattern));
      return length === undefined ? undefined : textOfLength(dialect.dkPattern, length, random);
    };
    return {
      ...validDk(`bind/dk/${name}`, title, (dialect, random) => text(dialect, random) ?? ''),
      unless: (dialect: Dialect) =>
        text(dialect, seededRandom(0, name)) === undefined
          ? `dkPattern ${dialect.dkPattern} has no such length`
          : undefined,
    };
  }),
  valid(
    'answer/content-type',
    'names a JSON media type',
    'content-type',
    send('a correct request', [], { ...binds, reading: 'content-type' }),
  ),
  {
    ...valid(
      'answer/refusal-data',
      'carries no data in a refusal',
      'refusal-data',
      send('a request without a dk', [field('dk', () => undefined)], { ...refusedWith(5067), reading: 'refusal-data' }),
    ),
    code: 5067,
  },
  ...(['shortest', 'longest'] as const).map((name) => ({
    ...valid(
      `bind/code/${name}`,
      `binds with a bindingCode of the ${name} length`,
      'code-format',
      send(`a bindingCode of the ${name} length`, [ofLength(name)], {
        ...{ ...binds, open: [5213], openRefusals: 'undocumented' as const, reading: 'code-format' as const },
      }),
    ),
    given: 'a product whose every device is ready to bind' as const,
    unless: ({ bindingCodePattern }: Dialect) =>
      lengthsOf(bindingCodePattern)?.[name] === undefined
        ? `bindingCodePattern ${bindingCodePattern} has no ${name} length`
        : undefined,
  })),
  pwd('given', 'a pwd of letters and digits', () => 'Secret123'),
  pwd('one-character', 'a pwd of the shortest length', ofPwdLength('shortest')),
  pwd('longest', 'a pwd of the longest length', ofPwdLength('longest')),
  pwd('all-printable', 'a pwd of tilde and space', () => ' ~Secret~ '),
  pwd('punctuation', 'a pwd with spaces and punctuation', () => 'p w+/=&%"\\#'),
];

/** A valid form binds; that a name is within the limit is a reading, until the limit is declared. */
function formExpected(id: string): Expectation {
  return id.startsWith('name/') ? { ...binds, open: [5333], reading: 'name-limit' } : binds;
}

/** Whether a device without a password takes one, and in which format, is open; that a given one is signed is not. */
function pwd(name: string, title: string, pwdFor: (context: RequestContext) => string): Case {
  return valid(
    `bind/pwd/${name}`,
    `binds with ${title}`,
    'pwd-format',
    send(
      title,
      [
        draftChange((draft, context) => {
          const value = pwdFor(context);
          return context.fixture.pwd === undefined && matchesPattern(value, 'pwdPattern', context.dialect)
            ? withFields(draft, { pwd: value })
            : draft;
        }),
      ],
      { ...binds, openRefusals: 'any', reading: 'pwd-format' },
    ),
  );
}

function validDk(id: string, what: string, dk: (dialect: Dialect, random: Random) => string): Case {
  const change = withDk(({ dialect, random }) => dk(dialect, random));
  return {
    ...valid(id, `binds ${what}`, 'dk-format', send(what, [change], dkExpected)),
    given: 'a product whose every device is ready to bind',
  };
}

function valid(id: string, title: string, rule: RuleId, step: Case['steps'][number]): Case {
  return { id, code: 200, title, rule, given: 'a device ready to bind', steps: [step] };
}
