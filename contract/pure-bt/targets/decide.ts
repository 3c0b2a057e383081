import type { Headers } from '../../../spec/http.ts';
import { headerValue } from '../../../spec/http.ts';
import type { Dialect } from '../../../spec/pure-bt/dialect.ts';
import { defaultDialect, matchesPattern } from '../../../spec/pure-bt/dialect.ts';
import { exampleName } from '../../targets/mock/preference.ts';

type Fields = Readonly<Record<string, unknown>>;

/**
 * The rules that depend only on the request, in order; the first rule that applies gives the code.
 * The format of a field is checked right after its presence, so a short request is enough to show a rule.
 */
const rules: readonly (readonly [
  code: number,
  applies: (fields: Fields, authorization: string, dialect: Dialect) => boolean,
])[] = [
  [5106, (_, authorization) => authorization.replace(/^bearer/i, '').trim() === ''],
  [5066, ({ pk }) => isMissing(pk)],
  [5067, ({ dk }) => isMissing(dk)],
  [5361, ({ dk }, _, dialect) => !matches(dk, 'dkPattern', dialect)],
  [5179, ({ bindingCode, encryptedBindingCode }) => isMissing(bindingCode) && isMissing(encryptedBindingCode)],
  [
    5213,
    ({ bindingCode, encryptedBindingCode }, _, dialect) =>
      isMissing(encryptedBindingCode)
        ? !matches(bindingCode, 'bindingCodePattern', dialect)
        : typeof encryptedBindingCode !== 'string' || !/^[0-9A-Za-z+/]{43}=$/.test(encryptedBindingCode),
  ],
  [5333, ({ deviceName }, _, dialect) => typeof deviceName === 'string' && deviceName.length > dialect.deviceNameLimit],
  [5357, ({ pwd }, _, dialect) => !isMissing(pwd) && !matches(pwd, 'pwdPattern', dialect)],
];

/** Chooses the example for a request by its name; undefined if no rule applies. */
export function decide(headers: Headers, fields: Fields, dialect: Dialect = defaultDialect): string | undefined {
  const authorization = headerValue(headers, 'authorization') ?? '';
  const rule = rules.find(([, applies]) => applies(fields, authorization, dialect));
  return rule === undefined ? undefined : exampleName(rule[0]);
}

function isMissing(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}

function matches(value: unknown, key: 'dkPattern' | 'bindingCodePattern' | 'pwdPattern', dialect: Dialect): boolean {
  return typeof value === 'string' && matchesPattern(value, key, dialect);
}
