import type { DocumentField, PlacedText, VendorDocument } from '../document/model.ts';
import { readListedOptions } from '../document/options.ts';
import { isRecord } from '../is-record.ts';
import { child, entries, items, type Node, openSource, placeOf, resolve } from './openapi/source.ts';

/**
 * The page that a contract describes with its `x-document` keywords, names, required marks and `x-codes`. It has no
 * examples, hosts and authors. Its lines and pointers are those of the contract's file.
 */
export function makeContractPage(file: string, yaml: string): VendorDocument {
  const root = openSource(file, yaml);
  const [path = '', item = root] = entries(child(root, 'paths'))[0] ?? [];
  const [method = '', operation = root] = entries(item)[0] ?? [];
  const text = (node: Node, words = node.value): PlacedText => ({ text: String(words ?? ''), ...placeOf(node) });
  const body = child(operation, 'requestBody', 'content');
  const [type = '', media = body] = entries(body)[0] ?? [];
  const request = resolve(child(media, 'schema'));
  const [status = '', answer = operation] = entries(child(operation, 'responses'))[0] ?? [];
  const content = entries(child(resolve(answer), 'content'))[0]?.[1] ?? answer;
  const response = resolve(child(content, 'schema'));
  const codes = items(child(operation, 'x-codes'));
  return {
    file,
    language: 'en',
    title: text(child(root, 'info', 'title')),
    path: text(item, path),
    method: text(operation, method.toUpperCase()),
    requestType: text(media, type),
    responseType: text(child(operation, 'x-document', 'responseType')),
    description: text(child(operation, 'summary')),
    parameters: [{ ...toField(bodyName, request, true), in: 'body' }],
    statuses: codes.map((node, index) => ({
      code: Number(child(node, 'code').value),
      meaning: String(child(node, 'meaning').value),
      // The first code is the success, the only one with a class on the page.
      schema: index === 0 ? String(child(response, 'x-document', 'type').value ?? '') : '',
      ...placeOf(node),
    })),
    responses: [{ code: Number(status), headers: [], fields: listFields(response, false), ...placeOf(response) }],
    remarks: [],
    notUnderstood: [],
  };
}

/** The name of the row for the complete body: the page's name is not part of a contract. */
export const bodyName = 'body';

/** Makes a row from a schema; rows of answers have no required marks. */
function toField(name: string, schema: Node, required: boolean | undefined): DocumentField {
  const word = (key: string): string => String(child(schema, 'x-document', key).value ?? '');
  const description = word('description').trim();
  return {
    name,
    ...placeOf(schema),
    description,
    ...(required !== undefined && { required }),
    type: word('type'),
    schema: word('schema'),
    options: readListedOptions(description),
    fields: listFields(schema, required !== undefined),
  };
}

/** The fields below a schema. For a choice, they are from all branches, and required if every branch requires them. */
function listFields(schema: Node, isMarked: boolean): readonly DocumentField[] {
  const branches = listBranches(schema);
  const names = new Set(branches.flatMap((branch) => entries(child(branch, 'properties')).map(([name]) => name)));
  return [...names].flatMap((name) => {
    const found = branches
      .map((branch) => child(branch, 'properties', name))
      .filter(({ value }) => value !== undefined)
      .map(resolve);
    const schemaOfField = found.find((node) => isRecord(child(node, 'x-document').value)) ?? found[0];
    const requires = (branch: Node): boolean => items(child(branch, 'required')).some(({ value }) => value === name);
    if (schemaOfField === undefined) return [];
    return [toField(name, schemaOfField, isMarked ? branches.every(requires) : undefined)];
  });
}

function listBranches(node: Node): readonly Node[] {
  const schema = resolve(node);
  const choices = [...items(child(schema, 'anyOf')), ...items(child(schema, 'oneOf'))];
  return choices.length === 0 ? [schema] : choices.flatMap((choice) => listBranches(choice));
}
