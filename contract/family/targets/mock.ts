import { inventFixture } from '../../../generators/family/declared/request.ts';
import { makeDefaultDialect, matchesPattern } from '../../../spec/dialect.ts';
import { type Declared, type DeclaredCheck, fieldNamed } from '../../../spec/family/declared/model.ts';
import { declaredOperation } from '../../../spec/family/declared/operation.ts';
import { readRequest, type Values } from '../../../spec/family/declared/read-request.ts';
import { headerValue, type ServedRequest } from '../../../spec/http.ts';
import type { Listening, ListenPlace } from '../../../spec/listen.ts';
import { mockTarget } from '../../targets/embedded.ts';
import { startDocumentMock } from '../../targets/mock/document-mock.ts';
import { exampleName } from '../../targets/mock/preference.ts';
import type { Target } from '../../targets/target.ts';

/** Starts the mock of an operation that is data. @throws UserError (exit code 3) if the port is not available. */
export function startDeclaredMock(declared: Declared, place: ListenPlace = {}): Promise<Listening> {
  return startDocumentMock(declared.document, place, decideBy(declared));
}

/** The mock as a target. */
export async function openDeclaredMock(declared: Declared): Promise<Target> {
  return mockTarget(await startDeclaredMock(declared), (id) => inventFixture(declared, id));
}

/** Chooses the example for a request: the code of the first check that finds a fault in the request alone. */
function decideBy(declared: Declared): (request: ServedRequest) => string | undefined {
  const dialect = makeDefaultDialect(declaredOperation(declared));
  const patternOf = (name: string): 'dkPattern' | 'bindingCodePattern' | undefined => {
    const is = fieldNamed(name, declared)?.facts.is;
    if (is === 'dk') return 'dkPattern';
    return is === 'bindingCode' ? 'bindingCodePattern' : undefined;
  };
  const isFound = ({ absent, malformed, longer, limit = 0 }: DeclaredCheck, values: Values): boolean => {
    const name = absent ?? malformed ?? longer;
    if (name === undefined) return false;
    const value = values.get(name);
    if (absent !== undefined)
      return fieldNamed(name, declared)?.always === true && (value === undefined || value === '');
    if (typeof value !== 'string' || value === '') return false;
    if (longer !== undefined) return value.length > limit;
    const pattern = patternOf(name);
    if (pattern !== undefined) return !matchesPattern(value, pattern, dialect);
    return /\p{Cc}/u.test(value) || value.trim() === '' || value.length > 500;
  };
  return (request) => {
    const authorization = headerValue(request.headers, 'authorization') ?? '';
    const hasToken = authorization.replace(/^bearer/i, '').trim() !== '';
    const values = readRequest(declared, request);
    const found = declared.declaration.checks.find((check) =>
      check.token === undefined
        ? values !== undefined && isFound(check, values)
        : check.token === 'missing' && !hasToken,
    );
    return found === undefined ? undefined : exampleName(found.code);
  };
}
