import type { Expectation, Open } from '../../../spec/expectation.ts';
import { refusedUndocumented, refusedWith } from '../../../spec/expectation.ts';
import { matchesPattern } from '../../../spec/pure-bt/dialect.ts';
import type { RuleId } from '../../../spec/pure-bt/rules.ts';
import { withFields } from '../../request.ts';
import { deviceNameOfLength } from '../device-names.ts';
import { productKey } from '../devices.ts';
import type { Change, RequestContext } from '../request.ts';
import { encryptedCode, withDk, withPk } from '../valid-forms.ts';
import type { Fault, Kind, Row } from './fault.ts';
import { draftChange, field, fieldText, makeFault, missing, sealedField, withPlaintext } from './fault.ts';
import type { Malformed, PatternKey } from './malformed.ts';
import { malformedText, malformedWays, textOfEnd, unlessAllowed } from './malformed.ts';
import { flipBit } from './tamper.ts';

const noPk: Kind = { prefix: 'pk', breaks: 'pk', expect: refusedWith(5066), rule: 'pk-given' };

/** Which look-up fails first (product, authorisation, permission) is open; that one fails is not. */
const lookUpFails = refusedWith(5314, {
  siblings: ['unknownDevice'],
  open: [5041, 5229, 5327, 5358],
  openRefusals: 'undocumented',
  reading: 'pk-unknown-code',
});

/** Faults of `pk`: 5066 where there is none, 5314 where nobody knows it. */
export const pkFaults: readonly Fault[] = [
  ...missing(noPk, 'pk', field),
  makeFault(
    { prefix: 'pk', breaks: 'pk', expect: lookUpFails, rule: 'pk-unknown', names: 'another device' },
    'unknown',
    'a pk that no product has',
    withPk(({ random, fixture }) => differentFrom(fixture.pk, productKey(random))),
  ),
];

/** Faults of `dk`: 5067 where there is none, 5361 where its format is wrong. */
export const dkFaults: readonly Fault[] = [
  ...missing({ prefix: 'dk', breaks: 'dk', expect: refusedWith(5067), rule: 'dk-given' }, 'dk', field),
  ...malformed({
    kind: { prefix: 'dk', breaks: 'dk', names: 'another device' },
    what: 'a dk',
    key: 'dkPattern',
    rules: ['dk-malformed', 'dk-format'],
    changes: (text) => [withDk(text)],
    // Trimmed, a blank dk is none.
    expect: ({ name, trims, isForeign }, open) => ({
      ...refusedWith(name === 'blank' ? [5361, 5067] : 5361, { anyRefusal: trims === true, ...open }),
      ...(isForeign === true && { undocumented: true }),
    }),
  }),
];

const plainCode: Kind = { prefix: 'code', breaks: 'bindingCode', expect: refusedWith(5179), rule: 'code-given' };

/** Faults of the plain `bindingCode`: 5179 where neither form is given, 5213 where its format is wrong. */
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
/** That what was decrypted earns 5213 is a reading, even where it must be refused. */
const heldCodeExpected = { siblings: ['bindingCode'], openRefusals: 'any', reading: 'encrypted-code-format' } as const;

/** Faults of what `encryptedBindingCode` holds. The ciphertext sent is signed. */
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
    'an encryptedBindingCode holding nothing',
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

const noRandom: Kind = {
  prefix: 'random',
  breaks: 'random',
  expect: refusedUndocumented(['bindingSecret']),
  rule: 'random-given',
};

const randoms: readonly (readonly [
  name: string,
  title: string,
  sent: (iv: string) => string,
  encryptedUnder?: (iv: string) => string,
])[] = [
  ['too-short', 'a random of 15 characters', (iv) => iv.slice(1)],
  ['too-long', 'a random of 17 characters', (iv) => `${iv}0`],
  ['non-ascii', 'a random of 16 characters and 17 bytes', (iv) => `é${iv.slice(1)}`],
  // Made as a server would read them that mends what is no iv: only its length can tell.
  [
    'padded-with-zeros',
    'a random of 15 characters, read with a zero behind it',
    (iv) => iv.slice(0, 15),
    (iv) => `${iv.slice(0, 15)}\0`,
  ],
  ['cut-to-length', 'a random of 17 characters, read without the last', (iv) => `${iv}0`],
  ['zero-iv', 'a request without random, encrypted under zeros', () => '', () => '\0'.repeat(16)],
  ['changed', 'a random changed after encryption', flipBit],
];

/** Faults of `random`, the initialisation vector. Unsigned, so only what the ciphertexts decrypt to can tell. */
export const randomFaults: readonly Fault[] = [
  ...missing(noRandom, 'random', sealedField),
  ...randoms.map(([name, title, sent, encryptedUnder]) =>
    makeFault(
      { ...noRandom, rule: name === 'changed' ? 'pasting' : 'random-given' },
      name,
      title,
      ...(encryptedUnder === undefined ? [] : [withRandom(encryptedUnder)]),
      sealedField('random', (body) => sent(fieldText(body, 'random')) || undefined),
    ),
  ),
];

const longNames: readonly Row<(limit: number) => number>[] = [
  ['too-long', 'a deviceName one character over the limit', (limit) => limit + 1],
  ['far-too-long', 'a deviceName ten times the limit', (limit) => limit * 10],
];

/** Faults of `deviceName`: over the dialect's limit earns 5333. ASCII only, since the unit is open. */
export const deviceNameFaults: readonly Fault[] = longNames.map(([name, title, length]) => {
  const expect = refusedWith(5333, { open: [200], openRefusals: 'undocumented', reading: 'name-limit' });
  const long = field('deviceName', ({ random, dialect }) =>
    deviceNameOfLength(random, length(dialect.deviceNameLimit)),
  );
  return makeFault({ prefix: 'name', breaks: 'deviceName', expect, rule: 'name-limit' }, name, title, long);
});

/** Of the texts the first one is sent that the dialect's pattern refuses; the first of all where it refuses none. */
const pwds: readonly Row<(context: RequestContext) => readonly string[]>[] = [
  [
    'malformed',
    'a pwd no format allows',
    // No NUL: what becomes of that is open for every field.
    () => ['\u0007\n\t\u0001'.repeat(256), 'x'.repeat(1024), '\u0007 ', '!', 'x'],
  ],
  [
    'too-long',
    'a pwd of one character more than the longest',
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
 * Faults of `pwd`: outside the dialect's pattern earns 5357.
 * The pattern is a reading without a source, so near its bounds a server that accepts is only warned about;
 * what no password format allows is expected to be refused.
 */
export const pwdFaults: readonly Fault[] = pwds.map(([name, title, candidates]) => {
  const rule = name === 'malformed' ? 'pwd-malformed' : 'pwd-format';
  const open: Open = rule === 'pwd-format' ? { open: [200], openRefusals: 'undocumented', reading: rule } : {};
  // It is not the device's pwd either, and for that the document has no code.
  const expect = refusedWith(5357, { siblings: ['pwd'], undocumented: true, ...open });
  const refused = field('pwd', (context) => {
    const texts = candidates(context);
    return texts.find((text) => !matchesPattern(text, 'pwdPattern', context.dialect)) ?? texts[0];
  });
  return makeFault({ prefix: 'pwd', breaks: 'pwd', expect, rule }, name, title, refused);
});

/** A field whose text has a format, and how a malformed one is sent. */
type Formatted = {
  readonly kind: Omit<Kind, 'expect' | 'rule'>;
  /** What its titles start with. */
  readonly what: string;
  readonly key: PatternKey;
  /** The claims: of what no format allows, and of what the pattern refuses. */
  readonly rules: readonly [always: RuleId, byPattern: RuleId];
  readonly changes: (text: (context: RequestContext) => string) => readonly Change[];
  /** What a malformed text earns; `open` is what is left to other patterns. */
  readonly expect: (how: Malformed, open: Open) => Expectation;
};

function malformed({ kind, what, key, rules, changes, expect }: Formatted): readonly Fault[] {
  const [never, byPattern] = rules;
  return malformedWays(key).map((how) => {
    const { name, title, corrupt, always } = how;
    const open: Open = always === true ? {} : { open: [200], openRefusals: 'undocumented', reading: byPattern };
    const rule = always === true ? never : byPattern;
    return makeFault(
      { ...kind, expect: expect(how, open), rule, unless: unlessAllowed(corrupt, key) },
      name,
      `${what} ${title}`,
      ...changes((context) => malformedText(corrupt, key, context)),
    );
  });
}

/** Another random to encrypt under, and to send. */
function withRandom(change: (iv: string) => string): Change {
  return draftChange((draft) => withFields(draft, { random: change(fieldText(draft.fields, 'random')) }));
}

function differentFrom(known: string, made: string): string {
  return made === known ? `${made}0` : made;
}
