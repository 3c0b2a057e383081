import type { Dialect } from '../../spec/dialect.ts';
import type { Operation } from '../../spec/operation.ts';
import type { Case } from '../run/case.ts';
import type { CaseResult } from '../run/outcome.ts';
import { answerText, codeText } from './answer.ts';

/**
 * The observed behaviour of a case: one text for each different result. ` > ` separates its steps, ` | ` separates the answers to
 * concurrent requests, which are a set. A case that did not run has the reason.
 */
export type Observation = { readonly seen: readonly string[] } | { readonly notRun: string };

/** The behaviour of a server: facts that are the same in every run, without secrets. */
export type Behaviour = Observations & {
  /** Its name in messages: a file, or `this run`. */
  readonly name: string;
  /** Version of the catalogue of cases. */
  readonly catalogue: number;
  /** Where its dialect is written, for messages: `baseline.txt:2`. */
  readonly dialectAt: string;
  /** The settings as texts. */
  readonly dialect: Readonly<Partial<Record<string, string>>>;
  /** Whether it has whole answers or codes only. */
  readonly detail: 'answers' | 'codes';
};

/** The facts of a behaviour. */
export type Observations = {
  readonly cases: ReadonlyMap<string, Observation>;
  /** The answer to a request with two faults: `200 4004` for the pair `name/too-long + token/missing`. */
  readonly precedence: ReadonlyMap<string, Observation>;
};

/** The name of the behaviour in this run. */
export const thisRun = 'this run';

/** Makes a behaviour from the results of a run. */
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

/** Collects the facts of cases and of pairs, which show the order of checks. */
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

/** Whether a case gives a fact. Times and arbitrary requests do not: they change in every run. */
export function isRecorded({ property, alone }: Case): boolean {
  return property === undefined && alone !== true;
}

/** The fact of a case; undefined if it did not run or is not recorded. */
export function toFact(result: CaseResult): string | undefined {
  const { case: tested, attempts } = result;
  if (!isRecorded(tested) || attempts.length === 0 || !hasRun(result)) return undefined;
  const steps = [...Map.groupBy(attempts, ({ step }) => step)].sort(([a], [b]) => a - b);
  return steps
    .map(([at, group]) => {
      const step = tested.steps[at];
      // If a server may close the connection early, it is chance whether its answer arrives.
      if (step !== undefined && ('mayHangUp' in step || 'byChance' in step)) return leftOut;
      return [...new Set(group.map(({ received }) => answerText(received)))].sort().join(' | ');
    })
    .join(' > ');
}

/** Written for a step with answers that depend on chance. */
export const leftOut = 'left-out';

function toObservation(result: CaseResult): Observation {
  const fact = toFact(result);
  return fact === undefined ? notRun(result) : { seen: [fact] };
}

/** Whether a case ran to its end. After an error of the target or its states, its answers mean nothing. */
function hasRun({ outcome }: CaseResult): boolean {
  return outcome !== 'error' && outcome !== 'skipped';
}

function notRun({ reason, cause }: CaseResult): Observation {
  return { notRun: reason ?? cause ?? 'there was no answer' };
}

/** The settings as texts without spaces. */
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

/** Encodes a pattern, which may contain any character, as one word of a line. */
function encodeWord(text: string): string {
  return text.replace(/[\s%\p{Cc}\p{Cf}]/gu, (character) => encodeURIComponent(character));
}

/** Merges two runs of one server: a case may show any result that was seen in either run. */
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
