import { madeUpFixture } from '../../../generators/family/fixture.ts';
import { seededRandom } from '../../../generators/random.ts';
import { type Headers, headerValue } from '../../../spec/http.ts';
import type { Listening, ListenPlace } from '../../../spec/listen.ts';
import { openApiPath } from '../../../spec/pure-bt/contract-file.ts';
import { defaultDialect, matchesPattern } from '../../../spec/pure-bt/dialect.ts';
import { operation } from '../../../spec/pure-bt/operation.ts';
import { requestProblems } from '../../../spec/pure-bt/validate.ts';
import { mockTarget } from '../../targets/embedded.ts';
import { startMock as startMockOf } from '../../targets/mock/mock.ts';
import { exampleName } from '../../targets/mock/preference.ts';
import type { Target } from '../../targets/target.ts';

/** Starts the mock of this operation. @throws UserError (exit code 3) if the port is not available. */
export function startMock(place: ListenPlace = {}): Promise<Listening> {
  return startMockOf({ operation, openApiPath, decide, requestProblems }, place);
}

/** The mock as a target. */
export async function openPrismTarget(): Promise<Target> {
  return mockTarget(await startMock(), (id) => madeUpFixture(seededRandom(0, id), 'made.up.token'));
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * The rules that depend only on the request, in order; the first rule that applies gives the code.
 * The format of a field is checked right after its presence, so a short request is enough to show a rule.
 */
const rules: readonly (readonly [code: number, applies: (fields: Fields, authorization: string) => boolean])[] = [
  [5106, (_, authorization) => authorization.replace(/^bearer/i, '').trim() === ''],
  [5066, ({ pk }) => isMissing(pk)],
  [5067, ({ dk }) => isMissing(dk)],
  [5361, ({ dk }) => !matches(dk, 'dkPattern')],
  [5179, ({ bindingCode, encryptedBindingCode }) => isMissing(bindingCode) && isMissing(encryptedBindingCode)],
  [
    5213,
    ({ bindingCode, encryptedBindingCode }) =>
      isMissing(encryptedBindingCode)
        ? !matches(bindingCode, 'bindingCodePattern')
        : typeof encryptedBindingCode !== 'string' || !/^[0-9A-Za-z+/]{43}=$/.test(encryptedBindingCode),
  ],
  [5333, ({ deviceName }) => typeof deviceName === 'string' && deviceName.length > defaultDialect.deviceNameLimit],
  [5357, ({ pwd }) => !isMissing(pwd) && !matches(pwd, 'pwdPattern')],
];

/** Chooses the example for a request by its name; undefined if no rule applies. */
function decide(headers: Headers, fields: Fields): string | undefined {
  const authorization = headerValue(headers, 'authorization') ?? '';
  const rule = rules.find(([, applies]) => applies(fields, authorization));
  return rule === undefined ? undefined : exampleName(rule[0]);
}

function isMissing(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}

function matches(value: unknown, key: 'dkPattern' | 'bindingCodePattern' | 'pwdPattern'): boolean {
  return typeof value === 'string' && matchesPattern(value, key, defaultDialect);
}
