import type { Headers, ServedRequest, ServedResponse } from '../../../http.ts';
import type { Declared } from '../../declared/model.ts';
import { checkKey } from '../../declared/model.ts';
import { readRequest, type Values } from '../../declared/read-request.ts';
import type { Bindings, SharedAttempt, SharedBehaviour, SharedBindDecision } from '../attempt.ts';
import { bindingsOf, record, sharedBindDecisions } from '../bind.ts';
import { claimsHold, parseToken, tokenIsSigned } from '../token.ts';
import type { World } from '../world.ts';
import { findBindings, findDevice } from '../world.ts';
import type { DeclaredAttempt } from './attempt.ts';
import type { Decisions } from './decisions.ts';
import { makeDecisions } from './decisions.ts';

/** The outcome of a request, before it becomes an answer. */
export type DeclaredEnding = {
  readonly httpStatus: number;
  readonly code: number;
  readonly succeeded: boolean;
  readonly headers: Headers;
};

/** The behaviour of a server, in parts that can be replaced one by one. */
export type DeclaredBehaviour = SharedBehaviour &
  Pick<Decisions, 'decisions' | 'order' | 'codes'> & {
    readonly readRequest: (request: ServedRequest) => Values | undefined;
    readonly parseToken: typeof parseToken;
    readonly tokenIsSigned: typeof tokenIsSigned;
    /** Has the effect of a success, or refuses a second one. Synchronous, so that only one of several equal requests succeeds. */
    readonly effect: (attempt: DeclaredAttempt, world: World, done: Set<string>) => string | undefined;
    readonly bindDecisions: readonly SharedBindDecision[];
    readonly record: (attempt: SharedAttempt, bindings: Bindings) => void;
    /** Remembers a success that cannot be repeated. */
    readonly remember: (done: Set<string>, key: string) => void;
    readonly answer: (ending: DeclaredEnding) => ServedResponse;
    readonly successCode: number;
  };

/** The behaviour of the reference server of an operation. */
export function correctBehaviour(declared: Declared): DeclaredBehaviour {
  const { decisions, order, codes } = makeDecisions(declared);
  const limit = declared.declaration.checks.find(({ longer }) => longer !== undefined)?.limit;
  return {
    decisions,
    order,
    codes,
    readRequest: (request) => readRequest(declared, request),
    parseToken,
    tokenIsSigned,
    claimsHold,
    dkPattern: /^[0-9A-Za-z]{4,32}$/,
    deviceNameLimit: limit ?? Number.POSITIVE_INFINITY,
    unknownDk: 'binds',
    findDevice,
    findBindings,
    effect: effectOf(declared),
    bindDecisions: [sharedBindDecisions.notBoundByUser, sharedBindDecisions.modeAllows],
    record,
    remember: (done, key) => void done.add(key),
    answer: answerOf(declared),
    successCode: 200,
  };
}

function effectOf(declared: Declared): DeclaredBehaviour['effect'] {
  const { effect, checks } = declared.declaration;
  if (effect === 'bind') {
    return (attempt, world) => {
      const behaviour = attempt.behaviour as DeclaredBehaviour;
      const bindings = bindingsOf(attempt, world);
      for (const decide of behaviour.bindDecisions) {
        const refusal = decide(attempt, bindings);
        if (refusal !== undefined) return refusal;
      }
      behaviour.record(attempt, bindings);
      return undefined;
    };
  }
  const repeated = checks.find(({ repeat }) => repeat === true);
  if (effect === undefined || repeated === undefined) return () => undefined;
  return (attempt, _, done) => {
    const { user, values, fields } = attempt;
    const behaviour = attempt.behaviour as DeclaredBehaviour;
    // The same device, or the same request if it names none.
    const same = fields.dk === undefined ? JSON.stringify([...values]) : `${fields.pk} ${fields.dk}`;
    const key = `${user?.uid} ${same}`;
    if (done.has(key)) return checkKey(repeated);
    behaviour.remember(done, key);
    return undefined;
  };
}

/** The answer to a request: the page's example of a success, or a code with its meaning. */
function answerOf({ document, codes, path, method }: Declared): DeclaredBehaviour['answer'] {
  const examples =
    document.paths[path]?.[method.toLowerCase()]?.responses['200']?.content?.['application/json']?.examples;
  const meanings = new Map(codes.map(({ code, meaning }) => [code, meaning]));
  const [first] = Object.values(examples ?? {});
  return ({ httpStatus, code, succeeded, headers }) => {
    const refused = { code, msg: meanings.get(code) ?? 'Request refused', data: null, extMsg: null };
    const body = succeeded ? { ...(first?.value as object), code } : refused;
    return {
      httpStatus,
      headers: [['content-type', 'application/json; charset=utf-8'], ...headers],
      body: Buffer.from(JSON.stringify(body)),
    };
  };
}
