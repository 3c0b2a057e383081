import { DocumentError } from '../document/document-error.ts';
import type { DocumentField, VendorDocument } from '../document/model.ts';
import type { Change } from './change.ts';
import { exactly } from './comparable.ts';
import { compareSpecs } from './compare-specs.ts';
import { bodyName } from './contract-page.ts';
import { pageSpec } from './page-facts.ts';

/** The differences of a page from the contract, and the number of texts that could not be compared. */
export type CheckedPage = {
  /** The page's description of the contract's operation. */
  readonly page: VendorDocument;
  /** From the contract to the page, sorted by the line of the page. */
  readonly differences: readonly Change[];
  /** The number of meanings and descriptions in another language than the contract. */
  readonly translated: number;
};

/**
 * Compares a page with the page that the contract describes: every field, type, required mark, enumeration, code and
 * word. The words of a Chinese page are not compared, because they are a translation.
 * @param documents the operations of the page; one of them must be the operation of the contract.
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
    `this is the page of ${names}, but the contract is ${contract.method.text} ${contract.path.text}; see "spec import" for other operations`,
  );
}

/** Removes what a contract does not contain: examples, hosts, authors, the name of the body's row, required marks in answers. */
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

/** A translated page with the title, summary, meanings and answer class of the contract. */
function withWordsOf({ title, description, statuses: known }: VendorDocument, page: VendorDocument): VendorDocument {
  // A translation keeps the inner class of `…«Verified»`.
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
