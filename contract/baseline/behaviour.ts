import type { Dialect } from '../../spec/dialect.ts';
import type { Operation } from '../../spec/operation.ts';
import type { Case } from '../run/case.ts';
import type { CaseResult } from '../run/outcome.ts';
import { answerText, codeText } from './answer.ts';

/**
 * What was seen of a case: one text for each run that saw another. Steps stand one after the other, ` > ` between them; the
 * answers to requests sent at once are a set, ` | ` between them. A case that did not run has the reason.
 */
export type Observation = { readonly seen: readonly string[] } | { readonly notRun: string };

/** What a server did: facts that are the same whenever the same server is asked, and no secrets. */
export type Behaviour = Observations & {
  /** What messages call it: a file, or `this run`. */
  readonly name: string;
  /** Version of the catalogue of cases. */
  readonly catalogue: number;
  /** Where its dialect stands, for messages: `baseline.txt:2`. */
  readonly dialectAt: string;
  /** The settings as texts. */
  readonly dialect: Readonly<Partial<Record<string, string>>>;
  /** Whole answers, or codes alone where no more was kept. */
  readonly detail: 'answers' | 'codes';
};

/** The facts themselves. */
export type Observations = {
  readonly cases: ReadonlyMap<string, Observation>;
  /** Which of two faults wins: `200 4004` by the pair, `name/too-long + token/missing`. */
  readonly precedence: ReadonlyMap<string, Observation>;
};

/** The name of what was just seen. */
export const thisRun = 'this run';

/** What a run saw of a server; the last are what it was made with. */
export function toBehaviour(
  results: readonly CaseResult[],
  precedence: readonly CaseResult[],
  { name, catalogue, dialect }: { readonly name: string; readonly catalogue: number; readonly dialect: Dialect },
): Behaviour {
  return {
    ...{ name, catalogue, dialectAt: name, dialect: dialectTexts(dialect, dialect.operation), detail: 'answers' },
    ...collectObservations([...results, ...precedence]),
  };
}

/** What results show: of the cases, and of those that tell the order of checks. */
export function collectObservations(results: readonly CaseResult[]): Observations {
  const cases = new Map<string, Observation>();
  const precedence = new Map<string, Observation>();
  for (const result of results) {
    const { pair } = result.case;
    if (pair !== undefined) precedence.set(pair.names.join(' + '), observePair(result));
    else if (isRecorded(result.case)) cases.set(result.case.id, toObservation(result));
  }
  return { cases, precedence };
}

function observePair(result: CaseResult): Observation {
  const [only] = result.attempts;
  return only === undefined || !hasRun(result) ? notRun(result) : { seen: [codeText(only.received)] };
}

/** Times and arbitrary requests are no facts: they are others in every run. */
export function isRecorded({ property, alone }: Case): boolean {
  return property === undefined && alone !== true;
}

/** What a case saw, as a fact; undefined where it did not run, or is none that is recorded. */
export function toFact(result: CaseResult): string | undefined {
  const { case: tested, attempts } = result;
  if (!isRecorded(tested) || attempts.length === 0 || !hasRun(result)) return undefined;
  const steps = [...Map.groupBy(attempts, ({ step }) => step)].sort(([a], [b]) => a - b);
  return steps
    .map(([at, group]) => {
      const step = tested.steps[at];
      // Where a server may hang up, whether its answer gets through before is chance as well.
      if (step !== undefined && ('mayHangUp' in step || 'byChance' in step)) return leftOut;
      return [...new Set(group.map(({ received }) => answerText(received)))].sort().join(' | ');
    })
    .join(' > ');
}

/** In place of a step whose answers are chance. */
export const leftOut = 'left-out';

function toObservation(result: CaseResult): Observation {
  const fact = toFact(result);
  return fact === undefined ? notRun(result) : { seen: [fact] };
}

/** What a target or state that broke has answered says nothing of the server. */
function hasRun({ outcome }: CaseResult): boolean {
  return outcome !== 'error' && outcome !== 'skipped';
}

function notRun({ reason, cause }: CaseResult): Observation {
  return { notRun: reason ?? cause ?? 'it gave no answer' };
}

/** The settings as texts, without spaces. */
export function dialectTexts(
  dialect: Readonly<Partial<Record<string, unknown>>>,
  { settings }: Pick<Operation, 'settings'>,
): Behaviour['dialect'] {
  return Object.fromEntries(
    Object.keys(settings).flatMap((key) =>
      dialect[key] === undefined ? [] : [[key, encodeWord(String(dialect[key]))] as const],
    ),
  );
}

/** A pattern may hold anything; on a line of words it must be one. */
function encodeWord(text: string): string {
  return text.replace(/[\s%\p{Cc}\p{Cf}]/gu, (character) => encodeURIComponent(character));
}

/** Two runs of one server as one: what either saw, may be seen. */
export function mergeBehaviour(one: Behaviour, other: Observations): Behaviour {
  return {
    ...one,
    cases: new Map([...one.cases].map(([id, seen]) => [id, mergeObservations(seen, other.cases.get(id))])),
    precedence: new Map(
      [...one.precedence].map(([pair, seen]) => [pair, mergeObservations(seen, other.precedence.get(pair))]),
    ),
  };
}

function mergeObservations(one: Observation, other: Observation | undefined): Observation {
  if (!('seen' in one) || other === undefined || !('seen' in other)) return one;
  return { seen: [...new Set([...one.seen, ...other.seen])].sort() };
}
