import { declaredForms, idOf } from '../../../generators/family/declared/forms.ts';
import { type Declared, type DeclaredField, fieldThatIs, leaves } from '../../../spec/family/declared/model.ts';
import type { DeclaredBehaviour } from '../../../spec/family/reference/declared/attempt.ts';
import { type Bench, type Change, changed, deciding, type Mutant, refusing } from './server.ts';

/** Broken checks of single fields, and servers that refuse what the page allows. */
export function fieldMutants(bench: Bench): readonly Mutant[] {
  const { declared } = bench;
  const [dk, named] = [fieldThatIs('dk', declared), fieldThatIs('deviceName', declared)];
  const broken = changed({
    ...(dk !== undefined && dkPatterns(idOf(dk))),
    ...(named !== undefined && nameChanges(bench, named)),
    ...Object.fromEntries([...emptyFields(bench), ...absentFields(bench)]),
  });
  return [...broken, ...refusedForms(bench)];
}

/** Formats of a dk that are wrong. @param dk the id of the field. */
function dkPatterns(dk: string): Readonly<Record<string, Change>> {
  const patterns: Readonly<Record<string, RegExp>> = {
    'too-short: accepts a dk of 3 characters': /^[0-9A-Za-z]{3,32}$/,
    'too-long: accepts a dk of 33 characters': /^[0-9A-Za-z]{4,33}$/,
    'far-too-long: accepts a dk of any length': /^[0-9A-Za-z]{4,}$/,
    'hyphen: accepts hyphens in a dk': /^[0-9A-Za-z-]{4,32}$/,
    'underscore: accepts word characters in a dk': /^\w{4,32}$/,
    'space: accepts spaces in a dk': /^[0-9A-Za-z ]{4,32}$/,
    'colons: accepts colons in a dk': /^[0-9A-Za-z:]{4,32}$/,
    'two-lines: accepts a dk with a line before it': /[0-9A-Za-z]{4,32}$/,
    'first-of-two-lines: accepts a dk with a line after it': /^[0-9A-Za-z]{4,32}/,
    'non-ascii: accepts letters of every script in a dk': /^[\p{L}0-9]{4,32}$/u,
    'arabic-digits: accepts digits of every script in a dk': /^[\p{Nd}A-Za-z]{4,32}$/u,
  };
  // The case of each is the fault of the same name.
  return Object.fromEntries(
    Object.entries(patterns).map(([sentence, dkPattern]) => {
      const id = `${dk}/${sentence.split(':', 1)[0]}`;
      return [`${dk}/${sentence} -> ${id}`, { dkPattern }];
    }),
  );
}

function nameChanges({ declared, correct }: Bench, named: DeclaredField): Readonly<Record<string, Change>> {
  const { name } = named;
  const limit = declared.declaration.checks.find(({ longer }) => longer === name)?.limit;
  const refusingNames = (pattern: RegExp): Partial<DeclaredBehaviour> =>
    refusing(correct, ({ values }) => pattern.test(String(values.get(name) ?? '')));
  return {
    ...(limit !== undefined && {
      [`name/one-more: accepts a ${name} one character over the limit -> ${idOf(named)}/too-long`]: {
        deviceNameLimit: limit + 1,
      },
      [`name/unlimited: accepts a ${name} of any length -> ${idOf(named)}/far-too-long`]: {
        deviceNameLimit: Number.POSITIVE_INFINITY,
      },
      [`name/one-less: refuses a ${name} at the limit -> name/longest`]: { deviceNameLimit: limit - 1 },
    }),
    [`name/ascii: refuses a ${name} that is not ascii -> name/chinese`]: refusingNames(/[^\x20-\x7e]/),
    [`name/latin-1: refuses a ${name} that is not latin-1 -> name/arabic`]: refusingNames(/[^\x20-\xff]/),
    [`name/quotes: refuses a ${name} that is not quotes -> name/quotes-and-backslashes`]: refusingNames(/["'\\]/),
  };
}

function emptyFields({ declared, correct, made }: Bench): readonly (readonly [string, Change])[] {
  return declared.declaration.checks.flatMap(({ absent }) => {
    const field = declared.fields.find(({ name }) => name === absent);
    const { decision = '' } = made.byCheck.get(`absent:${absent}`) ?? {};
    const own = correct.decisions[decision];
    if (field === undefined || own === undefined) return [];
    // A later check of its format would refuse the empty text with another code, which is the finding too.
    const lenient = deciding(correct, decision, (attempt, world) =>
      attempt.values.get(field.name) === '' ? undefined : own(attempt, world),
    );
    const id = idOf(field);
    return [[`empty/${id}: takes an empty ${field.name} for a given one -> ${id}/empty`, lenient] as const];
  });
}

/** Servers that do not require a field; what a required object must have is missed too. */
function absentFields({ declared, correct }: Bench): readonly (readonly [string, Change])[] {
  const required = declared.fields.filter(
    ({ name, type }) => type !== 'object' && Object.hasOwn(correct.decisions, `required:${name}`),
  );
  return required.map((field) => [
    `required/${field.name}: does not require ${field.name} -> ${idOf(field)}/absent`,
    deciding(correct, `required:${field.name}`, () => undefined),
  ]);
}

/** The id of a form has a value of the page, with any character, so these are not written as sentences. */
function refusedForms({ declared, correct }: Bench): readonly Mutant[] {
  return declaredForms(declared).flatMap(({ id, title, reading }) => {
    const isSent = reading === undefined ? formIn(id, declared) : undefined;
    if (isSent === undefined) return [];
    const override = refusing(correct, isSent);
    return [{ id: `refuses/${id.replace('/', '-')}`, breaks: `refuses a request ${title}`, killedBy: [id], override }];
  });
}

function formIn(id: string, declared: Declared): Parameters<typeof refusing>[1] | undefined {
  const field = leaves(declared).find((one) => id === `with/${idOf(one)}`);
  if (field !== undefined) return ({ values }) => values.has(field.name);
  const valued = leaves(declared).find((one) => id.startsWith(`value/${idOf(one)}-`));
  if (valued === undefined) return undefined;
  const value = id.slice(`value/${idOf(valued)}-`.length);
  return ({ values }) => {
    const given = values.get(valued.name);
    return given !== undefined && String(Array.isArray(given) ? given[0] : given) === value;
  };
}
