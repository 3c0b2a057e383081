import { type Imported, importDocument } from '../../../document/import/import-document.ts';
import type { VendorDocument } from '../../../document/model.ts';
import { refuse } from '../../../document-error.ts';
import type { AnyOpenApi } from '../../../openapi.ts';
import { allOperations, type PlacedOperation } from '../../../schema-walk.ts';
import { bodyTypes, readFields } from '../fields.ts';
import { type AcceptingState, type Declaration, type FieldFacts, fieldThatIs, leaves, valueAt } from '../model.ts';
import { deriveChecks, effectOf, type Request } from './derive-checks.ts';
import { deriveFacts, leafName } from './derive-fields.ts';

/**
 * Derives an operation from a page, as the content of its two files: its OpenAPI document, what is known of its fields, and what brings each code.
 * Everything that the page does not say is marked as a guess, with a task for the owner.
 * @throws DocumentError (exit code 2) for a page that cannot be tested, such as one with a file upload.
 */
export function deriveOperation(
  page: VendorDocument,
): Imported & { readonly id: string; readonly declaration: Declaration } {
  const { document: imported, guesses } = importDocument(page);
  const described = imported.components.schemas['SuccessEnvelope'] !== undefined;
  // The page says nothing about the answer, so it is that of the family.
  const document = described ? imported : withEnvelope(imported);
  const [only] = allOperations(document);
  if (only === undefined) throw new Error('an imported document has one operation');
  const why = requestProblem(only) ?? answerProblem(document, only);
  if (why !== undefined) refuse(page.file, page.path.line, why);
  const { operation } = only;
  const id = String(operation['operationId']);
  const read = readFields(operation, document, {});
  const facts = new Map<string, FieldFacts>();
  for (const field of leaves({ fields: read })) {
    const derived = deriveFacts(field, valueAt(field, page.requestExample?.value));
    if (derived !== undefined) facts.set(field.name, derived);
  }
  const fields = read.map((field) => ({ ...field, facts: facts.get(field.name) ?? {} }));
  const request: Request = { id, fields };
  const codes = (operation['x-codes'] ?? []).map(({ code, meaning }) => ({
    code,
    meaning,
    basis: 'document' as const,
  }));
  const checks = deriveChecks(codes, request);
  const repeats = checks.some(({ repeat }) => repeat === true);
  const effect = effectOf(request);
  const own = ownMembers(fields);
  const declaration: Declaration = {
    ready: readyState(request, own),
    ...(repeats && effect !== undefined && { effect: effect === 'bind' ? ('bind' as const) : ('once' as const) }),
    ...(facts.size > 0 && { fields: Object.fromEntries(facts) }),
    checks,
    ...acceptingStates(request, repeats && effect === 'bind'),
    ...(Object.keys(own).length > 0 && { fixture: own }),
    answer: {
      guess: true,
      task: 'The page does not say which fields an answer must have: while this is a guess, any field but the code may be missing. Correct "required" in openapi.yaml, then remove the mark.',
    },
    tasks: [
      ...(described
        ? []
        : ['The page does not describe the answer. The envelope of the family is assumed: code, msg, data, extMsg.']),
      'Write the state named in "ready" in your states handler: in it, a correct request succeeds. Choose another name if it does not fit.',
      ...(repeats
        ? []
        : [
            'Can a request be repeated? If a second one gets a code, mark its check with "repeat: true" and set "effect: once".',
          ]),
    ],
  };
  return { id, document, declaration, guesses };
}

/** A document with the family's envelope as the example of its success. */
function withEnvelope(document: AnyOpenApi): AnyOpenApi {
  const copy = structuredClone(document);
  for (const { operation } of allOperations(copy)) {
    const [example] = Object.values(operation.responses['200']?.content?.['application/json']?.examples ?? {});
    if (example !== undefined) Object.assign(example, { value: { code: 200, msg: '', data: null, extMsg: null } });
  }
  return copy;
}

function requestProblem({ path, method, operation }: PlacedOperation): string | undefined {
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

function answerProblem({ components }: AnyOpenApi, { operation }: PlacedOperation): string | undefined {
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

/** Members of the fixture that no other operation has. */
function ownMembers(fields: Request['fields']): NonNullable<Declaration['fixture']> {
  const own = fields.flatMap((field) => {
    const { from } = field.facts;
    const about = (field.description.split('\n')[0] || leafName(field)).slice(0, 80);
    const isSecret = /token|secret|pwd|password|signature/i.test(leafName(field));
    return from === undefined ? [] : [[from, { about, ...(isSecret && { secret: true as const }) }] as const];
  });
  return Object.fromEntries(own);
}

/** A state that handlers of the family already have, if it returns what the request needs. */
function readyState(request: Request, own: object): string {
  if (Object.keys(own).length > 0) return `ready for ${request.id}`;
  const alwaysHome = request.fields.some(({ facts, always }) => always && (facts.is === 'fid' || facts.is === 'frid'));
  if (alwaysHome) return 'a device ready to bind in a home';
  return fieldThatIs('dk', request) !== undefined && effectOf(request) !== 'bind'
    ? 'a device the user has already bound'
    : 'a device ready to bind';
}

/** The states in which an operation that binds succeeds too. */
function acceptingStates({ fields }: Request, binds: boolean): Pick<Declaration, 'accepts'> {
  if (!binds) return {};
  const inHome = fields.filter(({ facts }) => facts.is === 'fid' || facts.is === 'frid').map(({ name }) => name);
  const accepts: AcceptingState[] = [
    ...(inHome.length === 0 ? [] : [{ state: 'a device ready to bind in a home', with: inHome }]),
    { state: 'a device bound by another user, binding mode multi' },
    { state: 'a device bound by another user, binding mode alternate' },
    { state: 'a product whose every device is ready to bind' },
  ].map((one) => ({ ...one, guess: true as const, task: 'Does a correct request succeed in this state?' }));
  return { accepts };
}
