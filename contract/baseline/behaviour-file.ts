import { closeSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Dialect } from '../../spec/dialect.ts';
import { inert } from '../inert.ts';
import resultsSchema from '../results.schema.json' with { type: 'json' };
import type { Results } from '../results.ts';
import type { Suite } from '../suite.ts';
import { UserError } from '../user-error.ts';
import type { Behaviour } from './behaviour.ts';
import { dialectTexts, thisRun } from './behaviour.ts';
import { refuseOtherDialect } from './compare.ts';
import { behaviourOfResults } from './from-results.ts';
import { readBaseline } from './read-baseline.ts';

/** Some twenty times the largest that a run writes. */
const mostBytes = 64 * 1024 * 1024;

/**
 * What a server did, from a baseline or a `results.json`.
 * @throws UserError (exit code 2) that names the file, and the line where there is one, for every other kind of file.
 */
export function readBehaviourFile(file: string, suite: Suite): Behaviour {
  const text = readText(file);
  return /^\ufeff?\s*[{[]/.test(text)
    ? behaviourOfResults(readResults(text, file), file, suite)
    : readBaseline(text, file, suite);
}

/**
 * What a server did before, to hold a run under a dialect against.
 * @throws UserError (exit code 2) as `readBehaviourFile` does, and where it was recorded under another dialect.
 */
export function readBaselineFile(file: string, dialect: Dialect, suite: Suite): Behaviour {
  const baseline = readBehaviourFile(file, suite);
  refuseOtherDialect(baseline, { dialect: dialectTexts(dialect, dialect.operation), dialectAt: thisRun }, suite);
  return baseline;
}

/** Whether a file is a baseline or a `results.json`, well formed or not: by how it begins. */
export function isBehaviourFile(file: string): boolean {
  const start = startOf(file).replace(/^\ufeff/, '');
  return start.startsWith('bindgate.baseline/') || /^\s*\{.*"bindgate\.results\/\d+"/s.test(start);
}

function startOf(file: string): string {
  const bytes = Buffer.alloc(400);
  try {
    const descriptor = openSync(file, 'r');
    try {
      return bytes.toString('utf8', 0, readSync(descriptor, bytes));
    } finally {
      closeSync(descriptor);
    }
  } catch {
    return '';
  }
}

function readText(file: string): string {
  const next = 'give a file that `bindgate verify --record FILE` has written';
  try {
    const stats = statSync(file);
    const { size } = stats;
    // A device may never end.
    if (stats.isCharacterDevice()) throw new UserError(`${file}: it is a device, and no file; ${next}`, 2);
    if (size > mostBytes) throw new UserError(`${file}: ${size} bytes are too many for a baseline; ${next}`, 2);
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(readFileSync(file));
  } catch (error) {
    if (error instanceof UserError) throw error;
    if (error instanceof TypeError) throw new UserError(`${file}:1: this is no text in UTF-8; ${next}`, 2);
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new UserError(`${file}: it cannot be read (${code}); ${next}`, 2, { cause: error });
  }
}

function readResults(text: string, file: string): Results {
  const value = parsed(text, file);
  const schema = typeof value === 'object' && value !== null && 'schema' in value ? value.schema : undefined;
  if (schema !== 'bindgate.results/1') {
    const kind = typeof schema === 'string' ? `a file of ${inert(schema, 60)}` : 'no file of bindgate';
    throw new UserError(
      `${file}:1: this is ${kind}; give a baseline (\`bindgate verify --record\`) or a results.json`,
      2,
    );
  }
  const validate = new Ajv2020({ allowUnionTypes: true }).compile<Results>(resultsSchema);
  if (!validate(value)) {
    const [first] = validate.errors ?? [];
    const where = `${first?.instancePath || 'it'} ${first?.message ?? 'is not valid'}`;
    throw new UserError(`${file}: this is no whole results.json: ${where}; make it anew with \`bindgate verify\``, 2);
  }
  const twice = value.cases.find(({ id }, at) => value.cases.findIndex((other) => other.id === id) !== at);
  if (twice === undefined) return value;
  throw new UserError(`${file}: the case "${inert(twice.id)}" stands twice; make it anew with \`bindgate verify\``, 2);
}

function parsed(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const position = /position (\d+)/.exec(error instanceof Error ? error.message : '')?.[1];
    const line = text.slice(0, position === undefined ? text.length : Number(position)).split('\n').length;
    throw new UserError(
      `${file}:${line}: the JSON is cut off or damaged here; make it anew with \`bindgate verify\``,
      2,
      {
        cause: error,
      },
    );
  }
}
