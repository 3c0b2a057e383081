import type { Change, RequestContext } from '../../../../generators/pure-bt/request.ts';
import { buildRequest } from '../../../../generators/pure-bt/request.ts';
import type { Body, BuiltRequest } from '../../../../generators/request.ts';
import type { Expectation, Open } from '../../../../spec/expectation.ts';
import { binds, eitherWay, refusedAnyhow, refusedWith } from '../../../../spec/expectation.ts';
import type { ApiRequest, Headers } from '../../../../spec/http.ts';
import type { RuleId } from '../../../../spec/pure-bt/rules.ts';
import type { Case, Volley } from '../steps.ts';
import { send } from '../steps.ts';

/** One way to send a request that the document never mentions. Source: DOMAIN section 6. */
export type Odd = {
  /** The case's id after its group: `truncated`. */
  readonly name: string;
  /** `a body that ends in the middle`. */
  readonly title: string;
  readonly change: (built: BuiltRequest, context: RequestContext) => BuiltRequest;
  /** Changes before signing. */
  readonly prepare?: readonly Change[];
  /** Changes of the correct request afterwards. */
  readonly follow?: readonly Change[];
  readonly mayHangUp?: true;
  readonly takesLong?: true;
  readonly given?: Case['given'];
  /** What it earns, where that is more than any refusal. */
  readonly expect?: Expectation;
  /** The claim that it rests on, where it is another one than its group's. */
  readonly rule?: RuleId;
  /** What the correct request afterwards earns, where it is correct by a reading. */
  readonly afterwards?: Open;
};

/** Requests that must be refused, promptly, without a 5xx or a leak; a correct one binds right afterwards. */
export function mustRefuse(odd: Odd): Case {
  return robustness(odd, `refuses ${odd.title}`, 'robust', refusedAnyhow);
}

/** Requests that may go either way; a correct one binds right afterwards, or is told that this one has bound. */
export function mayGoEitherWay(odd: Odd): Case {
  return robustness(odd, `survives ${odd.title}`, 'lenient', eitherWay);
}

/** Requests that are right, however unusually they are sent. They strain nobody. */
export function mustAccept({ name, title, change, prepare = [], takesLong }: Odd): Case {
  return {
    id: `transport/${name}`,
    code: 200,
    title: `binds with ${title}`,
    rule: 'transport',
    given: 'a device ready to bind',
    ...(takesLong === undefined ? {} : { takesLong }),
    steps: [volley(title, (context) => change(buildRequest(context, prepare), context), binds)],
  };
}

function robustness(odd: Odd, title: string, rule: RuleId, expect: Expectation): Case {
  const { name, prepare = [], follow = [], change, mayHangUp, given = 'a device ready to bind', afterwards = {} } = odd;
  const request = (context: RequestContext): BuiltRequest => alone(change(buildRequest(context, prepare), context));
  const step = volley(odd.title, request, odd.expect ?? expect);
  return {
    id: `robustness/${name}`,
    code: 200,
    title,
    rule: odd.rule ?? rule,
    given,
    strains: true,
    steps: [
      { ...step, ...(mayHangUp === undefined ? {} : { mayHangUp }) },
      send('a correct request right afterwards', follow, (_, earlier) =>
        earlier.some(({ bound }) => bound) ? refusedWith(5049, afterwards) : { ...binds, ...afterwards },
      ),
    ],
  };
}

function alone({ http, ...built }: BuiltRequest): BuiltRequest {
  return { ...built, http: { ...http, ownConnection: true } };
}

function volley(what: string, request: (context: RequestContext) => BuiltRequest, expect: Expectation): Volley {
  return { what, requests: (context) => [request(context)], expect: () => expect, prompt: true };
}

/** The request with other bytes for a body, and what reports show of them. */
export function withBytes(built: BuiltRequest, body: ApiRequest['body'], shown: string): BuiltRequest {
  return { ...built, http: { ...built.http, body }, shown };
}

/** The request with another text for a body. */
export function withText(built: BuiltRequest, text: string, shown: string = text): BuiltRequest {
  return withBytes(built, new TextEncoder().encode(text), shown);
}

/** The request with fields changed after signing. */
export function withSignedBody(built: BuiltRequest, body: Body): BuiltRequest {
  return { ...built, body, http: { ...built.http, body: new TextEncoder().encode(JSON.stringify(body)) } };
}

/** The request with its headers changed. */
export function withHeaders(built: BuiltRequest, change: (header: Headers[number]) => Headers): BuiltRequest {
  return { ...built, http: { ...built.http, headers: built.http.headers.flatMap(change) } };
}
