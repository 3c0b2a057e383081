import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import { definedOnly } from '../../../spec/defined-only.ts';

type Schema = { readonly [keyword: string]: unknown };

/** The complaints of a CustomResourceDefinition about an object of its kind; an unknown field is one, as for `kubectl apply`. */
export function crdComplaints(file: URL, version: string, object: object): readonly string[] {
  const { spec } = parse(readFileSync(file, 'utf8')) as {
    spec: { versions: readonly { name: string; schema: { openAPIV3Schema: Schema } }[] };
  };
  const served = spec.versions.find(({ name }) => name === version);
  if (served === undefined) throw new Error(`no version ${version}`);
  const schema = structural(served.schema.openAPIV3Schema);
  const ajv = new Ajv2020({
    allErrors: true,
    strict: false,
    formats: { int32: isInt32, int64: true, 'date-time': true },
  });
  const validate = ajv.compile(schema);
  return validate(object)
    ? []
    : (validate.errors ?? []).map(
        ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
      );
}

const isInt32 = {
  type: 'number',
  validate: (value: number) => value === Math.trunc(value) && Math.abs(value) < 2 ** 31,
} as const;

/**
 * A structural schema as JSON Schema: what it does not name is no field, where a cluster would drop it in silence.
 * `metadata` is Kubernetes' own; `x-kubernetes-…` keywords and `nullable` are none of JSON Schema's.
 */
function structural(schema: Schema, isRoot = true): Schema {
  const { properties, items, additionalProperties, nullable, ...others } = schema as Structural;
  const own = Object.fromEntries(Object.entries(others).filter(([keyword]) => !keyword.startsWith('x-')));
  const known = Object.entries(properties ?? {}).map(([name, child]) => [
    name,
    isRoot && name === 'metadata' ? child : structural(child, false),
  ]);
  const isClosed = schema['type'] === 'object' && schema['x-kubernetes-preserve-unknown-fields'] !== true;
  const more = typeof additionalProperties === 'object' ? structural(additionalProperties, false) : !isClosed;
  const made = {
    ...own,
    ...definedOnly({
      properties: properties && Object.fromEntries(known),
      items: items && structural(items, false),
    }),
    additionalProperties: more,
  };
  return nullable === true ? { anyOf: [made, { type: 'null' }] } : made;
}

type Structural = Schema & {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly additionalProperties?: Schema;
  readonly nullable?: boolean;
};
