import type * as FastCheck from 'fast-check';
import type { BuiltRequest, RequestContext, TokenKeys } from '../../generators/request.ts';
import { definedOnly } from '../../spec/defined-only.ts';
import type { Dialect } from '../../spec/dialect.ts';
import type { Expectation } from '../../spec/expectation.ts';

/** The types that the cases of an operation use. The engine accepts those of any operation. */
export type Vocabulary = {
  readonly context: RequestContext;
  readonly dialect: Dialect;
  readonly rule: string;
  readonly state: string;
};

/** A whole answer, for later steps and comparisons. */
export type Answer = {
  readonly httpStatus: number;
  readonly code: number | undefined;
  /** Whether it says that the device was bound. */
  readonly bound: boolean;
  /** The parsed body; undefined if it is not JSON, and its digest if it is long. */
  readonly body: unknown;
  /** Names of the headers that belong to the outcome, in lower case, sorted. */
  readonly headerNames: readonly string[];
};

/** A problem of several answers as a set. Equal problems have the same `cause`. */
export type Together = {
  readonly cause: string;
  /** What happened, as a full sentence: `2 of 20 concurrent requests bound the device; expected exactly one`. */
  readonly reason: string;
  /** What was expected of the set. Each single answer is as expected. */
  readonly expected: string;
  /** The rule that it differs from, if it is not the case's own. A rule without enough evidence only warns. */
  readonly rule?: string;
};

/** One or more requests and the correct outcomes of each. They are sent one after the other. */
export type RequestBatch<Words extends Vocabulary = Vocabulary> = {
  /** What is sent, for reports: `a request with a name of 300 characters`. */
  readonly what: string;
  requests(context: Words['context']): readonly BuiltRequest[];
  /** The expectation for each answer. `earlier` has the answers of the steps before. */
  expect(dialect: Words['dialect'], earlier: readonly Answer[]): Expectation;
  /** All are sent at once, to test a race. */
  readonly atOnce?: true;
  /** Judges the answers as a set, in the order of the requests, if each single answer was right. */
  together?(answers: readonly Answer[], dialect: Words['dialect']): Together | undefined;
  /** The answer must come within max(2 s, 50 × the target's median). */
  readonly prompt?: true;
  /** The answers depend on which request came first. They are judged, but not recorded in a baseline. */
  readonly byChance?: true;
  /** The server may close the connection during the request, because it need not read the whole body. */
  readonly mayHangUp?: true;
};

/** Two kinds of request that a server must refuse in the same time. */
export type Timed<Words extends Vocabulary = Vocabulary> = {
  readonly what: string;
  readonly timed: readonly [one: TimedKind<Words>, other: TimedKind<Words>];
};

/** One kind of request of a timed step. */
export type TimedKind<Words extends Vocabulary = Vocabulary> = {
  readonly name: string;
  request(context: Words['context']): BuiltRequest;
};

/** One step of a case. */
export type Step<Words extends Vocabulary = Vocabulary> = RequestBatch<Words> | Timed<Words>;

/** fast-check itself. It is loaded only to run a property, because that takes as long as a hundred requests. */
export type Check = typeof FastCheck;

/** A law over arbitrary requests. Each sample, also a shrunk one, has its own correct outcomes. */
export type Property<Words extends Vocabulary = Vocabulary> = {
  readonly samples: (check: Check) => FastCheck.Arbitrary<RequestBatch<Words>>;
};

/** One test of a server: in a state, these steps, one after the other, must have these outcomes. */
export type Case<Words extends Vocabulary = Vocabulary> = {
  /** Stable name, part of the versioned catalogue: `name/too-long`. */
  readonly id: string;
  /** The documented code it tests; 200 if a fault has no documented code. */
  readonly code: number;
  /** A plain fact: `refuses a name of 300 characters`. */
  readonly title: string;
  /** The rule that it tests. */
  readonly rule: Words['rule'];
  readonly given: Words['state'];
  /** The state of a second device, if the case needs two. */
  readonly secondState?: Words['state'];
  /** Why the case does not apply under a dialect; undefined if it does. */
  unless?(dialect: Words['dialect']): string | undefined;
  readonly steps: readonly Step<Words>[];
  /** Steps made from arbitrary data instead of `steps`. */
  readonly property?: Property<Words>;
  /** Why the given fixtures do not suit the case, such as two devices of one user; undefined if they do. */
  unfit?(
    fixture: Words['context']['fixture'],
    other: Words['context']['fixture'] | undefined,
    dialect: Words['dialect'],
  ): string | undefined;
  /** The key without which its requests cannot be made. */
  readonly needs?: keyof TokenKeys;
  /** It measures time, so it runs alone, after all others. */
  readonly alone?: true;
  /** It takes long but is mostly idle. It starts early, so that the run does not wait for it at the end. */
  readonly takesLong?: true;
  /** A correct request in one form. If no such case binds, no other answer means anything. */
  readonly essential?: true;
  /** A request with two faults, and the expected code of each alone (0 if the document has none). The winner is recorded. */
  readonly pair?: { readonly names: readonly [string, string]; readonly codes: readonly [number, number] };
  /** It puts heavy load on the server, so it runs only against loopback or an allowed host. */
  readonly strains?: true;
};

/** What makes the cases of an operation and their steps. */
export type CaseMaker<Words extends Vocabulary, Changed> = {
  /** A case with code 200 in the ready state; `more` can change both. */
  readonly tested: (
    id: string,
    title: string,
    rule: Words['rule'],
    steps: Case<Words>['steps'],
    more?: Partial<Omit<Case<Words>, 'id' | 'title' | 'rule' | 'steps'>>,
  ) => Case<Words>;
  /** A step that sends a request with some changes. */
  readonly send: (
    what: string,
    changes: readonly Changed[],
    expect: RequestBatch<Words>['expect'] | Expectation,
  ) => RequestBatch<Words>;
};

/** Makes cases from the ready state of an operation and what builds its requests. */
export function caseMaker<Words extends Vocabulary, Changed>(
  ready: Words['state'],
  build: (context: Words['context'], changes: readonly Changed[]) => BuiltRequest,
): CaseMaker<Words, Changed> {
  return {
    tested: (id, title, rule, steps, more = {}) => ({ id, code: 200, title, rule, given: ready, steps, ...more }),
    send: (what, changes, expect) => sendAll<Words>(what, (context) => [build(context, changes)], expect),
  };
}

/** Makes a step that sends requests one after the other. */
export function sendAll<Words extends Vocabulary = Vocabulary>(
  what: string,
  requests: RequestBatch<Words>['requests'],
  expect: RequestBatch<Words>['expect'] | Expectation,
  together?: RequestBatch<Words>['together'],
): RequestBatch<Words> {
  return definedOnly({ what, requests, expect: asFunction<Words>(expect), together });
}

/** The expectation of a request after others: `bound` if one of them has succeeded, or else `first`. */
export function unlessOneBound<Words extends Vocabulary = Vocabulary>(
  bound: RequestBatch<Words>['expect'] | Expectation,
  first: RequestBatch<Words>['expect'] | Expectation,
): RequestBatch<Words>['expect'] {
  const [ifBound, ifNot] = [asFunction<Words>(bound), asFunction<Words>(first)];
  return (dialect, earlier) => (earlier.some((answer) => answer.bound) ? ifBound : ifNot)(dialect, earlier);
}

function asFunction<Words extends Vocabulary>(
  expect: RequestBatch<Words>['expect'] | Expectation,
): RequestBatch<Words>['expect'] {
  return typeof expect === 'function' ? expect : () => expect;
}

/** The cases that apply under a dialect. A declared format may exclude some. */
export function casesUnder<Tested extends Case>(dialect: Dialect, cases: readonly Tested[]): readonly Tested[] {
  return cases.filter(({ unless }) => unless?.(dialect) === undefined);
}

/** The expectations of a case, step by step; none for timed steps and properties. */
export function listExpectations({ steps }: Pick<Case, 'steps'>, dialect: Dialect): readonly Expectation[] {
  return steps.flatMap((step) => ('timed' in step ? [] : [step.expect(dialect, [])]));
}

/** Whether a case tests a documented code. A case of times, or of a fault without one, has the code 200 but does not test success. */
export function hasDocumentedCode(tested: Pick<Case, 'code' | 'steps'>, dialect: Dialect): boolean {
  if (tested.code !== 200) return true;
  const faults = listExpectations(tested, dialect).some(({ anyRefusal }) => anyRefusal);
  return !faults && !tested.steps.some((step) => 'timed' in step);
}
