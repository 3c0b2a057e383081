import type { Dialect } from '../../spec/dialect.ts';
import type { Operation } from '../../spec/operation.ts';
import type { Change } from '../results.generated.ts';
import type { Case } from '../run/case.ts';
import type { CaseResult } from '../run/outcome.ts';
import { answerText, codeText } from './answer.ts';

/**
 * The observed behaviour of a case: one text for each different result. ` > ` separates its steps, ` | ` separates the answers to
 * concurrent requests, which are a set. A case that did not run has the reason.
 */
export type Observation = { readonly seen: readonly string[] } | { readonly notRun: string };

/** The facts of a server, by the case or the pair of faults that gave each: `case name/too-long`, `precedence a + b`. */
export type Facts = ReadonlyMap<string, Observation>;

/** The behaviour of a server: facts that are the same in every run, without secrets. */
export type Behaviour = {
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
  readonly facts: Facts;
};

/** The name of the behaviour in this run. */
export const thisRun = 'this run';

/** Makes a behaviour from the results of a run, and those of the pairs of faults. */
export function toBehaviour(
  results: readonly CaseResult[],
  { name, catalogue, dialect }: { readonly name: string; readonly catalogue: number; readonly dialect: Dialect },
): Behaviour {
  const settings = dialectTexts(dialect, dialect.operation);
  return { name, catalogue, dialectAt: name, dialect: settings, detail: 'answers', facts: collectFacts(results) };
}

/** Collects the facts of cases and of pairs, which show the order of checks. */
export function collectFacts(results: readonly CaseResult[]): Facts {
  return new Map(
    results.flatMap((result) => {
      const key = factKey(result.case);
      return key === undefined ? [] : [[key, toObservation(result)]];
    }),
  );
}

/** The key of a case's fact; undefined if it gives none. Times and arbitrary requests change in every run. */
export function factKey({ id, pair, property, alone }: Case): string | undefined {
  if (pair !== undefined) return toKey('precedence', pair.names.join(' + '));
  return property === undefined && alone !== true ? toKey('case', id) : undefined;
}

/** The key of a fact: `case name/too-long`, `precedence name/too-long + token/missing`. */
export function toKey(kind: Change['kind'], id: string): string {
  return `${kind} ${id}`;
}

/** Reads the parts of a key. */
export function readKey(key: string): Pick<Change, 'kind' | 'id'> {
  return { kind: key.startsWith('case ') ? 'case' : 'precedence', id: key.slice(key.indexOf(' ') + 1) };
}

/** Whether the order of checks was recorded. */
export function hasOrder({ facts }: Pick<Behaviour, 'facts'>): boolean {
  return [...facts.keys()].some((key) => readKey(key).kind === 'precedence');
}

/** The fact of a case; undefined if it did not run to its end or is not recorded. Of a pair, it is status and code only. */
export function toFact({ case: tested, attempts, outcome }: CaseResult): string | undefined {
  const [first] = attempts;
  // After an error of the target or its states, the answers mean nothing.
  const hasRun = outcome !== 'error' && outcome !== 'skipped';
  if (factKey(tested) === undefined || first === undefined || !hasRun) return undefined;
  if (tested.pair !== undefined) return codeText(first.received);
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
  return fact === undefined ? { notRun: result.reason ?? result.cause ?? 'there was no answer' } : { seen: [fact] };
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
export function mergeBehaviour(one: Behaviour, other: Facts): Behaviour {
  return {
    ...one,
    facts: new Map([...one.facts].map(([key, seen]) => [key, mergeObservations(seen, other.get(key))])),
  };
}

function mergeObservations(one: Observation, other: Observation | undefined): Observation {
  if (!('seen' in one) || other === undefined || !('seen' in other)) return one;
  return { seen: [...new Set([...one.seen, ...other.seen])].sort() };
}
