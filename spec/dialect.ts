import type { Operation, Setting } from './operation.ts';

/**
 * One reading of everything that an operation's page leaves open: a value for each of the operation's settings.
 * These three settings exist for every operation of the family; an operation's own dialect adds more.
 */
export type Dialect = {
  /** The operation that the dialect belongs to. */
  readonly operation: Operation;
  /** Settings given by the user, even with the default value: a difference from them fails, not only warns. */
  readonly declared: readonly string[];
  readonly successCode: 200 | 0 | 'any';
  readonly refusalStatus: 200 | 'any';
  readonly siblingCodes: 'accept' | 'refuse';
};

/** A setting with a few values, the default first. */
export function oneOf<const Choices extends readonly [string | number, ...(string | number)[]]>(setting: {
  readonly choices: Choices;
  readonly decisive?: readonly NoInfer<Choices[number]>[];
  readonly question: string;
  readonly source: string;
}): Setting<Choices[number]> {
  return {
    ...setting,
    default: setting.choices[0],
    choices: setting.choices.join(' | '),
    values: setting.choices,
    read: (text) => setting.choices.find((choice) => String(choice) === text),
  };
}

/** A setting with the source of a regular expression that must match the complete text. */
export function pattern(value: string, question: string, source: string): Setting<string> {
  return {
    default: value,
    choices: value,
    question,
    source,
    read: (text) => (text !== '' && compiles(text) ? text : undefined),
  };
}

/** Whether a setting's value is a regular expression. */
export function isPattern(setting: Setting): boolean {
  return typeof setting.default === 'string' && setting.values === undefined;
}

/** The settings that every operation of the family has. */
export const familySettings: {
  readonly [Key in 'successCode' | 'refusalStatus' | 'siblingCodes']: Setting<Dialect[Key]>;
} = {
  successCode: oneOf({
    choices: [200, 0, 'any'],
    decisive: [200, 0],
    question: 'Which code in the body means success?',
    source: 'status table, first row: 200; the response example shows 0, as on every page of the family',
  }),
  refusalStatus: oneOf({
    choices: [200, 'any'],
    question: 'May a refusal have an HTTP status other than 200?',
    source: 'every page of the family: errors have HTTP 200 and a code in the body',
  }),
  siblingCodes: oneOf({
    choices: ['accept', 'refuse'],
    question: 'May a refusal use a code from a sibling page?',
    source: 'sibling pages have codes for faults that this page has no code for',
  }),
};

/** An operation's dialect with every setting at its default and no setting declared. */
export function makeDefaultDialect(operation: Operation): Dialect {
  const defaults = Object.entries(operation.settings).map(([key, setting]) => [key, setting.default]);
  return { ...Object.fromEntries(defaults), operation, declared: [] } as Dialect;
}

/** The names of a dialect's settings. */
export function settingNames({ operation }: Pick<Dialect, 'operation'>): readonly string[] {
  return Object.keys(operation.settings);
}

/** The value of a setting. @throws Error if the operation has no such setting. */
export function settingValue(key: string, dialect: Dialect): string | number {
  const value = (dialect as Readonly<Record<string, unknown>>)[key];
  if (typeof value === 'string' || typeof value === 'number') return value;
  throw new Error(`${dialect.operation.id} has no dialect setting ${key}`);
}

/** A dialect with some settings replaced, or the problem of the first invalid one. */
export function readSettings<Known extends Dialect>(
  values: Readonly<Record<string, unknown>>,
  base: Known,
): { readonly dialect: Known } | { readonly problem: string } {
  const { settings } = base.operation;
  const keys = settingNames(base);
  const changes: Record<string, unknown> = {};
  for (const [key, raw] of Object.entries(values)) {
    const setting = Object.hasOwn(settings, key) ? settings[key] : undefined;
    if (setting === undefined) {
      return { problem: `unknown dialect setting "${key}"; the settings are ${keys.join(', ')}` };
    }
    const scalar = typeof raw === 'string' || typeof raw === 'number' ? String(raw) : undefined;
    const value = scalar === undefined ? undefined : setting.read(scalar);
    if (value === undefined) {
      const why = isPattern(setting)
        ? 'is not a regular expression; an example is'
        : 'is not one of its values; choose';
      return { problem: `dialect ${key}: ${JSON.stringify(raw)} ${why} ${setting.choices}` };
    }
    changes[key] = value;
  }
  const declared = keys.filter((key) => base.declared.includes(key) || Object.hasOwn(changes, key));
  return { dialect: { ...base, ...changes, declared } };
}

/** The dialect with every setting declared at its current value, as if the user had given them all. */
export function declareAll<Known extends Dialect>(dialect: Known): Known {
  return { ...dialect, declared: settingNames(dialect) };
}

/** Whether a setting is part of the user's contract: it was given, or it differs from the default. */
export function isDeclared(key: string, dialect: Dialect): boolean {
  return dialect.declared.includes(key) || settingValue(key, dialect) !== dialect.operation.settings[key]?.default;
}

/**
 * What to write after `--dialect` if a server differs from a reading. `accept` makes the server's answer right; the user
 * fills in a pattern or a limit; it is absent if the user has declared one: then the server differs from it. `require` makes
 * this run's reading part of the contract; it is absent if it already is.
 */
export function settingLines(key: string, dialect: Dialect): { readonly accept?: string; readonly require?: string } {
  const { values, default: value } = dialect.operation.settings[key] ?? {};
  const current = settingValue(key, dialect);
  const declared = isDeclared(key, dialect);
  const own = typeof value === 'number' ? '<your limit>' : '<your pattern>';
  const other = values?.find((choice) => choice !== current) ?? (declared ? undefined : own);
  return {
    ...(other === undefined ? {} : { accept: `${key}=${other}` }),
    ...(declared ? {} : { require: `${key}=${current}` }),
  };
}

/** Only the values of a dialect's settings, for result files. */
export function settingValues(dialect: Dialect): Readonly<Record<string, string | number>> {
  return Object.fromEntries(settingNames(dialect).map((key) => [key, settingValue(key, dialect)]));
}

/** Whether the pattern in a setting matches the complete text. */
export function matchesPattern(text: string, key: string, dialect: Dialect): boolean {
  return new RegExp(`^(?:${settingValue(key, dialect)})$`).test(text);
}

/** Whether a code means success under a dialect. */
export function isSuccessCode(code: number, { successCode }: Pick<Dialect, 'successCode'>): boolean {
  return successCode === 'any' ? code === 200 || code === 0 : code === successCode;
}

function compiles(source: string): boolean {
  try {
    new RegExp(`^(?:${source})$`);
    return true;
  } catch {
    return false;
  }
}
