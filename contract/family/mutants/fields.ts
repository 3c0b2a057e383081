import { declaredFaults } from '../../../generators/family/declared/faults.ts';
import { declaredForms, idOf } from '../../../generators/family/declared/forms.ts';
import { fieldThatIs, leaves } from '../../../spec/family/declared/model.ts';
import type { Bench, Mutant } from './server.ts';
import { adding, changed, deciding } from './server.ts';

/** Formats of a dk that are wrong, and the fault that shows it. */
const dkPatterns: Readonly<Record<string, readonly [breaks: string, pattern: RegExp]>> = {
  'too-short': ['accepts a dk of 3 characters', /^[0-9A-Za-z]{3,32}$/],
  'too-long': ['accepts a dk of 33 characters', /^[0-9A-Za-z]{4,33}$/],
  'far-too-long': ['accepts a dk of any length', /^[0-9A-Za-z]{4,}$/],
  hyphen: ['accepts hyphens in a dk', /^[0-9A-Za-z-]{4,32}$/],
  underscore: ['accepts word characters in a dk', /^\w{4,32}$/],
  space: ['accepts spaces in a dk', /^[0-9A-Za-z ]{4,32}$/],
  colons: ['accepts colons in a dk', /^[0-9A-Za-z:]{4,32}$/],
  'two-lines': ['accepts a dk with a line before it', /[0-9A-Za-z]{4,32}$/],
  'first-of-two-lines': ['accepts a dk with a line after it', /^[0-9A-Za-z]{4,32}/],
  'non-ascii': ['accepts letters of every script in a dk', /^[\p{L}0-9]{4,32}$/u],
  'arabic-digits': ['accepts digits of every script in a dk', /^[\p{Nd}A-Za-z]{4,32}$/u],
};

/** Broken checks of single fields, and servers that refuse what the page allows. */
export function fieldMutants(bench: Bench): readonly Mutant[] {
  const { declared, correct, made } = bench;
  const dk = fieldThatIs('dk', declared);
  const named = fieldThatIs('deviceName', declared);
  const limited = declared.declaration.checks.find(({ longer }) => longer !== undefined && longer === named?.name);
  return [
    ...(dk === undefined
      ? []
      : Object.entries(dkPatterns).flatMap(([fault, [breaks, dkPattern]]) =>
          changed(bench, `${idOf(dk)}/${fault}`, breaks, `${idOf(dk)}/${fault}`, { dkPattern }),
        )),
    ...(named === undefined || limited?.limit === undefined
      ? []
      : [
          ...changed(
            bench,
            'name/one-more',
            `accepts a ${named.name} one character over the limit`,
            `${idOf(named)}/too-long`,
            { deviceNameLimit: limited.limit + 1 },
          ),
          ...changed(bench, 'name/unlimited', `accepts a ${named.name} of any length`, `${idOf(named)}/far-too-long`, {
            deviceNameLimit: Number.POSITIVE_INFINITY,
          }),
          ...changed(bench, 'name/one-less', `refuses a ${named.name} at the limit`, 'name/longest', {
            deviceNameLimit: limited.limit - 1,
          }),
        ]),
    ...emptyMutants(bench),
    ...Object.keys(made.decisions)
      .filter((name) => name.startsWith('required:'))
      .flatMap((name) => {
        const field = declared.fields.find((one) => `required:${one.name}` === name);
        // What a required object must have is missed too.
        if (field?.type === 'object') return [];
        const killer = `${field === undefined ? '' : idOf(field)}/absent`;
        return changed(
          bench,
          `required/${name.slice(9)}`,
          `does not require ${name.slice(9)}`,
          killer,
          deciding(bench, name, () => undefined),
        );
      }),
    ...declaredForms(declared).flatMap(({ id, title, reading }) => {
      if (reading !== undefined) return [];
      const refuses = refusalFor(id, bench);
      return refuses === undefined
        ? []
        : changed(bench, `refuses/${id.replace('/', '-')}`, `refuses a request ${title}`, id, refuses);
    }),
    ...(named === undefined
      ? []
      : Object.entries({
          ascii: ['chinese', /[^\x20-\x7e]/],
          'latin-1': ['arabic', /[^\x20-\xff]/],
          quotes: ['quotes-and-backslashes', /["'\\]/],
        } as const).flatMap(([id, [kind, refused]]) =>
          changed(
            bench,
            `name/${id}`,
            `refuses a ${named.name} that is not ${id}`,
            `name/${kind}`,
            adding({ correct }, ({ values }) =>
              refused.test(String(values.get(named.name) ?? '')) ? 'added' : undefined,
            ),
          ),
        )),
  ];
}

/** Servers that take an empty field for a given one. */
function emptyMutants(bench: Bench): readonly Mutant[] {
  const { declared, correct, made } = bench;
  return declared.declaration.checks.flatMap(({ absent }) => {
    const field = declared.fields.find(({ name }) => name === absent);
    const found = made.byCheck.get(`absent:${absent}`);
    const own = correct.decisions[found?.decision ?? ''];
    if (field === undefined || found === undefined || own === undefined) return [];
    const fault = declaredFaults(declared).find(({ id }) => id === `${idOf(field)}/empty`);
    if (fault === undefined) return [];
    const lenient = deciding(bench, found.decision, (attempt, world) =>
      attempt.values.get(field.name) === '' ? undefined : own(attempt, world),
    );
    // A later check of its format would refuse the empty text with another code, which is the finding too.
    return changed(bench, `empty/${idOf(field)}`, `takes an empty ${field.name} for a given one`, fault.id, lenient);
  });
}

/** A server that refuses the field or the value of a form. */
function refusalFor(id: string, bench: Bench): ReturnType<typeof adding> | undefined {
  const { declared } = bench;
  const field = leaves(declared).find((one) => id === `with/${idOf(one)}`);
  if (field !== undefined) return adding(bench, ({ values }) => (values.has(field.name) ? 'added' : undefined));
  const valued = leaves(declared).find((one) => id.startsWith(`value/${idOf(one)}-`));
  if (valued === undefined) return undefined;
  const value = id.slice(`value/${idOf(valued)}-`.length);
  return adding(bench, ({ values }) => {
    const given = values.get(valued.name);
    const text = Array.isArray(given) ? String(given[0]) : String(given);
    return given !== undefined && text === value ? 'added' : undefined;
  });
}
