import type { VendorDocument } from '../../../document/model.ts';
import type { AnyOpenApi, AnyOperation } from '../../../openapi.ts';
import { DeclarationError } from '../declaration-error.ts';
import { bodyTypes } from '../fields.ts';

/** The only operation of an imported page. */
type Only = { readonly path: string; readonly method: string; readonly operation: AnyOperation };

/** Refuses a page with an operation that cannot be tested, in one line with the reason. @throws DeclarationError */
export function refuseImpossible({ file, path }: VendorDocument, document: AnyOpenApi, only: Only): void {
  const why = requestProblem(only) ?? answerProblem(document, only);
  if (why !== undefined) throw new DeclarationError(`${file}:${path.line}: ${why}`);
}

function requestProblem({ path, method, operation }: Only): string | undefined {
  const [type] = Object.keys(operation.requestBody?.content ?? {});
  if (type !== undefined && bodyTypes[type] === undefined)
    return `the body is ${type}: bindgate sends JSON and URL-encoded forms, and uploads no files`;
  if (method === 'head' || method === 'options' || method === 'trace')
    return `the method is ${method.toUpperCase()}: its answer has no business code`;
  const inside = path.split('/').find((part) => part.includes('{') && !/^\{[^{}]+\}$/.test(part));
  return inside === undefined
    ? undefined
    : `the path has a parameter inside "${inside}"; bindgate fills in whole parts only`;
}

function answerProblem({ components }: AnyOpenApi, { operation }: Only): string | undefined {
  if (operation.responses['200'] === undefined) {
    const [status] = Object.keys(operation.responses);
    return `the success has HTTP status ${status}; every operation of the family answers with 200`;
  }
  const [first] = operation['x-codes'] ?? [];
  if (first !== undefined && first.code !== 200 && first.code !== 0)
    return `the success code is ${first.code}; bindgate knows 200 and 0`;
  const success = components.schemas['SuccessEnvelope']?.properties;
  const code = success?.['code'];
  if (success !== undefined && Object.keys(success).length > 0 && code === undefined)
    return `the answer has no field "code" (its fields are ${Object.keys(success).join(', ')}); bindgate reads the outcome from it`;
  return code === undefined || code['type'] === 'integer'
    ? undefined
    : `the code of an answer is a ${String(code['type'])}; bindgate compares whole numbers`;
}
