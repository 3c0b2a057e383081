import type * as FastCheck from 'fast-check';
import type { BuiltRequest, RequestContext, TokenKeys } from '../../generators/request.ts';
import { definedOnly } from '../../spec/defined-only.ts';
import type { Dialect } from '../../spec/dialect.ts';
import type { Expectation } from '../../spec/expectation.ts';

/** The types that an operation's cases are written in; the engine takes those of any operation. */
export type Vocabulary = {
  readonly context: RequestContext;
  readonly dialect: Dialect;
  readonly rule: string;
  readonly state: string;
};

/** A whole answer, as later steps and comparisons see it. */
export type Answer = {
  readonly httpStatus: number;
  readonly code: number | undefined;
  /** Whether it says that the device was bound. */
  readonly bound: boolean;
  /** The parsed body; undefined where it is no JSON, and its digest where it is long. */
  readonly body: unknown;
  /** Names of the headers that say something of the outcome, in lower case, sorted. */
  readonly headerNames: readonly string[];
};

/** What is wrong with several answers taken together. `cause` is the same for what is wrong in the same way. */
export type Together = {
  readonly cause: string;
  /** What happened, as a sentence of its own: `2 of 20 requests bound the device; exactly one may`. */
  readonly reason: string;
  /** What was expected of the set: each answer alone is as expected. */
  readonly expected: string;
};

/** One request, or several, and the outcomes that are right for each. They are sent one after the other. */
export type RequestBatch<Words extends Vocabulary = Vocabulary> = {
  /** What is sent, for reports: `a request with a name of 300 characters`. */
  readonly what: string;
  requests(context: Words['context']): readonly BuiltRequest[];
  /** For each answer; `earlier` are those of the steps before. */
  expect(dialect: Words['dialect'], earlier: readonly Answer[]): Expectation;
  /** All are sent at once: what is tested is which of them comes first. */
  readonly atOnce?: true;
  /** Judges the answers as a set (in the order of the requests), after each alone was right. */
  together?(answers: readonly Answer[], dialect: Words['dialect']): Together | undefined;
  /** The answer is due within max(2 s, 50 × the target's median). */
  readonly prompt?: true;
  /** What comes back depends on which of several requests came first: it is judged, and no fact of a baseline. */
  readonly byChance?: true;
  /** The server may hang up in the middle of the request: for bodies that it will not read to the end. */
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

/** fast-check itself, which is loaded when a property is run: it costs as much as a hundred requests. */
export type Check = typeof FastCheck;

/** A law over arbitrary requests; each sample has the outcomes that are right for what it has become, also once it is shrunk. */
export type Property<Words extends Vocabulary = Vocabulary> = {
  readonly samples: (check: Check) => FastCheck.Arbitrary<RequestBatch<Words>>;
};

/** One fact a server is held to: in a state, these steps, one after the other, have these outcomes. */
export type Case<Words extends Vocabulary = Vocabulary> = {
  /** Stable name, part of the versioned catalogue: `name/too-long`. */
  readonly id: string;
  /** The documented code it is about; 200 where a fault has no documented code. */
  readonly code: number;
  /** A plain fact: `refuses a name of 300 characters`. */
  readonly title: string;
  /** The claim that it rests on. */
  readonly rule: Words['rule'];
  readonly given: Words['state'];
  /** The state of a second device, where one case needs two. */
  readonly secondState?: Words['state'];
  /** Why it says nothing under a dialect; undefined where it does. */
  unless?(dialect: Words['dialect']): string | undefined;
  readonly steps: readonly Step<Words>[];
  /** Steps made from arbitrary data in place of `steps`. */
  readonly property?: Property<Words>;
  /** Why the fixtures that were given cannot show it, as a handler may give two of one user; undefined where they can. */
  unfit?(fixture: Words['context']['fixture'], other: Words['context']['fixture'] | undefined): string | undefined;
  /** The key without which its requests cannot be made. */
  readonly needs?: keyof TokenKeys;
  /** Run with nothing else under way, after all others: it measures time. */
  readonly alone?: true;
  /** It takes long without work, and is started early: a run would wait for it at its end. */
  readonly takesLong?: true;
  /** A correct request in one of its forms: where none of these binds, no other answer means anything. */
  readonly essential?: true;
  /** Two faults at once, and the code that each alone would earn (0 where the document has none): which wins is recorded. */
  readonly pair?: { readonly names: readonly [string, string]; readonly due: readonly [number, number] };
  /** It strains the server: run against loopback or an allowed host only. */
  readonly strains?: true;
};

/** A step that sends several requests, one after the other. */
export function sendAll<Words extends Vocabulary = Vocabulary>(
  what: string,
  requests: RequestBatch<Words>['requests'],
  expect: RequestBatch<Words>['expect'] | Expectation,
  together?: RequestBatch<Words>['together'],
): RequestBatch<Words> {
  return definedOnly({
    what,
    requests,
    expect: typeof expect === 'function' ? expect : () => expect,
    together,
  });
}

/** The cases that say something under a dialect: a format that is declared may leave no room for others. */
export function casesUnder<Tested extends Case>(dialect: Dialect, cases: readonly Tested[]): readonly Tested[] {
  return cases.filter(({ unless }) => unless?.(dialect) === undefined);
}

/** What a case expects of its answers, step by step; nothing for what is timed or arbitrary. */
export function listExpectations({ steps }: Pick<Case, 'steps'>, dialect: Dialect): readonly Expectation[] {
  return steps.flatMap((step) => ('timed' in step ? [] : [step.expect(dialect, [])]));
}

/**
 * Whether a case is about a documented code. One that sends a fault for which the document has no code, or times two of
 * them, is filed under 200 and is not about success.
 */
export function hasDocumentedCode(tested: Pick<Case, 'code' | 'steps'>, dialect: Dialect): boolean {
  if (tested.code !== 200) return true;
  const faults = listExpectations(tested, dialect).some(({ anyRefusal }) => anyRefusal);
  return !faults && !tested.steps.some((step) => 'timed' in step);
}
