import type { AnyOpenApi, JsonSchema } from '../../openapi.ts';

/** What a page says of a field: the schema's `x-document`. */
export type DocumentWords = { readonly type: string; readonly schema?: string; readonly description: string };

/** A field of the contract, whichever branch of a choice it stands in. */
export type ContractField = {
  readonly name: string;
  /** JSON pointer of the schema with the page's words; of the first there is where none has them. */
  readonly pointer: string;
  readonly words?: DocumentWords;
  /** Whether every branch of the choice requires it. */
  readonly required: boolean;
  readonly fields: readonly ContractField[];
};

type Placed = { readonly pointer: string; readonly schema: JsonSchema };

/** The fields below a schema: those of its properties, and of every branch where it is a choice. */
export function contractFields(document: AnyOpenApi, pointer: string, schema: JsonSchema): readonly ContractField[] {
  const branches = branchesOf(document, { pointer, schema });
  const names = [...new Set(branches.flatMap((branch) => Object.keys(branch.schema.properties ?? {})))];
  return names.map((name) => {
    const found = branches.flatMap((branch) => {
      const property = branch.schema.properties?.[name];
      return property === undefined
        ? []
        : [followed(document, { pointer: `${branch.pointer}/properties/${name}`, schema: property })];
    });
    const told = found.find((placed) => wordsOf(placed.schema) !== undefined) ?? found[0];
    const words = told === undefined ? undefined : wordsOf(told.schema);
    return {
      name,
      pointer: told?.pointer ?? pointer,
      ...(words === undefined ? {} : { words }),
      required: branches.every((branch) => branch.schema.required?.includes(name) === true),
      fields: told === undefined ? [] : contractFields(document, told.pointer, told.schema),
    };
  });
}

/** The page's words on a schema, or undefined where it has none. */
export function wordsOf(schema: JsonSchema): DocumentWords | undefined {
  const words = schema['x-document'];
  return typeof words === 'object' && words !== null ? (words as DocumentWords) : undefined;
}

/** A schema with its reference followed. */
export function followed(document: AnyOpenApi, placed: Placed): Placed {
  const name = placed.schema.$ref?.slice('#/components/schemas/'.length);
  const schema = name === undefined ? undefined : document.components.schemas[name];
  return schema === undefined ? placed : { pointer: `/components/schemas/${name}`, schema };
}

function branchesOf(document: AnyOpenApi, placed: Placed): readonly Placed[] {
  const { pointer, schema } = followed(document, placed);
  const choices = (['anyOf', 'oneOf'] as const).flatMap((keyword) =>
    (schema[keyword] ?? []).map((branch, index) => ({ pointer: `${pointer}/${keyword}/${index}`, schema: branch })),
  );
  return choices.length === 0 ? [{ pointer, schema }] : choices.flatMap((choice) => branchesOf(document, choice));
}
