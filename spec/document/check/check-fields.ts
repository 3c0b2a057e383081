import type { DocumentField } from '../model.ts';
import { optionsOf } from '../options.ts';
import type { ContractField } from './contract-fields.ts';
import type { Difference, DifferenceKind, Place } from './difference.ts';
import { formulasDiffer, optionDifferences, textsDiffer, withoutOptions } from './words-differ.ts';

/** What the comparison of fields needs to know of both sides. */
export type Sides = {
  readonly file: string;
  /** Whether the page is in another language than the contract: its words are then not compared, its formulas are. */
  readonly translated: boolean;
  /** Whether the page's table marks what is required; that of an answer does not. */
  readonly marked: boolean;
  readonly place: (pointer: string) => Place;
};

/** A table of the page against the fields of the contract. `parent` and `line` are for fields the table has not. */
export function checkFields(
  page: readonly DocumentField[],
  contract: readonly ContractField[],
  sides: Sides,
  parent: string,
  line: number,
): readonly Difference[] {
  const missing = contract.filter(({ name }) => !page.some((field) => field.name === name));
  const added = page.filter(({ name }) => !contract.some((field) => field.name === name));
  const renamed = missing.flatMap((field) => {
    const now = added.find((other) => saysTheSame(other, field));
    return now === undefined ? [] : [{ field, now }];
  });
  const pageAt = { file: sides.file, line };
  return [
    ...renamed.map(({ field, now }) => ({
      kind: 'field' as const,
      subject: parent + field.name,
      page: `it is called ${now.name}`,
      contract: `it is called ${field.name}`,
      pageAt: { file: sides.file, line: now.line },
      contractAt: sides.place(field.pointer),
    })),
    ...missing
      .filter((field) => !renamed.some((pair) => pair.field === field))
      .map((field) => ({
        kind: 'field' as const,
        subject: parent + field.name,
        contract: 'it is there',
        pageAt,
        contractAt: sides.place(field.pointer),
      })),
    ...added
      .filter((field) => !renamed.some(({ now }) => now === field))
      .map((field) => ({
        kind: 'field' as const,
        subject: parent + field.name,
        page: `it is there, ${field.type}`,
        pageAt: { file: sides.file, line: field.line },
        contractAt: sides.place(contract[0]?.pointer ?? ''),
      })),
    ...contract.flatMap((known) => {
      const field = page.find(({ name }) => name === known.name);
      return field === undefined ? [] : checkField(field, known, sides, parent);
    }),
  ];
}

function saysTheSame(field: DocumentField, { words }: ContractField): boolean {
  return words !== undefined && field.type === words.type && !textsDiffer(field.description, words.description);
}

/** One row of a table against its field of the contract, and what is indented below it. */
export function checkField(
  field: DocumentField,
  known: ContractField,
  sides: Sides,
  parent: string,
): readonly Difference[] {
  const subject = parent + field.name;
  const pageAt = { file: sides.file, line: field.line };
  const words = known.words ?? { type: '', description: '' };
  const contractAt = sides.place(known.words === undefined ? known.pointer : `${known.pointer}/x-document`);
  const differ = (kind: DifferenceKind, page: string, contract: string, at: Place = contractAt): Difference => ({
    kind,
    subject,
    page,
    contract,
    pageAt,
    contractAt: at,
  });
  const differences: Difference[] = [];
  if (field.type !== words.type) differences.push(differ('type', field.type || 'no type', words.type || 'no type'));
  else if (field.schema !== (words.schema ?? ''))
    differences.push(differ('type', field.schema || 'no schema', words.schema ?? 'no schema'));
  if (field.required !== known.required && (sides.marked || field.required !== undefined)) {
    differences.push(differ('required', mark(field.required), mark(known.required), sides.place(known.pointer)));
  }
  const options = optionDifferences(field.options, optionsOf(words.description));
  for (const { value, page, contract } of options) {
    differences.push(differ('enumeration', option(value, page), option(value, contract)));
  }
  const [said, told] = [withoutOptions(field.description), withoutOptions(words.description)];
  if (sides.translated ? formulasDiffer(said, told) : textsDiffer(said, told)) {
    differences.push(differ('description', said, told));
  }
  return [...differences, ...checkFields(field.fields, known.fields, sides, `${subject}.`, field.line)];
}

function mark(required: boolean | undefined): string {
  if (required === undefined) return 'no mark';
  return required ? 'required' : 'not required';
}

function option(value: string, meaning: string | undefined): string {
  return meaning === undefined ? `no value ${value}` : `${value}-${meaning}`;
}
