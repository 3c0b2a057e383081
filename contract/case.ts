import type { BuiltRequest, Change, RequestContext, TokenKeys } from '../generators/request.ts';
import { buildRequest } from '../generators/request.ts';
import type { Dialect } from '../spec/dialect.ts';
import type { Expectation } from '../spec/expectation.ts';
import { binds, refusedWith } from '../spec/expectation.ts';
import type { StateName } from '../spec/states.ts';
import type { Property } from './property/property.ts';

/** What a case stands on: the document's word, the security of the operation, or a reading of something it leaves open. */
export type Basis = 'document' | 'security' | 'inferred';

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
export type Together = { readonly cause: string; readonly reason: string };

/** One request, or several sent at once, and the outcomes that are right for each. */
export type Volley = {
  /** What is sent, for reports: `a request with a dk of three characters`. */
  readonly what: string;
  readonly requests: (context: RequestContext) => readonly BuiltRequest[];
  /** For each answer; `earlier` are those of the steps before. */
  readonly expect: (dialect: Dialect, earlier: readonly Answer[]) => Expectation;
  /** Judges the answers as a set (in the order of the requests), after each alone was right. */
  readonly together?: (answers: readonly Answer[]) => Together | undefined;
  /** The answer is due within max(2 s, 50 × the target's median). */
  readonly prompt?: true;
  /** What comes back depends on which of several requests came first: it is judged, and no fact of a baseline. */
  readonly byChance?: true;
  /** The server may hang up in the middle of the request: for bodies that it will not read to the end. */
  readonly mayHangUp?: true;
};

/** Two kinds of request that a server must refuse in the same time. */
export type Timed = {
  readonly what: string;
  readonly timed: readonly [one: TimedKind, other: TimedKind];
};

/** One kind of request of a timed step. */
export type TimedKind = { readonly name: string; readonly request: (context: RequestContext) => BuiltRequest };

/** One step of a case. */
export type Step = Volley | Timed;

/** One fact a server is held to: in a state, these steps, one after the other, have these outcomes. */
export type Case = {
  /** Stable name, part of the versioned catalogue: `dk/too-short`. */
  readonly id: string;
  /** The documented code it is about; 200 where a fault has no documented code. */
  readonly code: number;
  /** A plain fact: `refuses a dk of three characters`. */
  readonly title: string;
  readonly basis: Basis;
  readonly given: StateName;
  /** The state of a second device, where one case needs two. */
  readonly beside?: StateName;
  /** Where the contract says so. */
  readonly clause: string;
  readonly steps: readonly Step[];
  /** Steps made from arbitrary data in place of `steps`. */
  readonly property?: Property;
  /** The key without which its requests cannot be made. */
  readonly needs?: keyof TokenKeys;
  /** Run with nothing else under way, after all others: it measures time. */
  readonly alone?: true;
  /** It takes long without work, and is started early: a run would wait for it at its end. */
  readonly takesLong?: true;
  /** It strains the server: run against loopback or an allowed host only. */
  readonly strains?: true;
};

/** A step that sends a request with some changes. */
export function send(what: string, changes: readonly Change[], expect: Volley['expect'] | Expectation): Volley {
  return sendAtOnce(what, (context) => [buildRequest(context, changes)], expect);
}

/** A step that sends several requests at once. */
export function sendAtOnce(
  what: string,
  requests: Volley['requests'],
  expect: Volley['expect'] | Expectation,
  together?: Volley['together'],
): Volley {
  return {
    what,
    requests,
    expect: typeof expect === 'function' ? expect : () => expect,
    ...(together === undefined ? {} : { together }),
  };
}

/** A step that sends a correct request and expects it to bind. */
export function bindsWith(what: string, ...changes: readonly Change[]): Volley {
  return send(what, changes, binds);
}

/** A correct request after others: it binds, or is told that one of those before has bound. */
export function bindsUnlessBound(what: string, ...changes: readonly Change[]): Volley {
  return send(what, changes, (_, earlier) => (earlier.some(({ bound }) => bound) ? refusedWith(5049) : binds));
}

/** What a case expects of its answers, step by step; nothing for what is timed or arbitrary. */
export function expectationsOf({ steps }: Pick<Case, 'steps'>, dialect: Dialect): readonly Expectation[] {
  return steps.flatMap((step) => ('timed' in step ? [] : [step.expect(dialect, [])]));
}
