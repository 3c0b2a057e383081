import type { DocumentField, VendorDocument } from '../model.ts';
import { swaggerType } from '../swagger-type.ts';

/** The first rows of the page that explain each class. */
export function fieldsByClass({ parameters, responses }: VendorDocument): ReadonlyMap<string, DocumentField> {
  const found = new Map<string, DocumentField>();
  const walk = (fields: readonly DocumentField[]): void => {
    for (const field of fields) {
      for (const name of [field.schema, field.type]) {
        const isClass = swaggerType(name).kind === 'class';
        if (isClass && field.fields.length > 0 && !found.has(name)) found.set(name, field);
      }
      walk(field.fields);
    }
  };
  walk(parameters);
  for (const { fields } of responses) walk(fields);
  return found;
}

/** Whether two lists of rows say the same, those below them included. */
export function sameFields(some: readonly DocumentField[], others: readonly DocumentField[]): boolean {
  const same = (a: DocumentField, b: DocumentField): boolean =>
    a.name === b.name &&
    a.type === b.type &&
    a.schema === b.schema &&
    a.required === b.required &&
    a.description === b.description &&
    sameFields(a.fields, b.fields);
  return (
    some.length === others.length &&
    some.every((field, index) => {
      const other = others[index];
      return other !== undefined && same(field, other);
    })
  );
}
