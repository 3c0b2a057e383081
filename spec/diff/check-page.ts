import { chooseOne, isChosen, listCalls } from '../document/chosen.ts';
import type { DocumentField, VendorDocument } from '../document/model.ts';
import { toCall } from '../document/read-document.ts';
import { refuse } from '../document-error.ts';
import type { Change } from './change.ts';
import { compareSpecs } from './compare-specs.ts';
import { bodyName } from './contract-page.ts';
import { pageSpec } from './page-facts.ts';

/** The differences of a page from the contract, and the number of texts that could not be compared. */
export type CheckedPage = {
  /** From the contract to the page, sorted by the line of the page. */
  readonly differences: readonly Change[];
  /** The number of meanings and descriptions in another language than the contract. */
  readonly translated: number;
};

/**
 * The contract's operation on a page: the one with its method and path, or the only one with its path.
 * @throws DocumentError for the page of another operation, or if several operations have the path.
 */
export function pageOfContract(documents: readonly VendorDocument[], contract: VendorDocument): VendorDocument {
  const [call, file] = [toCall(contract), documents[0]?.file ?? ''];
  if (!documents.some((document) => isChosen(toCall(document), { path: call.path }))) {
    const names = listCalls(documents.map(toCall));
    const next = 'see "spec import" for other operations, or name the page\'s operation with --operation';
    refuse(
      file,
      documents[0]?.path.line,
      `this is the page of ${names}, but the contract is ${call.method} ${call.path}; ${next}`,
    );
  }
  const hasMethod = documents.some((document) => isChosen(toCall(document), call));
  return chooseOne(documents, toCall, hasMethod ? call : { path: call.path }, file);
}

/**
 * Compares a page with the page that the contract describes: every field, type, required mark, enumeration, code and
 * word. The words of a Chinese page are not compared, because they are a translation.
 */
export function checkPage(page: VendorDocument, contract: VendorDocument): CheckedPage {
  const translated = page.language !== contract.language;
  const compared = withoutRemarks(translated ? withWordsOf(contract, page) : page);
  const { changes } = compareSpecs(
    pageSpec(contract.file, [contract]),
    pageSpec(page.file, [compared]),
    translated ? 'translated' : 'exact',
  );
  const fields = [...page.parameters, ...page.responses.flatMap((response) => response.fields)];
  return {
    differences: changes
      .filter(({ rule }) => rule !== 'description-translated')
      .sort((one, other) => one.at.after.line - other.at.after.line),
    translated: translated ? page.statuses.length + described(fields) : 0,
  };
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
