import schema from '../config/config.schema.json' with { type: 'json' };

type Property = {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly $ref?: string;
  readonly anyOf?: readonly Property[];
  readonly properties?: Readonly<Record<string, Property>>;
  readonly items?: Property;
};

const definitions: Readonly<Record<string, Property>> = schema.$defs;

/** The keys of the configuration with their types and descriptions, from its schema; a key of an object is `object.key`. */
export function configurationTable(): string {
  return ['| Key | Type | Means |', '| --- | --- | --- |', ...rows('', schema.properties)].join('\n');
}

function rows(before: string, properties: Readonly<Record<string, Property>>): readonly string[] {
  return Object.entries(properties).flatMap(([name, property]) => {
    if (name === '$schema') return [];
    const key = `${before}${name}`;
    const description = property.description ?? resolved(property).description ?? '';
    return [`| \`${key}\` | ${typeOf(property)} | ${description.replaceAll('|', '\\|')} |`, ...below(key, property)];
  });
}

function below(key: string, property: Property): readonly string[] {
  const { properties, items, anyOf } = resolved(property);
  if (properties !== undefined) return rows(`${key}.`, properties);
  if (items?.properties !== undefined) return rows(`${key}[].`, items.properties);
  return anyOf?.flatMap((one) => below(key, one)) ?? [];
}

function typeOf(property: Property): string {
  const { type, anyOf, items } = resolved(property);
  if (anyOf !== undefined) return anyOf.map(typeOf).join(' or ');
  if (type === 'array') return items === undefined ? 'list' : `list of ${typeOf(items)}s`;
  return [type ?? 'any'].flat().join(' or ');
}

function resolved(property: Property): Property {
  return property.$ref === undefined ? property : (definitions[property.$ref.replace('#/$defs/', '')] ?? property);
}
