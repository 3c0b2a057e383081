import { pointerStep } from '../../json-pointer.ts';
import { operationOf, parseOpenApi, readOpenApi } from '../../openapi.ts';
import { operationPath } from '../../pure-bt/path.ts';
import { DocumentError } from '../document-error.ts';
import type { DocumentField, PlacedText, VendorDocument } from '../model.ts';
import { checkCodes } from './check-codes.ts';
import { checkField, checkFields, type Sides } from './check-fields.ts';
import { contractFields, followed, wordsOf } from './contract-fields.ts';
import type { Difference, DifferenceKind } from './difference.ts';
import { yamlPlaces } from './places.ts';
import { textsDiffer } from './words-differ.ts';

/** How a page and the contract differ, and how many of its words could not be compared. */
export type Checked = {
  /** The operation of the page that is the contract's. */
  readonly page: VendorDocument;
  readonly differences: readonly Difference[];
  /** Meanings and descriptions that are in another language than the contract's. */
  readonly translated: number;
};

/**
 * Compares the page of the operation with openapi.yaml and the catalogue: every field, type, mark, enumeration, code and
 * meaning. A page in Chinese is compared but for its words: the two languages are two wordings of one contract.
 * @param documents the operations of the page; one of them must be the contract's.
 * @throws DocumentError for the page of another operation.
 */
export function checkDocument(documents: readonly VendorDocument[], yaml: string = readOpenApi()): Checked {
  const page = documents.find(({ path }) => path.text === operationPath);
  if (page === undefined) throw otherOperation(documents);
  return { page, ...checkPage(page, yaml) };
}

function otherOperation(documents: readonly VendorDocument[]): DocumentError {
  const [first] = documents;
  const names = documents.map(({ method, path }) => `${method.text} ${path.text}`).join(', ');
  return new DocumentError(
    first?.file ?? '',
    first?.path.line,
    `this is the page of ${names}, and the contract is POST ${operationPath}; see "spec import" for other operations`,
  );
}

function checkPage(page: VendorDocument, yaml: string): Omit<Checked, 'page'> {
  const { file, path, method } = page;
  const document = parseOpenApi(yaml);
  const operation = operationOf(document);
  const pointer = `/paths${pointerStep(operationPath)}/post`;
  const media = `/content${pointerStep('application/json')}`;
  const sides: Sides = { file, translated: page.language === 'zh', marked: true, place: yamlPlaces(yaml) };
  const request = followed(document, {
    pointer: `${pointer}/requestBody${media}/schema`,
    schema: operation.requestBody.content['application/json'].schema,
  });
  const response = followed(document, {
    pointer: `${pointer}/responses/200${media}/schema`,
    schema: operation.responses['200'].content['application/json'].schema,
  });
  const body = page.parameters.find((field) => field.in === 'body');
  const others = page.parameters.filter((field) => field !== body);
  const words = wordsOf(request.schema);
  const answer = page.responses[0];
  const info = document['info'] as { readonly title: string };
  const said = document.paths[operationPath]?.post as
    | { readonly summary?: string; readonly 'x-document'?: { readonly responseType?: string } }
    | undefined;
  const answerSides = { ...sides, marked: false };
  const text = textOf(sides, path.line);
  const requestFields = contractFields(document, request.pointer, request.schema);
  return {
    differences: [
      ...text('method', 'the method', method, 'POST', pointer),
      ...(sides.translated ? [] : text('title', 'the title', page.title, info.title, '/info/title')),
      ...(sides.translated
        ? []
        : text('description', 'the description', page.description, said?.summary ?? '', `${pointer}/summary`)),
      ...text('mediaType', 'the request data type', page.requestType, 'application/json', `${pointer}/requestBody`),
      ...text(
        'mediaType',
        'the response data type',
        page.responseType,
        said?.['x-document']?.responseType ?? '',
        `${pointer}/x-document`,
      ),
      ...(body === undefined
        ? checkFields([], requestFields, sides, '', page.parameters[0]?.line ?? path.line)
        : checkField(
            body,
            {
              name: body.name,
              pointer: request.pointer,
              ...(words === undefined ? {} : { words }),
              required: true,
              fields: requestFields,
            },
            sides,
            '',
          )),
      ...checkFields(others, [], sides, '', path.line),
      ...checkFields(
        answer?.fields ?? [],
        contractFields(document, response.pointer, response.schema),
        answerSides,
        'response ',
        answer?.line ?? path.line,
      ),
      ...checkFields(answer?.headers ?? [], [], sides, 'response header ', answer?.line ?? path.line),
      ...successClass(page, wordsOf(response.schema)?.type ?? '', response.pointer, sides),
      ...checkCodes(page, sides.translated),
    ],
    translated: sides.translated
      ? page.statuses.length + described([...page.parameters, ...(answer?.fields ?? [])])
      : 0,
  };
}

/** One text of the page against the contract's. */
function textOf(sides: Sides, line: number) {
  return (
    kind: DifferenceKind,
    subject: string,
    said: PlacedText | undefined,
    told: string,
    pointer: string,
  ): readonly Difference[] => {
    if (!textsDiffer(said?.text ?? '', told)) return [];
    const pageAt = { file: sides.file, line: said?.line ?? line };
    return [
      {
        kind,
        subject,
        ...(said === undefined ? {} : { page: said.text }),
        contract: told,
        pageAt,
        contractAt: sides.place(pointer),
      },
    ];
  };
}

/** The class of the answer, as the status table has it: `…«Verified»`, of which a translator leaves the inner one. */
function successClass(
  { statuses }: VendorDocument,
  told: string,
  pointer: string,
  sides: Sides,
): readonly Difference[] {
  const success = statuses.find(({ code }) => code === 200);
  if (success === undefined) return [];
  const inner = (name: string): string => (sides.translated ? (/«.*»/.exec(name)?.[0] ?? '') : name);
  if (!textsDiffer(inner(success.schema), inner(told))) return [];
  return [
    {
      kind: 'type',
      subject: 'the answer of code 200',
      page: success.schema || 'no schema',
      contract: told,
      pageAt: { file: sides.file, line: success.line },
      contractAt: sides.place(`${pointer}/x-document`),
    },
  ];
}

function described(fields: readonly DocumentField[]): number {
  return fields.reduce((sum, field) => sum + (field.description === '' ? 0 : 1) + described(field.fields), 0);
}
