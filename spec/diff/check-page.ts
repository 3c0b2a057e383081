import { DocumentError } from '../document/document-error.ts';
import type { DocumentField, VendorDocument } from '../document/model.ts';
import type { Change } from './change.ts';
import { exactly } from './comparable.ts';
import { compareSpecs } from './compare-specs.ts';
import { bodyName } from './contract-page.ts';
import { pageSpec } from './page-facts.ts';

/** How a page differs from the contract, and how many of its words could not be compared. */
export type CheckedPage = {
  /** The operation of the page that is the contract's. */
  readonly page: VendorDocument;
  /** From the contract to the page, by the line of the page. */
  readonly differences: readonly Change[];
  /** Meanings and descriptions that are in another language than the contract's. */
  readonly translated: number;
};

/**
 * Compares the page of the operation with the page that the contract stands for: every field, type, mark, enumeration,
 * code and word. A page in Chinese is compared but for its words: the two languages are two wordings of one contract.
 * @param documents the operations of the page; one of them must be the contract's.
 * @throws DocumentError for the page of another operation.
 */
export function checkPage(documents: readonly VendorDocument[], contract: VendorDocument): CheckedPage {
  const page = documents.find(({ path }) => path.text === contract.path.text);
  if (page === undefined) throw otherOperation(documents, contract);
  const translated = page.language !== contract.language;
  const compared = withoutRemarks(translated ? withWordsOf(contract, page) : page);
  const { changes } = compareSpecs(
    pageSpec(contract.file, [contract]),
    pageSpec(page.file, [compared]),
    exactly(translated),
  );
  const fields = [...page.parameters, ...page.responses.flatMap((response) => response.fields)];
  return {
    page,
    differences: changes
      .filter(({ rule }) => rule !== 'description-translated')
      .sort((one, other) => one.at.after.line - other.at.after.line),
    translated: translated ? page.statuses.length + described(fields) : 0,
  };
}

function otherOperation(documents: readonly VendorDocument[], contract: VendorDocument): DocumentError {
  const [first] = documents;
  const names = documents.map(({ method, path }) => `${method.text} ${path.text}`).join(', ');
  return new DocumentError(
    first?.file ?? '',
    first?.path.line,
    `this is the page of ${names}, and the contract is ${contract.method.text} ${contract.path.text}; see "spec import" for other operations`,
  );
}

/** A contract has no word for examples, hosts and authors, what the row of the body is called, and marks in answers. */
function withoutRemarks({ requestExample: _, ...page }: VendorDocument): VendorDocument {
  return {
    ...page,
    parameters: page.parameters.map((field) => (field.in === 'body' ? { ...field, name: bodyName } : field)),
    responses: page.responses.map(({ example: _example, fields, ...response }) => ({
      ...response,
      fields: fields.map(withoutMark),
    })),
    remarks: [],
    notUnderstood: [],
  };
}

function withoutMark({ required: _, fields, ...field }: DocumentField): DocumentField {
  return { ...field, fields: fields.map(withoutMark) };
}

/** A page in another language with the contract's title, summary, meanings and class of the answer. */
function withWordsOf({ title, description, statuses: known }: VendorDocument, page: VendorDocument): VendorDocument {
  // A translator leaves the inner class of `…«Verified»`.
  const inner = (schema = ''): string | undefined => /«.*»/.exec(schema)?.[0];
  const statuses = page.statuses.map((status) => {
    const twin = known.find(({ code }) => code === status.code);
    const schema = inner(status.schema) === inner(twin?.schema) ? (twin?.schema ?? status.schema) : status.schema;
    return { ...status, meaning: twin?.meaning ?? status.meaning, schema };
  });
  return { ...page, ...(title && { title }), ...(description && { description }), statuses };
}

function described(fields: readonly DocumentField[]): number {
  return fields.reduce((sum, field) => sum + (field.description === '' ? 0 : 1) + described(field.fields), 0);
}
