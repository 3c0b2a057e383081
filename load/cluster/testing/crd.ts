import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'yaml';

/** The complaints of a CustomResourceDefinition about an object of its kind; an unknown field is one, as for `kubectl apply`. */
export function crdComplaints(file: URL, version: string, object: object): readonly string[] {
  const { spec } = parse(readFileSync(file, 'utf8')) as {
    spec: { versions: readonly { name: string; schema: { openAPIV3Schema: { properties: object } } }[] };
  };
  const served = spec.versions.find(({ name }) => name === version);
  if (served === undefined) throw new Error(`no version ${version}`);
  const { properties, ...root } = served.schema.openAPIV3Schema;
  // The metadata belong to Kubernetes.
  const schema: object = JSON.parse(
    JSON.stringify({ ...root, properties: { ...properties, metadata: {} } }),
    toJsonSchema,
  );
  const ajv = new Ajv2020({
    allErrors: true,
    strict: false,
    formats: { int32: isInt32, int64: true, 'date-time': true },
  });
  const validate = ajv.compile(schema);
  if (validate(object)) return [];
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
  );
}

const isInt32 = {
  type: 'number',
  validate: (value: number) => value === Math.trunc(value) && Math.abs(value) < 2 ** 31,
} as const;

/**
 * A part of a structural schema as JSON Schema, which has no `nullable`. It rejects unknown fields, which a cluster would drop
 * silently.
 */
function toJsonSchema(_key: string, part: unknown): unknown {
  if (typeof part !== 'object' || part === null || !('type' in part) || typeof part.type !== 'string') return part;
  const isOpen = part.type !== 'object' || 'x-kubernetes-preserve-unknown-fields' in part;
  const closed = { additionalProperties: isOpen, ...part };
  return 'nullable' in part ? { anyOf: [closed, { type: 'null' }] } : closed;
}
