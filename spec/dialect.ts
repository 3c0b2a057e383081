import type { Operation, Setting } from './operation.ts';

/**
 * One reading of everything that an operation's page leaves open: a value for each of the operation's settings.
 * The three that every operation of the family has are named here; an operation's own dialect adds its others.
 */
export type Dialect = {
  /** The operation that it is a dialect of. */
  readonly operation: Operation;
  /** Settings that the user has given, be it their default: another behaviour of the server fails where a default warns. */
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

/** A setting that is the source of a regular expression, which a text matches as a whole. */
export function pattern(value: string, question: string, source: string): Setting<string> {
  return {
    default: value,
    choices: value,
    question,
    source,
    read: (text) => (text !== '' && compiles(text) ? text : undefined),
  };
}

/** Whether a setting is the source of a regular expression. */
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
    question: 'May a refusal come with another HTTP status than 200?',
    source: 'every page of the family: errors come with HTTP 200 and a code in the body',
  }),
  siblingCodes: oneOf({
    choices: ['accept', 'refuse'],
    question: 'May a refusal use a code of a sibling page?',
    source: 'sibling pages name codes for faults that this page has no code for',
  }),
};

/** The dialect of an operation in which every setting has its default, and none is declared. */
export function makeDefaultDialect(operation: Operation): Dialect {
  const defaults = Object.entries(operation.settings).map(([key, setting]) => [key, setting.default]);
  return { ...Object.fromEntries(defaults), operation, declared: [] } as Dialect;
}

/** The names of the settings of a dialect. */
export function settingNames({ operation }: Pick<Dialect, 'operation'>): readonly string[] {
  return Object.keys(operation.settings);
}

/** The value of a setting. @throws Error for a name that the operation does not have. */
export function settingValue(key: string, dialect: Dialect): string | number {
  const value = (dialect as Readonly<Record<string, unknown>>)[key];
  if (typeof value === 'string' || typeof value === 'number') return value;
  throw new Error(`${dialect.operation.id} has no dialect setting ${key}`);
}

/** A dialect with some settings replaced, or the problem with the first one that cannot be read. */
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

/** The dialect with every setting declared as it is: a team that has said what its server does. */
export function declareAll<Known extends Dialect>(dialect: Known): Known {
  return { ...dialect, declared: settingNames(dialect) };
}

/** Whether a setting is the user's own contract: it was given, or it differs from the default. */
export function isDeclared(key: string, dialect: Dialect): boolean {
  return dialect.declared.includes(key) || settingValue(key, dialect) !== dialect.operation.settings[key]?.default;
}

/** What to write after `--dialect` where a server differs from a setting. */
export type SettingLines = {
  /** The setting under which what came is right; a pattern or a limit is the user's to fill in. */
  readonly accept: string;
  /** The setting that makes the reading of this run a contract; absent where it is one. */
  readonly require?: string;
};

/** The settings to choose from where a server differs from one that is a reading. */
export function settingLines(key: string, dialect: Dialect): SettingLines {
  const { values, default: value } = dialect.operation.settings[key] ?? {};
  const current = settingValue(key, dialect);
  const own = typeof value === 'number' ? '<your limit>' : '<your pattern>';
  return {
    accept: `${key}=${values?.find((choice) => choice !== current) ?? own}`,
    ...(isDeclared(key, dialect) ? {} : { require: `${key}=${current}` }),
  };
}

/** The values of a dialect's settings alone, for result files. */
export function settingValues(dialect: Dialect): Readonly<Record<string, string | number>> {
  return Object.fromEntries(settingNames(dialect).map((key) => [key, settingValue(key, dialect)]));
}

/** Whether a text matches a setting that is a pattern, as a whole. */
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
