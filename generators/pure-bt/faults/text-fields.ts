import { type Expectation, type Open, refusedWith, underReading } from '../../../spec/expectation.ts';
import { type Dialect, matchesPattern } from '../../../spec/pure-bt/dialect.ts';
import type { RuleId } from '../../../spec/pure-bt/rules.ts';
import { productKey } from '../../family/devices.ts';
import {
  type Malformed,
  malformedText,
  malformedWays,
  notAFault,
  type PatternKey,
  textOfEnd,
  unlessAllowed,
} from '../../family/malformed.ts';
import { seededRandom } from '../../random.ts';
import type { Change, RequestContext } from '../request.ts';
import { encryptedCode, withDk, withPk } from '../valid-forms.ts';
import { type Fault, field, type Kind, makeFault, missing, type Row, withPlaintext } from './fault.ts';

const noPk: Kind = { prefix: 'pk', breaks: 'pk', expect: refusedWith(5066), rule: 'pk-given' };

/** It is open which look-up fails first (product, authorisation, permission), but one must fail. */
const lookUpFails = refusedWith(5314, {
  siblings: ['unknownDevice'],
  ...underReading('pk-unknown-code', 5041, 5229, 5327, 5358),
});

/** Faults of `pk`: 5066 if it is missing, 5314 if it is unknown. */
export const pkFaults: readonly Fault[] = [
  ...missing(noPk, 'pk', field),
  makeFault(
    { prefix: 'pk', breaks: 'pk', expect: lookUpFails, rule: 'pk-unknown', names: 'another device' },
    'unknown',
    'a pk that no product has',
    withPk(({ random, fixture }) => {
      const made = productKey(random);
      return made === fixture.pk ? `${made}0` : made;
    }),
  ),
];

/** Faults of `dk`: 5067 if it is missing, 5361 if its format is wrong. */
export const dkFaults: readonly Fault[] = [
  ...missing({ prefix: 'dk', breaks: 'dk', expect: refusedWith(5067), rule: 'dk-given' }, 'dk', field),
  ...malformed({
    kind: { prefix: 'dk', breaks: 'dk', names: 'another device' },
    what: 'a dk',
    key: 'dkPattern',
    rules: ['dk-malformed', 'dk-format'],
    changes: (text) => [withDk(text)],
    // After trimming, a blank dk is missing.
    expect: ({ name, trims, breaksSecret }, open) => ({
      ...refusedWith(name === 'blank' ? [5361, 5067] : 5361, { anyRefusal: trims === true, ...open }),
      ...(breaksSecret === true && { undocumented: true }),
    }),
  }),
];

const plainCode: Kind = { prefix: 'code', breaks: 'bindingCode', expect: refusedWith(5179), rule: 'code-given' };

/** Faults of the plain `bindingCode`: 5179 if neither form is given, 5213 if its format is wrong. */
export const bindingCodeFaults: readonly Fault[] = [
  ...missing(plainCode, 'bindingCode', field, {
    without: 'with neither form of the bindingCode',
    behind: ' and no encrypted one',
  }),
  ...malformed({
    kind: { prefix: 'code', breaks: 'bindingCode', names: 'another code' },
    what: 'a bindingCode',
    key: 'bindingCodePattern',
    rules: ['code-malformed', 'code-format'],
    changes: (text) => [field('bindingCode', text)],
    expect: ({ trims }, open) => refusedWith(5213, { siblings: ['bindingCode'], anyRefusal: trims === true, ...open }),
  }),
];

const heldCode = { prefix: 'encrypted-code', breaks: 'encryptedBindingCode', names: 'another code' } as const;
/** No source names a code for a wrong decrypted value, so any refusal is right, also if the format is declared. */
const heldCodeExpected = { siblings: ['bindingCode'], anyRefusal: true, reading: 'encrypted-code-format' } as const;

/** Faults of the plaintext of `encryptedBindingCode`. The signature covers the ciphertext as sent. */
export const heldCodeFaults: readonly Fault[] = [
  ...malformed({
    kind: heldCode,
    what: 'an encryptedBindingCode holding a code',
    key: 'bindingCodePattern',
    rules: ['code-malformed', 'encrypted-code-format'],
    changes: (text) => [encryptedCode, withPlaintext('encryptedBindingCode', text)],
    expect: (_, open) => refusedWith(5213, { ...open, ...heldCodeExpected }),
  }),
  makeFault(
    { ...heldCode, expect: refusedWith(5213, heldCodeExpected), rule: 'code-malformed' },
    'nothing',
    'an encryptedBindingCode holding an empty text',
    encryptedCode,
    withPlaintext('encryptedBindingCode', () => ''),
  ),
  makeFault(
    {
      prefix: 'encrypted-code',
      breaks: 'encryptedBindingCode',
      expect: refusedWith([5179, 5213], { siblings: ['bindingCode'], anyRefusal: true }),
      rule: 'code-given',
    },
    'empty',
    'an empty encryptedBindingCode and no plain one',
    field('bindingCode', () => undefined),
    field('encryptedBindingCode', () => ''),
  ),
];

const longNames: readonly Row<(limit: number) => number>[] = [
  ['too-long', 'a deviceName one character over the limit', (limit) => limit + 1],
  ['far-too-long', 'a deviceName ten times the limit', (limit) => limit * 10],
];

/** Faults of `deviceName`: a name over the dialect's limit, refused with 5333. Only ASCII, because the unit is open. */
export const deviceNameFaults: readonly Fault[] = longNames.map(([name, title, length]) => {
  const expect = refusedWith(5333, underReading('name-limit', 200));
  const long = field('deviceName', ({ random, dialect }) => random.string.alpha(length(dialect.deviceNameLimit)));
  return makeFault({ prefix: 'name', breaks: 'deviceName', expect, rule: 'name-limit' }, name, title, long);
});

/** The first text that the dialect's pattern refuses is sent. If it refuses none, there is no fault. */
const pwds: readonly Row<(context: Pick<RequestContext, 'dialect' | 'random'>) => readonly string[]>[] = [
  [
    'malformed',
    'a pwd that no format allows',
    // No NUL, because its meaning is open for every field.
    () => ['\u0007\n\t\u0001'.repeat(256), 'x'.repeat(1024), '\u0007 ', '!', 'x'],
  ],
  [
    'too-long',
    'a pwd one character longer than the longest',
    ({ dialect, random: { string }, random }) => [
      `${textOfEnd('longest', dialect.pwdPattern, random) ?? ''}x`,
      string.alphanumeric(65),
      string.alphanumeric(1024),
    ],
  ],
  [
    'control-character',
    'a pwd with a control character',
    ({ random: { string } }) => [`${string.alphanumeric(4)}\u0007${string.alphanumeric(3)}`, '\u0007'.repeat(65)],
  ],
  ['non-ascii', 'a pwd with non-ASCII letters', () => ['pässwörd', '密码'.repeat(64)]],
];

/**
 * Faults of `pwd`: a text that the dialect's pattern refuses, with code 5357.
 * The pattern is a reading without a source, so accepting a text near its limits is only a warning. A text that no
 * password format allows must be refused.
 */
export const pwdFaults: readonly Fault[] = pwds.map(([name, title, candidates]) => {
  const rule = name === 'malformed' ? 'pwd-malformed' : 'pwd-format';
  const open: Open = rule === 'pwd-format' ? underReading(rule, 200) : {};
  // It is also not the device's pwd, and the document has no code for that.
  const expect = refusedWith(5357, { siblings: ['pwd'], undocumented: true, ...open });
  const refused = (context: Pick<RequestContext, 'dialect' | 'random'>): string | undefined =>
    candidates(context).find((text) => !matchesPattern(text, 'pwdPattern', context.dialect));
  const unless = (dialect: Dialect): string | undefined =>
    refused({ dialect, random: seededRandom(0, 'pwd', name) }) === undefined
      ? notAFault('pwdPattern', dialect)
      : undefined;
  return makeFault({ prefix: 'pwd', breaks: 'pwd', expect, rule, unless }, name, title, field('pwd', refused));
});

/** A field with a format, and how a malformed text is sent in it. */
type Formatted = {
  readonly kind: Omit<Kind, 'expect' | 'rule'>;
  /** The start of its titles. */
  readonly what: string;
  readonly key: PatternKey;
  /** The claims: one for texts that no format allows, one for texts that the pattern refuses. */
  readonly rules: readonly [always: RuleId, byPattern: RuleId];
  readonly changes: (text: (context: RequestContext) => string) => readonly Change[];
  /** The right outcome for a malformed text; `open` has the outcomes under other patterns. */
  readonly expect: (how: Malformed, open: Open) => Expectation;
};

function malformed({ kind, what, key, rules, changes, expect }: Formatted): readonly Fault[] {
  const [never, byPattern] = rules;
  return malformedWays(key).map((how) => {
    const { name, title, corrupt, always } = how;
    const open: Open = always === true ? {} : underReading(byPattern, 200);
    const rule = always === true ? never : byPattern;
    return makeFault(
      { ...kind, expect: expect(how, open), rule, unless: unlessAllowed(corrupt, key) },
      name,
      `${what} ${title}`,
      ...changes((context) => malformedText(corrupt, key, context)),
    );
  });
}
