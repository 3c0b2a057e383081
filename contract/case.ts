import type { BuiltRequest, Change, RequestContext, TokenKeys } from '../generators/request.ts';
import { buildRequest } from '../generators/request.ts';
import type { Dialect } from '../spec/dialect.ts';
import type { Expectation } from '../spec/expectation.ts';
import { binds } from '../spec/expectation.ts';
import type { StateName } from '../spec/states.ts';

/** What a case stands on: the document's word, the security of the operation, or a reading of something it leaves open. */
export type Basis = 'document' | 'security' | 'inferred';

/** One request of a case and the outcomes that are right for it. */
export type Step = {
  /** What is sent, for reports: `a request with a dk of three characters`. */
  readonly what: string;
  readonly request: (context: RequestContext) => BuiltRequest;
  readonly expect: (dialect: Dialect) => Expectation;
};

/** One fact a server is held to: in a state, these requests, sent one after the other, have these outcomes. */
export type Case = {
  /** Stable name, part of the versioned catalogue: `dk/too-short`. */
  readonly id: string;
  /** The documented code it is about; 200 where a fault has no documented code. */
  readonly code: number;
  /** A plain fact: `refuses a dk of three characters`. */
  readonly title: string;
  readonly basis: Basis;
  readonly given: StateName;
  /** Where the contract says so. */
  readonly clause: string;
  readonly steps: readonly Step[];
  /** The key without which its requests cannot be made. */
  readonly needs?: keyof TokenKeys;
};

/** A step that sends a request with some changes. */
export function send(what: string, changes: readonly Change[], expect: Step['expect'] | Expectation): Step {
  return {
    what,
    request: (context) => buildRequest(context, changes),
    expect: typeof expect === 'function' ? expect : () => expect,
  };
}

/** A step that sends a correct request and expects it to bind. */
export function bindsWith(what: string, ...changes: readonly Change[]): Step {
  return send(what, changes, binds);
}
