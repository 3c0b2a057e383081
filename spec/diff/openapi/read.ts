import { refuse } from '../../document-error.ts';
import { isRecord } from '../../is-record.ts';
import { canonical } from '../canonical.ts';
import type { Spec, Subject } from '../model.ts';
import { readOperation } from './operation.ts';
import { child, entries, factOf, items, type Node, openSource, placeOf, resolve } from './source.ts';

const methods = new Set(['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace', 'query']);

/** Parts of a document that other functions read, or that matter only if something refers to them. */
const elsewhere = new Set(['paths', 'components', 'security', 'servers', 'info']);

/** Reads an OpenAPI 3 document in YAML or JSON. @throws DocumentError if it is not one, or has no operation. */
export function readOpenApiSpec(file: string, text: string): Spec {
  const root = openSource(file, text);
  const { value } = root;
  if (!isRecord(value))
    return refuse(
      file,
      undefined,
      `this is not an OpenAPI document: it contains ${valueKind(value)}; give an openapi.yaml or a page from the vendor`,
    );
  const version = value['openapi'] ?? value['swagger'];
  if (typeof version !== 'string' || !/^3\.\d/.test(version)) {
    const found =
      version === undefined ? 'it has no "openapi: 3.1.0"' : `it is version ${String(canonical(version)).slice(0, 20)}`;
    refuse(file, undefined, `${found}; spec diff reads OpenAPI 3 and pages from the vendor`);
  }
  const around = documentSubjects(root);
  const operations = entries(child(root, 'paths')).flatMap(([path, node]) => {
    const item = resolve(node);
    return entries(item)
      .filter(([method]) => methods.has(method))
      .map(([method]) => {
        const operation = readOperation(path, item, method);
        return { ...operation, subjects: [...operation.subjects, ...around] };
      });
  });
  if (operations.length === 0)
    refuse(file, undefined, 'it has no operation below "paths"; there is nothing to compare');
  return { file, kind: 'openapi', operations };
}

function valueKind(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

/** The subjects of a document outside its operations: servers, title, version and others. */
function documentSubjects(root: Node): readonly Subject[] {
  const info = child(root, 'info');
  const others = [...entries(info), ...entries(root).filter(([key]) => !elsewhere.has(key))];
  const servers = items(child(root, 'servers')).map(
    (node): Subject => ({
      kind: 'server',
      name: String(child(node, 'url').value),
      direction: 'none',
      at: placeOf(node),
      facts: entries(node).flatMap(([key, inner]) => (key === 'url' ? [] : factOf(`note/${key}`, inner))),
    }),
  );
  const facts = others.flatMap(([key, node]) => factOf(key === 'description' ? key : `note/${key}`, node));
  return [...servers, { kind: 'about', name: '', direction: 'none', at: placeOf(info), facts }];
}
