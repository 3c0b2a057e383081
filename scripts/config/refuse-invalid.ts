import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import { inert } from '../../contract/inert.ts';
import { didYouMean } from '../../contract/nearest.ts';
import { UserError } from '../../contract/user-error.ts';

/**
 * Refuses a file that a user wrote and that does not match its schema.
 * @param what the file's kind, for a message about a file without keys and values.
 * @throws UserError (exit code 2) with the key and the rule in words.
 */
export function refuseInvalid(value: unknown, schema: object, file: string, what: string): void {
  const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true, verbose: true, formats: { date: isDate } });
  const validate = ajv.compile(schema);
  if (validate(value)) return;
  // Of several alternatives, the user probably meant the one with the deepest error and the right type.
  const last = ({ keyword }: ErrorObject): number => ['type', 'anyOf'].indexOf(keyword);
  const errors = [...(validate.errors ?? [])].sort((a, b) => pathDepth(b) - pathDepth(a) || last(a) - last(b));
  const error = errors.find(({ keyword }) => keyword === 'additionalProperties') ?? errors[0];
  if (error === undefined) throw new UserError(`${file}: is not valid`, 2);
  const missing = errors.find(
    ({ keyword, instancePath }) => keyword === 'required' && instancePath === error.instancePath,
  );
  const both = missing === undefined ? [error] : [...new Set([missing, error])];
  throw new UserError(`${file}: ${both.map((each) => describe(each, what)).join('; ')}`, 2);
}

function pathDepth({ instancePath }: ErrorObject): number {
  return instancePath.split('/').length;
}

function describe({ instancePath, keyword, params, message, data, parentSchema }: ErrorObject, what: string): string {
  const key = instancePath.slice(1).replaceAll('/', '.');
  if (keyword === 'additionalProperties') {
    const unknown = String(params['additionalProperty']);
    const known = Object.keys((parentSchema as { properties?: object }).properties ?? {});
    const hint = didYouMean(unknown, known, `the keys are ${known.join(', ')}`);
    return `unknown key "${inert(key === '' ? unknown : `${key}.${unknown}`)}"; ${hint}`;
  }
  if (keyword === 'dependentRequired') {
    return `"${params['property']}" is given without "${params['missingProperty']}"; give both, or neither`;
  }
  if (keyword === 'required') return `"${key}" has no "${params['missingProperty']}"`;
  if (key === '' && keyword === 'type') {
    return `${what} must be keys and values, such as url: http://…; this file is ${whatIs(data)}`;
  }
  const rule = ruleTexts[keyword]?.(params) ?? message ?? 'is not valid';
  return typeof data === 'string' ? `"${key}" ${rule}` : `"${key}" is ${whatIs(data)}; it ${rule}`;
}

/** What is in a file. A text, a list and an object may contain a secret, so only other values are shown. */
function whatIs(data: unknown): string {
  if (data === null) return 'empty';
  if (Array.isArray(data)) return 'a list';
  if (typeof data === 'object') return typeNames.object;
  return typeof data === 'string' ? typeNames.string : String(data);
}

const typeNames = {
  string: 'a text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'keys and values',
};

/** Rules of a schema in words. The message of the validator explains all others. */
const ruleTexts: Readonly<Record<string, (params: ErrorObject['params']) => string>> = {
  type: ({ type }) =>
    `must be ${[type]
      .flat()
      .map((name: keyof typeof typeNames) => typeNames[name])
      .join(' or ')}`,
  minimum: ({ limit }) => `must be at least ${limit}`,
  maximum: ({ limit }) => `must be at most ${limit}`,
  minLength: () => 'must not be empty',
  minItems: () => 'must not be empty',
  enum: ({ allowedValues }) => `must be one of ${[allowedValues].flat().join(', ')}`,
  format: () => 'is not a date such as 2027-03-31',
};

/** Whether a text is a day of the calendar, such as `2027-03-31`. */
function isDate(text: string): boolean {
  const time = Date.parse(text);
  return !Number.isNaN(time) && new Date(time).toISOString().slice(0, 10) === text;
}
