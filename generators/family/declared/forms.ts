import { settingValue } from '../../../spec/dialect.ts';
import { type Declared, type DeclaredField, leaves } from '../../../spec/family/declared/model.ts';
import type { Change, Form, Json } from '../../request.ts';
import { deviceNameKinds, withinLimit } from '../optional-fields.ts';
import { addField, hasUsualValue, setField } from './request.ts';

/** So many listed values of a field are tried. */
const mostValues = 40;

/** The forms of a correct request, in addition to the simplest one. */
export function declaredForms(declared: Declared): readonly Form[] {
  const add = ({ name }: DeclaredField): readonly Change[] => addField(declared, name) ?? [];
  const optional = leaves(declared).filter(({ always }) => !always);
  const sent = optional.filter((field) => hasUsualValue(field) && addField(declared, field.name) !== undefined);
  return [
    ...sent.map((field) => form(`with/${idOf(field)}`, `with ${field.name}`, add(field), field.facts.guess)),
    ...(sent.length > 1
      ? [
          form(
            'with/every-field',
            'with every optional field',
            sent.flatMap(add),
            sent.some(({ facts }) => facts.guess),
          ),
        ]
      : []),
    ...leaves(declared).flatMap((field) => valueForms(declared, field)),
    ...sent.filter(({ facts }) => facts.is === 'deviceName').flatMap((field) => nameForms(declared, field)),
    ...optional.flatMap(nothingForms),
  ];
}

/** A name of a field as a part of an id. */
export function idOf({ name }: Pick<DeclaredField, 'name'>): string {
  return name.replaceAll('[]', '').replace(/^\./, '').replaceAll('.', '-');
}

/** The changes that add every optional field with a known value. */
export function allFields(declared: Declared): readonly Change[] {
  return leaves(declared)
    .filter((field) => !field.always && field.facts.guess !== true && hasUsualValue(field))
    .flatMap(({ name }) => addField(declared, name) ?? []);
}

function form(id: string, title: string, changes: readonly Change[], isGuess: boolean | undefined): Form {
  return { id, title, changes, ...(isGuess === true && { reading: 'guessed-request' }) };
}

/** One form for each value that the page or the owner lists. */
function valueForms(declared: Declared, field: DeclaredField): readonly Form[] {
  const values = (field.facts.values ?? field.listed) as readonly Json[];
  const before = field.always ? [] : addField(declared, field.name);
  if (before === undefined || values.length < 2) return [];
  return values.slice(0, mostValues).map((value) => {
    const change = setField(field, () => (field.type === 'array' ? [value] : value));
    const id = `value/${idOf(field)}-${String(value)}`;
    return form(id, `with ${field.name} ${JSON.stringify(value)}`, [...before, change], field.facts.guess);
  });
}

function nameForms(declared: Declared, field: DeclaredField): readonly Form[] {
  const check = declared.declaration.checks.find(({ longer }) => longer === field.name);
  const limit = check?.limit ?? 64;
  const kinds = Object.entries(deviceNameKinds).map(([kind, make]): Form => {
    const change = setField(field, ({ random }) => withinLimit(make(random), limit));
    return { id: `name/${kind}`, title: `with ${field.name}: ${kind.replaceAll('-', ' ')}`, changes: [change] };
  });
  if (check === undefined) return kinds;
  const longest = setField(field, ({ random, dialect }) =>
    random.string.alpha(Number(settingValue('deviceNameLimit', dialect))),
  );
  return [
    ...kinds,
    { id: 'name/longest', title: `with a ${field.name} at the limit`, changes: [longest], reading: 'name-limit' },
  ];
}

/** An optional field that is empty, or null in JSON. */
function nothingForms(field: DeclaredField): readonly Form[] {
  if (field.place !== 'query' && field.place !== 'body' && field.place !== 'form') return [];
  // Only the field itself is sent, so it must not be in an object.
  if (field.steps.length > 1) return [];
  const [value, name, says] = field.place === 'body' ? [null, 'null', 'null'] : ['', 'empty', 'an empty'];
  const changes = [setField(field, () => value)];
  return [{ id: `${name}/${idOf(field)}`, title: `with ${says} ${field.name}`, changes, reading: 'null-fields' }];
}
