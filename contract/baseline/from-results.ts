import type { CaseRow, Results } from '../results.ts';
import type { Suite } from '../suite.ts';
import { codeText } from './answer.ts';
import type { Behaviour, Observation } from './behaviour.ts';
import { dialectTexts, isRecorded } from './behaviour.ts';

/**
 * Reads the behaviour from a `results.json`: whole answers, or codes only if an older version wrote the file.
 * @param name its name in messages: the file.
 */
export function readBehaviour(
  { tool, dialect, cases, precedence = [] }: Results,
  name: string,
  suite: Suite,
): Behaviour {
  // Older result files have answers of these cases too, but they are not facts.
  const unrecorded = new Set(suite.cases.filter((tested) => !isRecorded(tested)).map(({ id }) => id));
  const whole = cases.some(({ fact }) => fact !== undefined);
  return {
    name,
    catalogue: tool.catalogue,
    dialectAt: name,
    dialect: dialectTexts(dialect, suite.operation),
    detail: whole ? 'answers' : 'codes',
    cases: new Map(
      cases.flatMap((row) => (unrecorded.has(row.id) ? [] : [[row.id, readObservation(row, whole)] as const])),
    ),
    precedence: new Map(
      precedence.map(({ pair, httpStatus, code }) => {
        return [pair.join(' + '), { seen: [codeText({ httpStatus, code })] }] as const;
      }),
    ),
  };
}

function readObservation({ fact, outcome, received, reason }: CaseRow, whole: boolean): Observation {
  if (fact !== undefined) return { seen: [fact] };
  if (whole || outcome === 'skipped' || outcome === 'error' || received.length === 0)
    return { notRun: reason ?? outcome };
  return { seen: [[...new Set(received.map(codeText))].sort().join(' | ')] };
}
