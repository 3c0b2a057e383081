import type { ErrorObject } from 'ajv';
import { pointerStep } from './json-pointer.ts';

/** One problem of a body, such as `/name is missing`. Never shows the value, which may be secret. */
export type Problem = {
  /** JSON pointer (RFC 6901) into the body; empty for the body itself. */
  readonly path: string;
  readonly message: string;
};

/** Ajv's errors as short messages. */
export function toProblems(errors: readonly ErrorObject[]): readonly Problem[] {
  return errors.map(toProblem);
}

function toProblem({ instancePath, keyword, params }: ErrorObject): Problem {
  if (keyword === 'required') {
    return { path: instancePath + pointerStep(String(params['missingProperty'])), message: 'is missing' };
  }
  return { path: instancePath, message: words(keyword, params) };
}

function words(keyword: string, params: ErrorObject['params']): string {
  const limit = String(params['limit']);
  switch (keyword) {
    case 'type':
      return `must be ${[params['type']].flat().join(' or ')}`;
    case 'enum':
      return `must be one of ${[params['allowedValues']]
        .flat()
        .map((value) => JSON.stringify(value))
        .join(', ')}`;
    case 'const':
      return `must be ${JSON.stringify(params['allowedValue'])}`;
    case 'pattern':
      return `must match ${String(params['pattern'])}`;
    case 'minLength':
      return limit === '1' ? 'must not be empty' : `must have at least ${limit} characters`;
    case 'maxLength':
      return `must have at most ${limit} characters`;
    case 'minimum':
      return `must be at least ${limit}`;
    case 'maximum':
      return `must be at most ${limit}`;
    default:
      return `breaks the schema's ${keyword}`;
  }
}
