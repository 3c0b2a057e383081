import { closeSync, openSync, readSync } from 'node:fs';
import type { Dialect } from '../../spec/dialect.ts';
import { inert } from '../inert.ts';
import { parseResult, readTextFile } from '../result-file.ts';
import resultsSchema from '../results.schema.json' with { type: 'json' };
import type { CaseRow, Results } from '../results.ts';
import type { Suite } from '../suite.ts';
import { UserError } from '../user-error.ts';
import { codeText } from './answer.ts';
import { readBaseline } from './baseline-file.ts';
import { type Behaviour, dialectTexts, factKey, type Observation, thisRun, toKey } from './behaviour.ts';
import { refuseOtherDialect } from './compare-behaviour.ts';

const next = 'give a file written by `bindgate verify --record FILE`, or a results.json';

/** Reads the behaviour of a server from a baseline file or a `results.json`. @throws UserError (exit code 2) for any other file. */
export function readBehaviourFile(file: string, suite: Suite): Behaviour {
  const text = readTextFile(file, next);
  return /^\s*[{[]/.test(text) ? readBehaviour(readResults(text, file), file, suite) : readBaseline(text, file, suite);
}

/** Reads an earlier behaviour, to compare with a run. @throws UserError (exit code 2), also if it has another dialect. */
export function readBaselineFile(file: string, dialect: Dialect, suite: Suite): Behaviour {
  const baseline = readBehaviourFile(file, suite);
  refuseOtherDialect(baseline, { dialect: dialectTexts(dialect, dialect.operation), dialectAt: thisRun }, suite);
  return baseline;
}

/** Whether two files to compare are behaviour files. @throws UserError (exit code 2) if only one of them is. */
export function areBehaviourFiles(before: string, after: string): boolean {
  const [one, other] = [isBehaviourFile(before), isBehaviourFile(after)];
  if (one === other) return one;
  const [wrong, right] = one ? [after, before] : [before, after];
  // Throws if the file cannot be read.
  readTextFile(wrong, next);
  throw new UserError(
    `${wrong} is not a results.json or a baseline, but ${right} is; give two files of the same kind`,
    2,
  );
}

/** Whether a file begins like a baseline file or a `results.json`. It need not be well formed. */
export function isBehaviourFile(file: string): boolean {
  const start = readStart(file).replace(/^\ufeff/, '');
  return start.startsWith('bindgate.baseline/') || /^\s*\{.*"bindgate\.results\/\d+"/s.test(start);
}

function readStart(file: string): string {
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

function readResults(text: string, file: string): Results {
  const value = parseResult<Results>(text, resultsSchema, file, next);
  const twice = value.cases.find(({ id }, at) => value.cases.findIndex((other) => other.id === id) !== at);
  if (twice === undefined) return value;
  throw new UserError(
    `${file}: the case "${inert(twice.id)}" is listed twice; create it again with \`bindgate verify\``,
    2,
  );
}

/** Reads the behaviour from a `results.json` of this name: whole answers, or codes only if an older version wrote the file. */
export function readBehaviour(
  { tool, dialect, cases, precedence = [] }: Results,
  name: string,
  suite: Suite,
): Behaviour {
  // Older result files have answers of these cases too, but they are not facts.
  const unrecorded = new Set(suite.cases.filter((tested) => factKey(tested) === undefined).map(({ id }) => id));
  const rows = cases.filter(({ id }) => !unrecorded.has(id));
  const whole = cases.some(({ fact }) => fact !== undefined);
  return {
    name,
    catalogue: tool.catalogue,
    dialectAt: name,
    dialect: dialectTexts(dialect, suite.operation),
    detail: whole ? 'answers' : 'codes',
    facts: new Map<string, Observation>([
      ...rows.map((row) => [toKey('case', row.id), readObservation(row, whole)] as const),
      ...precedence.map((fact) => [toKey('precedence', fact.pair.join(' + ')), { seen: [codeText(fact)] }] as const),
    ]),
  };
}

function readObservation({ fact, outcome, received, reason }: CaseRow, whole: boolean): Observation {
  if (fact !== undefined) return { seen: [fact] };
  if (whole || outcome === 'skipped' || outcome === 'error' || received.length === 0)
    return { notRun: reason ?? outcome };
  return { seen: [[...new Set(received.map(codeText))].sort().join(' | ')] };
}
