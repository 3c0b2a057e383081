import { dkKinds } from '../../../generators/family/devices.ts';
import { textOfEnd } from '../../../generators/family/malformed.ts';
import { type Lengths, patternLengths, textOfLength } from '../../../generators/pattern.ts';
import { draftChange, field } from '../../../generators/pure-bt/faults/fault.ts';
import type { Change, RequestContext } from '../../../generators/pure-bt/request.ts';
import { encryptedCode, forms, inHome, notCommon, withDk } from '../../../generators/pure-bt/valid-forms.ts';
import { type Random, seededRandom } from '../../../generators/random.ts';
import { withFields } from '../../../generators/request.ts';
import { binds, bindsByReading, type Expectation, refusedWith } from '../../../spec/expectation.ts';
import { type Dialect, matchesPattern } from '../../../spec/pure-bt/dialect.ts';
import { bindsByCodeFormat, bindsByFormat, bindsWith, type Case, devices, send, tested } from './steps.ts';

/** The lengths at and next to the ends of the dialect's pattern. */
const dkLengths: readonly (readonly [name: string, title: string, of: (lengths: Lengths) => number | undefined])[] = [
  ['shortest', 'a dk of the shortest length', ({ shortest }) => shortest],
  ['one-over-shortest', 'a dk one character longer than the shortest', ({ shortest }) => shortest + 1],
  ['one-under-longest', 'a dk one character shorter than the longest', ({ longest }) => longest && longest - 1],
  ['longest', 'a dk of the longest length', ({ longest }) => longest],
];

/** Correct requests in every form that the document allows: all of them bind. */
export const validCases: readonly Case[] = [
  tested('bind/plain', 'binds with a plain bindingCode', 'success', [bindsWith('a correct request')], {
    essential: true,
  }),
  ...forms.map(({ id, title, changes, reading }) => {
    const expect = reading === undefined ? formExpected(id) : bindsByReading(reading);
    return tested(`bind/${id}`, `binds with ${title}`, reading ?? 'optional-fields', [send(title, changes, expect)], {
      ...(id === 'code/encrypted' && { essential: true as const }),
    });
  }),
  bindsInHome('home', 'binds in a home and a room', 'a request with fid and frid'),
  bindsInHome(
    'home-encrypted',
    'binds in a home with an encrypted bindingCode',
    'a request with fid and encryptedBindingCode',
    encryptedCode,
  ),
  {
    ...bindsInHome(
      'home-not-common',
      'binds in a home without the common-device list',
      'a request with fid and isCommonDevice false',
      notCommon,
    ),
    rule: 'home-common-list',
  },
  ...Object.entries(dkKinds).map(([kind, dk]) => ({
    ...bindsDk(kind, `a dk: ${kind.replaceAll('-', ' ')}`, (_, random) => dk(random)),
    unless: (dialect: Dialect) =>
      matchesPattern(dk(seededRandom(0, kind)), 'dkPattern', dialect)
        ? undefined
        : `dkPattern ${dialect.dkPattern} does not allow it`,
  })),
  ...dkLengths.map(([name, title, chooseLength]) => {
    const text = ({ dkPattern }: Dialect, random: Random): string | undefined => {
      const length = chooseLength(patternLengths(dkPattern) ?? { shortest: 0, longest: undefined });
      return length === undefined ? undefined : textOfLength(dkPattern, length, random);
    };
    return {
      ...bindsDk(name, title, text),
      unless: (dialect: Dialect) =>
        text(dialect, seededRandom(0, name)) === undefined
          ? `dkPattern ${dialect.dkPattern} does not allow this length`
          : undefined,
    };
  }),
  tested('answer/content-type', 'answers with a JSON media type', 'content-type', [
    send('a correct request', [], { ...binds, reading: 'content-type' }),
  ]),
  tested(
    'answer/refusal-data',
    'sends no data in a refusal',
    'refusal-data',
    [send('a request without a dk', [field('dk', () => undefined)], { ...refusedWith(5067), reading: 'refusal-data' })],
    { code: 5067 },
  ),
  ...(['shortest', 'longest'] as const).map((end) => bindsCodeOfLength(end)),
  bindsPwd('given', 'a pwd of letters and digits', () => 'Secret123'),
  bindsPwd('one-character', 'a pwd of the shortest length', pwdOfLength('shortest')),
  bindsPwd('longest', 'a pwd of the longest length', pwdOfLength('longest')),
  bindsPwd('all-printable', 'a pwd of tilde and space', () => ' ~Secret~ '),
  bindsPwd('punctuation', 'a pwd with spaces and punctuation', () => 'p w+/=&%"\\#'),
];

/** A valid form binds; until the limit is declared, whether a name is within it is a reading. */
function formExpected(id: string): Expectation {
  return id.startsWith('name/') ? { ...binds, open: [5333], reading: 'name-limit' } : binds;
}

function bindsInHome(name: string, title: string, what: string, ...changes: readonly Change[]): Case {
  return tested(`bind/${name}`, title, 'success', [bindsWith(what, inHome, ...changes)], {
    given: devices.readyInHome,
  });
}

function bindsDk(name: string, what: string, dk: (dialect: Dialect, random: Random) => string | undefined): Case {
  const change = withDk(({ dialect, random }) => dk(dialect, random) ?? '');
  return tested(`bind/dk/${name}`, `binds ${what}`, 'dk-format', [send(what, [change], bindsByFormat)], {
    given: devices.any,
  });
}

function bindsCodeOfLength(end: keyof Lengths): Case {
  const what = `a bindingCode of the ${end} length`;
  const code = field('bindingCode', ({ dialect, random }) => textOfEnd(end, dialect.bindingCodePattern, random) ?? '');
  return tested(`bind/code/${end}`, `binds with ${what}`, 'code-format', [send(what, [code], bindsByCodeFormat)], {
    given: devices.any,
    unless: ({ bindingCodePattern }) =>
      patternLengths(bindingCodePattern)?.[end] === undefined
        ? `bindingCodePattern ${bindingCodePattern} has no ${end} length`
        : undefined,
  });
}

/** A pwd with the shortest or longest length of the dialect's pattern; 64 characters if there is no limit. */
function pwdOfLength(end: keyof Lengths): (context: RequestContext) => string {
  return ({ dialect: { pwdPattern }, random }) =>
    textOfLength(pwdPattern, patternLengths(pwdPattern)?.[end] ?? 64, random) ?? '';
}

/** The document leaves open whether a device without a password accepts a pwd, and its format; but a pwd is always signed. */
function bindsPwd(name: string, title: string, pwd: (context: RequestContext) => string): Case {
  const change = draftChange((draft, context) => {
    const value = pwd(context);
    return context.fixture.pwd === undefined && matchesPattern(value, 'pwdPattern', context.dialect)
      ? withFields(draft, { pwd: value })
      : draft;
  });
  const expect: Expectation = { ...binds, openRefusals: 'any', reading: 'pwd-format' };
  return tested(`bind/pwd/${name}`, `binds with ${title}`, 'pwd-format', [send(title, [change], expect)]);
}
