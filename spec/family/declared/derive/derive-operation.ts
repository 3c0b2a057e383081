import { importDocument } from '../../../document/import/import-document.ts';
import type { VendorDocument } from '../../../document/model.ts';
import type { AnyOpenApi, AnyOperation } from '../../../openapi.ts';
import { readFields } from '../fields.ts';
import type { AcceptingState, Declaration, DeclaredField, FieldFacts } from '../model.ts';
import { leaves } from '../model.ts';
import { deriveChecks, effectOf, type Request } from './derive-checks.ts';
import { deriveFacts, leafName } from './derive-fields.ts';
import { refuseImpossible } from './refuse-impossible.ts';

/** An operation that was derived from a page: the content of its two files. */
export type Derived = {
  readonly id: string;
  readonly document: AnyOpenApi;
  readonly declaration: Declaration;
  /** What the importer guessed, by line of the page. */
  readonly guesses: readonly { readonly line: number; readonly text: string }[];
};

/**
 * Derives an operation from a page: its OpenAPI document, what is known of its fields, and what brings each code.
 * Everything that the page does not say is marked as a guess, with a task for the owner.
 * @throws DeclarationError (exit code 2) for a page that cannot be tested, such as one with a file upload.
 */
export function deriveOperation(page: VendorDocument): Derived {
  const { document: imported, guesses } = importDocument(page);
  const described = imported.components.schemas['SuccessEnvelope'] !== undefined;
  // The page says nothing about the answer, so it is that of the family.
  const document = described ? imported : withEnvelope(imported);
  const [path = '', methods = {}] = Object.entries(document.paths)[0] ?? [];
  const [method = '', operation] = Object.entries(methods)[0] ?? [];
  const known = operation as AnyOperation;
  refuseImpossible(page, document, { path, method, operation: known });
  const id = String(known['operationId']);
  const read = readFields(known, { document, facts: {} });
  const facts = new Map<string, FieldFacts>();
  for (const field of leaves({ fields: read })) {
    const derived = deriveFacts(field, exampleOf(field, page));
    if (derived !== undefined) facts.set(field.name, derived);
  }
  const fields = read.map((field) => ({ ...field, facts: facts.get(field.name) ?? {} }));
  const request: Request = { id, fields };
  const codes = (known['x-codes'] ?? []).map(({ code, meaning }) => ({ code, meaning, basis: 'document' as const }));
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
  const copy = structuredClone(document) as { paths: Record<string, Record<string, AnyOperation>> } & AnyOpenApi;
  for (const methods of Object.values(copy.paths)) {
    for (const { responses } of Object.values(methods)) {
      const example = Object.values(responses['200']?.content?.['application/json']?.examples ?? {})[0];
      if (example !== undefined) Object.assign(example, { value: { code: 200, msg: '', data: null, extMsg: null } });
    }
  }
  return copy;
}

/** The value of a field in the page's example of a request. */
function exampleOf({ steps }: DeclaredField, { requestExample }: VendorDocument): unknown {
  return steps.reduce<unknown>((value, step) => {
    if (step === '[]') return Array.isArray(value) ? (value[0] as unknown) : undefined;
    return typeof value === 'object' && value !== null ? (Reflect.get(value, step) as unknown) : undefined;
  }, requestExample?.value);
}

/** Members of the fixture that no other operation has. */
function ownMembers(fields: Request['fields']): NonNullable<Declaration['fixture']> {
  const own = fields.flatMap((field) =>
    field.facts.from === undefined ? [] : [[field.facts.from, aboutOf(field)] as const],
  );
  return Object.fromEntries(own);
}

function aboutOf(field: DeclaredField): { readonly about: string; readonly secret?: true } {
  const about = (field.description.split('\n')[0] || leafName(field)).slice(0, 80);
  return { about, ...(/token|secret|pwd|password|signature/i.test(leafName(field)) && { secret: true as const }) };
}

/** A state that handlers of the family already have, if it returns what the request needs. */
function readyState(request: Request, own: object): string {
  if (Object.keys(own).length > 0) return `ready for ${request.id}`;
  const names = (role: string): boolean => request.fields.some(({ facts }) => facts.is === role);
  const alwaysHome = request.fields.some(({ facts, always }) => always && (facts.is === 'fid' || facts.is === 'frid'));
  if (alwaysHome) return 'a device ready to bind in a home';
  return names('dk') && effectOf(request) !== 'bind' ? 'a device the user has already bound' : 'a device ready to bind';
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
