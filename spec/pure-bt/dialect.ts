/**
 * The open questions of the document, each as a named setting with a default.
 * A default is the best-supported reading, never the vendor's word; reports name every setting that was changed.
 */

/** One reading of everything the document leaves open. */
export type DialectValues = {
  readonly successCode: 200 | 0 | 'any';
  readonly refusalStatus: 200 | 'any';
  readonly signedBindingCode: 'transmitted' | 'decrypted';
  readonly bothBindingCodes: 'encrypted-wins' | 'refuse';
  readonly signatureCase: 'lower' | 'any';
  /** Source of a regular expression that every well-formed dk matches as a whole. */
  readonly dkPattern: string;
  /** Source of a regular expression that every well-formed bindingCode matches as a whole. */
  readonly bindingCodePattern: string;
  /** Source of a regular expression that every acceptable pwd matches as a whole. */
  readonly pwdPattern: string;
  /** Most characters of a deviceName that is accepted. */
  readonly deviceNameLimit: number;
  readonly unknownDk: 'binds' | 'refused';
  readonly oldSecretWhenUnbound: 5052 | 'ignored';
  readonly siblingCodes: 'accept' | 'refuse';
};

/** The name of a dialect setting. */
export type DialectKey = keyof DialectValues;

/** A reading, and what of it is the user's own contract. */
export type Dialect = DialectValues & {
  /** Settings that the user has given, be it their default: another behaviour of the server fails where a default warns. */
  readonly declared: readonly DialectKey[];
};

type Setting<Value> = {
  readonly default: Value;
  /** What may be given, for messages and help. */
  readonly choices: string;
  /** Every value, where there are few. */
  readonly values?: readonly Value[];
  /** The question that the document leaves open. */
  readonly question: string;
  /** Where the default comes from. */
  readonly source: string;
  /** Reads a value from the command line or a file; undefined where it is not a choice. */
  readonly read: (text: string) => Value | undefined;
};

/** Every dialect setting. Defaults come first in `choices`. */
export const dialectSettings: { readonly [Key in DialectKey]: Setting<DialectValues[Key]> } = {
  successCode: oneOf({
    choices: [200, 0, 'any'],
    question: 'Which code in the body means success?',
    source: 'status table, first row: 200; the response example shows 0, as on every page of the family',
  }),
  refusalStatus: oneOf({
    choices: [200, 'any'],
    question: 'May a refusal come with another HTTP status than 200?',
    source: 'every page of the family: errors come with HTTP 200 and a code in the body',
  }),
  signedBindingCode: oneOf({
    choices: ['transmitted', 'decrypted'],
    question: 'With encryptedBindingCode, which text takes the place of bindingCode in the signature?',
    source: 'the Chinese original: the value as transmitted; the English text can be read either way',
  }),
  bothBindingCodes: oneOf({
    choices: ['encrypted-wins', 'refuse'],
    question: 'What happens when bindingCode and encryptedBindingCode are both given?',
    source: 'field rows: "choose one"; what a server does then is not said',
  }),
  signatureCase: oneOf({
    choices: ['lower', 'any'],
    question: 'May the hex digits of the signature be upper case?',
    source: 'worked examples of sibling pages are lower case',
  }),
  dkPattern: pattern(
    '[0-9A-Za-z]{4,32}',
    'Which dk is well formed (5361)?',
    'sibling pages: 4 to 32 letters and digits; this page names no format',
  ),
  bindingCodePattern: pattern(
    '[0-9A-F]{16}',
    'Which bindingCode is well formed (5213)?',
    'sibling pages: 16 characters 0-9A-F; this page names no format',
  ),
  pwdPattern: pattern(
    '[\\x20-\\x7e]{1,64}',
    'Which pwd is well formed (5357)?',
    'no source; a password of 1 to 64 printable ASCII characters',
  ),
  deviceNameLimit: {
    default: 254,
    choices: '254 | a whole number from 1 to 100000',
    question: 'How many characters may a deviceName have (5333)?',
    source: 'sibling code 5069 names 254; the unit is open, so only ASCII names probe the bound',
    read: (text) => (/^[1-9]\d{0,5}$/.test(text) && Number(text) <= 100_000 ? Number(text) : undefined),
  },
  unknownDk: oneOf({
    choices: ['binds', 'refused'],
    question: 'Does a dk that the cloud has never seen bind?',
    source: 'inferred: a pure-Bluetooth device may first appear at its first bind',
  }),
  oldSecretWhenUnbound: oneOf({
    choices: [5052, 'ignored'],
    question: 'What does an old bindingSecret earn on a device that is not bound?',
    source: 'inferred from the meaning of 5052',
  }),
  siblingCodes: oneOf({
    choices: ['accept', 'refuse'],
    question: 'May a refusal use a code of a sibling page?',
    source: 'sibling pages name codes for faults that this page has no code for',
  }),
};

/** The names of all dialect settings. */
export const dialectKeys: readonly DialectKey[] = Object.keys(dialectSettings) as DialectKey[];

/** The dialect in which every setting has its default, and none is declared. */
export const defaultDialect: Dialect = {
  ...(Object.fromEntries(dialectKeys.map((key) => [key, dialectSettings[key].default])) as DialectValues),
  declared: [],
};

/** The keys whose values are regular expressions. */
export const patternKeys: readonly ['dkPattern', 'bindingCodePattern', 'pwdPattern'] = [
  'dkPattern',
  'bindingCodePattern',
  'pwdPattern',
];

/** A dialect with some settings replaced, or the problem with the first one that cannot be read. */
export function readDialect(
  values: Readonly<Record<string, unknown>>,
  base: Dialect = defaultDialect,
): { readonly dialect: Dialect } | { readonly problem: string } {
  const changes: Record<string, unknown> = {};
  for (const [key, raw] of Object.entries(values)) {
    if (!isDialectKey(key)) {
      return { problem: `unknown dialect setting "${key}"; the settings are ${dialectKeys.join(', ')}` };
    }
    const scalar = typeof raw === 'string' || typeof raw === 'number' ? String(raw) : undefined;
    const value = scalar === undefined ? undefined : dialectSettings[key].read(scalar);
    if (value === undefined) {
      const isPattern = typeof dialectSettings[key].default === 'string' && dialectSettings[key].values === undefined;
      const why = isPattern ? 'is not a regular expression; an example is' : 'is not one of its values; choose';
      return { problem: `dialect ${key}: ${JSON.stringify(raw)} ${why} ${dialectSettings[key].choices}` };
    }
    changes[key] = value;
  }
  const declared = dialectKeys.filter((key) => base.declared.includes(key) || Object.hasOwn(changes, key));
  return { dialect: { ...base, ...changes, declared } };
}

/** The dialect with every setting declared as it is: a team that has said what its server does. */
export function declareAll(dialect: Dialect): Dialect {
  return { ...dialect, declared: dialectKeys };
}

/** Whether a setting is the user's own contract: it was given, or it differs from the default. */
export function isDeclared(key: DialectKey, dialect: Dialect): boolean {
  return dialect.declared.includes(key) || dialect[key] !== dialectSettings[key].default;
}

/** What to write after `--dialect` where a server differs from a setting. */
export type SettingLines = {
  /** The setting under which what came is right; a pattern or a limit is the user's to fill in. */
  readonly accept: string;
  /** The setting that makes the reading of this run a contract; absent where it is one. */
  readonly require?: string;
};

/** The settings to choose from where a server differs from one that is a reading. */
export function settingLines(key: DialectKey, dialect: Dialect): SettingLines {
  const { values, default: value } = dialectSettings[key];
  const other = (values as readonly (string | number)[] | undefined)?.find((choice) => choice !== dialect[key]);
  const own = typeof value === 'number' ? '<your limit>' : '<your pattern>';
  return {
    accept: `${key}=${other ?? own}`,
    ...(isDeclared(key, dialect) ? {} : { require: `${key}=${dialect[key]}` }),
  };
}

/** The settings of a dialect without what was declared, for result files. */
export function valuesOf(dialect: DialectValues): DialectValues {
  return Object.fromEntries(dialectKeys.map((key) => [key, dialect[key]])) as DialectValues;
}

/** Whether a text matches a pattern of the dialect as a whole. */
export function matchesPattern(text: string, key: (typeof patternKeys)[number], dialect: DialectValues): boolean {
  return new RegExp(`^(?:${dialect[key]})$`).test(text);
}

/** Whether a text names a dialect setting. */
export function isDialectKey(key: string): key is DialectKey {
  return Object.hasOwn(dialectSettings, key);
}

/** Whether a code means success under a dialect. */
export function isSuccessCode(code: number, dialect: Pick<DialectValues, 'successCode'>): boolean {
  return dialect.successCode === 'any' ? code === 200 || code === 0 : code === dialect.successCode;
}

function oneOf<const Choices extends readonly [string | number, ...(string | number)[]]>(setting: {
  readonly choices: Choices;
  readonly question: string;
  readonly source: string;
}): Setting<Choices[number]> {
  return {
    default: setting.choices[0],
    choices: setting.choices.join(' | '),
    values: setting.choices,
    question: setting.question,
    source: setting.source,
    read: (text) => setting.choices.find((choice) => String(choice) === text),
  };
}

function pattern(value: string, question: string, source: string): Setting<string> {
  return {
    default: value,
    choices: value,
    question,
    source,
    read: (text) => (text !== '' && compiles(text) ? text : undefined),
  };
}

function compiles(pattern: string): boolean {
  try {
    new RegExp(`^(?:${pattern})$`);
    return true;
  } catch {
    return false;
  }
}
