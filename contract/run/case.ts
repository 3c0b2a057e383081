import type { BuiltRequest, Change, RequestContext, TokenKeys } from '../../generators/request.ts';
import { buildRequest } from '../../generators/request.ts';
import type { Expectation } from '../../spec/expectation.ts';
import { binds, refusedWith } from '../../spec/expectation.ts';
import type { Dialect } from '../../spec/pure-bt/dialect.ts';
import type { RuleId } from '../../spec/pure-bt/rules.ts';
import type { StateName } from '../../spec/pure-bt/states.ts';
import type { Property } from '../property/property.ts';

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

/** One request, or several sent at once, and the outcomes that are right for each. */
export type Volley = {
  /** What is sent, for reports: `a request with a dk of three characters`. */
  readonly what: string;
  readonly requests: (context: RequestContext) => readonly BuiltRequest[];
  /** For each answer; `earlier` are those of the steps before. */
  readonly expect: (dialect: Dialect, earlier: readonly Answer[]) => Expectation;
  /** Judges the answers as a set (in the order of the requests), after each alone was right. */
  readonly together?: (answers: readonly Answer[], dialect: Dialect) => Together | undefined;
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
  /** The claim that it rests on. */
  readonly rule: RuleId;
  readonly given: StateName;
  /** The state of a second device, where one case needs two. */
  readonly beside?: StateName;
  /** Why it says nothing under a dialect; undefined where it does. */
  readonly unless?: (dialect: Dialect) => string | undefined;
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

/** A correct request after others that name another device: what they have bound, if anything, may be that or this one. */
export function bindsWhateverIsBound(what: string, ...changes: readonly Change[]): Volley {
  return send(what, changes, (_, earlier) => (earlier.some(({ bound }) => bound) ? refusedWith([200, 5049]) : binds));
}

/** The cases that say something under a dialect: a format that is declared may leave no room for others. */
export function casesUnder(dialect: Dialect, cases: readonly Case[]): readonly Case[] {
  return cases.filter(({ unless }) => unless?.(dialect) === undefined);
}

/** What a case expects of its answers, step by step; nothing for what is timed or arbitrary. */
export function expectationsOf({ steps }: Pick<Case, 'steps'>, dialect: Dialect): readonly Expectation[] {
  return steps.flatMap((step) => ('timed' in step ? [] : [step.expect(dialect, [])]));
}

/**
 * Whether a case is about a documented code. One that sends a fault for which the document has no code, or times two of
 * them, is filed under 200 and is not about success.
 */
export function hasDocumentedCode(tested: Pick<Case, 'code' | 'steps'>, dialect: Dialect): boolean {
  if (tested.code !== 200) return true;
  const faults = expectationsOf(tested, dialect).some(({ anyRefusal }) => anyRefusal);
  return !faults && !tested.steps.some((step) => 'timed' in step);
}
