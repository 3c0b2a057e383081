import { definedOnly } from '../../../spec/defined-only.ts';
import { type Dialect, settingValue } from '../../../spec/dialect.ts';
import { type Expectation, eitherWay, refusedAnyhow, refusedWith, underReading } from '../../../spec/expectation.ts';
import {
  checkKey,
  type Declared,
  type DeclaredCheck,
  type DeclaredField,
  fieldNamed,
} from '../../../spec/family/declared/model.ts';
import { ruleOf } from '../../../spec/family/declared/rules.ts';
import type { Change, Json, NamedRequest, RequestContext } from '../../request.ts';
import { malformedText, malformedWays, unlessAllowed } from '../malformed.ts';
import { tokenWays } from '../token-ways.ts';
import { idOf } from './forms.ts';
import { addField, setField } from './request.ts';

/** One way to break a request of an operation that is data; all its other parts are right. */
export type DeclaredFault = NamedRequest & {
  readonly expect: (dialect: Dialect) => Expectation;
  readonly rule: string;
  /** The documented code that it tests; undefined if the page has none for it. */
  readonly code: number | undefined;
  /** The check that finds it, by its key; undefined if no check of the page does. */
  readonly check?: string;
  /** The request names a device without a record, so a server may report that first. */
  readonly namesAnother?: true;
  readonly unless?: (dialect: Dialect) => string | undefined;
};

/** Every fault of a request: those of the checks, in their order, then required fields without a check. */
export function declaredFaults(declared: Declared): readonly DeclaredFault[] {
  const { checks } = declared.declaration;
  const checked = checks.flatMap((check) => {
    if (check.token !== undefined) return tokenFaults(check, declared);
    const field = fieldNamed(check.absent ?? check.malformed ?? check.longer ?? '', declared);
    if (field === undefined) return [];
    if (check.absent !== undefined) return absentFaults(check, field, declared);
    return check.malformed === undefined ? longFaults(check, field, declared) : malformedFaults(check, field, declared);
  });
  const unchecked = declared.fields.filter(
    ({ always, place, name }) => always && place !== 'path' && !checks.some(({ absent }) => absent === name),
  );
  return [...checked, ...unchecked.map(withoutCode)];
}

/**
 * The right outcomes of a check's fault or state: only its code if the page says it. While it is guessed, every other outcome
 * warns; with `guesses=open`, every outcome is right.
 * @param accepts whether success may be right too, if it is guessed.
 */
export function outcomeOf(
  check: DeclaredCheck,
  declared: Declared,
  more: Partial<Expectation> = {},
  accepts = true,
): (dialect: Dialect) => Expectation {
  const known = refusedWith(check.code, more);
  if (check.guess !== true) return () => known;
  const guessed: Expectation = {
    ...known,
    open: accepts ? [200] : [],
    openRefusals: 'any',
    reading: ruleOf(check, declared),
    overHttp: true,
  };
  const open = accepts ? eitherWay : { ...refusedAnyhow, codes: [check.code] };
  return (dialect) => (settingValue('guesses', dialect) === 'open' ? open : guessed);
}

/** What the faults of a check have in common. */
function ofCheck(check: DeclaredCheck, declared: Declared): Omit<DeclaredFault, 'id' | 'title' | 'changes'> {
  const { code } = check;
  return { code, check: checkKey(check), rule: ruleOf(check, declared), expect: outcomeOf(check, declared) };
}

function tokenFaults(check: DeclaredCheck, declared: Declared): readonly DeclaredFault[] {
  const { checks } = declared.declaration;
  const codeFor = (what: 'missing' | 'bad'): readonly number[] =>
    checks.flatMap(({ token, code }) => (token === what ? [code] : []));
  return tokenWays
    .filter(({ is }) => is[0] === check.token)
    .map(({ name, title, is, change, needs }) => {
      const codes = is.flatMap(codeFor);
      // Without a code for the other reading, any refusal is right for it.
      const more = { codes, ...(is.length > 1 && codes.length < 2 && { anyRefusal: true }) };
      return {
        ...ofCheck(check, declared),
        id: `token/${name}`,
        title,
        changes: [{ at: 'token', apply: (token, { keys }) => change(token, keys) }] satisfies readonly Change[],
        expect: outcomeOf(check, declared, more, false),
        ...definedOnly({ needs }),
      };
    });
}

/** A field that is absent, empty, or null in JSON; all count as absent. */
function absentFaults(check: DeclaredCheck, field: DeclaredField, declared: Declared): readonly DeclaredFault[] {
  const around = field.always ? [] : (addField(declared, field.name) ?? []);
  const ways: readonly (readonly [string, string, Json | undefined])[] = [
    ['absent', `a request without ${field.name}`, undefined],
    ...(field.place === 'body' && field.type !== 'string' ? [] : [['empty', `an empty ${field.name}`, ''] as const]),
    ...(field.place === 'body' ? [['null', `a null ${field.name}`, null] as const] : []),
  ];
  // Without an object, its fields are missing too, and a server may look for them first.
  const inner = declared.declaration.checks.filter((one) => isInside(fieldNamed(one.absent ?? '', declared), field));
  const codes = [check, ...inner].map(({ code }) => code);
  return ways.map(([name, title, value]) => ({
    ...ofCheck(check, declared),
    id: `${idOf(field)}/${name}`,
    title,
    changes: [...around, setField(field, () => value)],
    // The page requires the field, so success is wrong even if the code is guessed.
    expect: outcomeOf(check, declared, { codes }, name !== 'absent'),
  }));
}

function isInside(field: DeclaredField | undefined, outer: DeclaredField): boolean {
  const isDeeper = field !== undefined && field.place === outer.place && field.steps.length > outer.steps.length;
  return isDeeper && outer.steps.every((step, at) => step === field.steps[at]);
}

function longFaults(check: DeclaredCheck, field: DeclaredField, declared: Declared): readonly DeclaredFault[] {
  const isName = field.facts.is === 'deviceName';
  const fault = (name: string, title: string, length: (dialect: Dialect) => number): DeclaredFault => {
    const long = setField(field, ({ random, dialect }) =>
      random.string.alpha(Math.min(length(dialect), field.place === 'body' ? 100_000 : 6_000)),
    );
    const changes = [...(addField(declared, field.name) ?? []), long];
    return { ...ofCheck(check, declared), id: `${idOf(field)}/${name}`, title, changes };
  };
  const overLimit = fault('too-long', `a ${field.name} one character over the limit`, (dialect) =>
    isName ? Number(settingValue('deviceNameLimit', dialect)) + 1 : (check.limit ?? 0) + 1,
  );
  const far = fault('far-too-long', `a very long ${field.name}`, () => 100_000);
  const byLimit = refusedWith(check.code, underReading('name-limit', 200));
  const isKnown = isName && check.guess !== true;
  return [
    isName ? { ...overLimit, rule: 'name-limit', expect: () => byLimit } : overLimit,
    {
      ...far,
      ...(isKnown && { rule: 'name-limited' }),
      // A server may refuse such a long URL or body before it reads the field.
      expect: (dialect) => ({ ...(isKnown ? refusedWith(check.code) : far.expect(dialect)), overHttp: true }),
    },
  ];
}

function malformedFaults(check: DeclaredCheck, field: DeclaredField, declared: Declared): readonly DeclaredFault[] {
  const { is } = field.facts;
  const around = field.always ? [] : (addField(declared, field.name) ?? []);
  const fault = (name: string, title: string, value: (context: RequestContext) => Json): DeclaredFault => ({
    ...ofCheck(check, declared),
    id: `${idOf(field)}/${name}`,
    title: `a ${field.name} ${title}`,
    changes: [...around, setField(field, value)],
  });
  if (is !== 'dk' && is !== 'bindingCode') return plainlyMalformed.map((row) => fault(...row));
  const isDk = is === 'dk';
  const key = isDk ? 'dkPattern' : 'bindingCodePattern';
  const reading = isDk ? 'dk-format' : 'code-format';
  /** What a server may find first. */
  const elsewhere: Partial<Expectation> = isDk ? namingAnother(check.code, declared) : { anyRefusal: true };
  const byPattern: Partial<DeclaredFault> = {
    rule: reading,
    expect: () => ({
      ...refusedWith(check.code, underReading(reading, 200)),
      ...elsewhere,
    }),
  };
  const never: Partial<DeclaredFault> = {
    ...(isDk && check.guess !== true && { rule: 'dk-malformed' }),
    expect: outcomeOf(check, declared, elsewhere),
  };
  return malformedWays(key).map(({ name, title, corrupt, always }) => ({
    ...fault(name, title, (context) => malformedText(corrupt, key, context)),
    ...(always === true ? never : byPattern),
    ...(isDk && { namesAnother: true as const }),
    unless: unlessAllowed(corrupt, key),
  }));
}

/** Texts that are wrong in every format. */
const plainlyMalformed: readonly (readonly [string, string, (context: RequestContext) => Json])[] = [
  ['control-character', 'with a control character', ({ random }) => `${random.string.alphanumeric(4)}\u0007`],
  ['newline', 'on two lines', ({ random }) => `${random.string.alphanumeric(4)}\n-`],
  ['blank', 'of spaces', () => '        '],
  ['far-too-long', 'of 1,000 characters', ({ random }) => random.string.alphanumeric(1_000)],
];

/** The outcomes for a device without a record, in addition to a fault's own code: a server may look for the record first. */
function namingAnother(code: number, { declaration }: Declared): Partial<Expectation> {
  const { checks, effect } = declaration;
  const first = checks.filter(
    ({ state, repeat }) => state === 'a device the cloud cannot look up' || (effect === 'once' && repeat === true),
  );
  return { codes: [code, ...first.map((check) => check.code)], siblings: ['unknownDevice'], undocumented: true };
}

/** The page requires the field and has no code for its absence. */
function withoutCode(field: DeclaredField): DeclaredFault {
  return {
    id: `${idOf(field)}/absent`,
    title: `a request without ${field.name || 'a body'}`,
    changes: [setField(field, () => undefined)],
    expect: () => refusedAnyhow,
    rule: 'required-fields',
    code: undefined,
  };
}
