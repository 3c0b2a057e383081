import { canonical } from '../canonical.ts';
import type { Operation, Spec, Subject } from '../model.ts';
import { SpecError } from '../spec-error.ts';
import { operationOf } from './operation.ts';
import { child, entries, isObject, items, openSource, type Source } from './source.ts';

const methods = new Set(['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace', 'query']);

/** Reads an OpenAPI 3 document in YAML or JSON. Throws a SpecError where it is none, or has no operation. */
export function readOpenApiSpec(file: string, text: string): Spec {
  const source = openSource(file, text);
  const { value } = source.root;
  if (!isObject(value))
    throw new SpecError(
      `${file} is no OpenAPI document: it holds ${kindOf(value)}; give an openapi.yaml or a page of the vendor's`,
    );
  const version = value['openapi'] ?? value['swagger'];
  if (typeof version !== 'string' || !/^3\.\d/.test(version)) {
    const found =
      version === undefined ? 'has no "openapi: 3.1.0"' : `is version ${String(canonical(version)).slice(0, 20)}`;
    throw new SpecError(`${file} ${found}; spec diff reads OpenAPI 3 and pages of the vendor's`);
  }
  const operations = entries(child(source.root, 'paths')).flatMap(([path, node]) => {
    const item = source.resolve(node);
    return entries(item)
      .filter(([method]) => methods.has(method))
      .map(([method]) => withAround(source, operationOf(source, path, item, method)));
  });
  if (operations.length === 0)
    throw new SpecError(`${file} has no operation below "paths"; there is nothing to compare`);
  return { file, kind: 'openapi', operations };
}

/** What the document says around its operations: addresses, version, title. */
function withAround(source: Source, operation: Operation): Operation {
  return { ...operation, subjects: [...operation.subjects, ...serversOf(source), aboutOf(source)] };
}

function serversOf(source: Source): readonly Subject[] {
  return items(child(source.root, 'servers')).map((node) => ({
    kind: 'server',
    name: String(child(node, 'url').value),
    direction: 'none',
    at: source.place(node),
    facts: [],
  }));
}

function aboutOf(source: Source): Subject {
  const info = child(source.root, 'info');
  const facts = entries(info).map(([key, { value, path }]) => ({
    facet: key === 'description' ? ('description' as const) : (`note/${key}` as const),
    value: typeof value === 'string' ? value : canonical(value),
    at: source.place({ value, path }),
  }));
  return { kind: 'about', name: '', direction: 'none', at: source.place(info), facts };
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  return Array.isArray(value) ? 'a list' : `a ${typeof value}`;
}
