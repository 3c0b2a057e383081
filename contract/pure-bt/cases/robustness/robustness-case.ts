import type { Change, RequestContext } from '../../../../generators/pure-bt/request.ts';
import { buildRequest } from '../../../../generators/pure-bt/request.ts';
import type { BuiltRequest } from '../../../../generators/request.ts';
import { definedOnly } from '../../../../spec/defined-only.ts';
import type { Expectation, Open } from '../../../../spec/expectation.ts';
import { binds, eitherWay, refusedAnyhow, refusedWith } from '../../../../spec/expectation.ts';
import type { ApiRequest, Headers } from '../../../../spec/http.ts';
import type { RuleId } from '../../../../spec/pure-bt/rules.ts';
import type { Case, RequestBatch } from '../steps.ts';
import { ready, send, tested } from '../steps.ts';

/** What is done to a request that is already signed. */
export type Corrupt = (built: BuiltRequest, context: RequestContext) => BuiltRequest;

/** What is particular to a request that the document never mentions. */
export type RobustnessOptions = {
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

/**
 * Requests that must be refused, promptly, without a 5xx or a leak; a correct one binds right afterwards.
 * @param name the case's id behind its group: `truncated`.
 * @param title `a body that ends in the middle`.
 */
export function mustRefuse(name: string, title: string, corrupt: Corrupt, options: RobustnessOptions = {}): Case {
  return robustness(name, `refuses ${title}`, 'robust', makeBatch(title, corrupt, options, refusedAnyhow), options);
}

/** Requests that may go either way; a correct one binds right afterwards, or is told that this one has bound. */
export function mayGoEitherWay(name: string, title: string, corrupt: Corrupt, options: RobustnessOptions = {}): Case {
  return robustness(name, `survives ${title}`, 'lenient', makeBatch(title, corrupt, options, eitherWay), options);
}

/** Requests that are right, however unusually they are sent. They strain nobody. */
export function mustAccept(name: string, title: string, corrupt: Corrupt, options: RobustnessOptions = {}): Case {
  const { takesLong } = options;
  const step = makeBatch(title, corrupt, options, binds);
  return tested(`transport/${name}`, `binds with ${title}`, 'transport', [step], definedOnly({ takesLong }));
}

function robustness(name: string, title: string, rule: RuleId, step: RequestBatch, options: RobustnessOptions): Case {
  const { follow = [], given = ready, afterwards = {} } = options;
  const after = send('a correct request right afterwards', follow, (_, earlier) =>
    earlier.some(({ bound }) => bound) ? refusedWith(5049, afterwards) : { ...binds, ...afterwards },
  );
  const steps = [
    { ...step, requests: (context: RequestContext) => step.requests(context).map(onOwnConnection) },
    after,
  ];
  return tested(`robustness/${name}`, title, options.rule ?? rule, steps, { given, strains: true });
}

function makeBatch(
  what: string,
  corrupt: Corrupt,
  { prepare = [], expect, mayHangUp }: RobustnessOptions,
  expected: Expectation,
): RequestBatch {
  return {
    what,
    requests: (context) => [corrupt(buildRequest(context, prepare), context)],
    expect: () => expect ?? expected,
    prompt: true,
    ...definedOnly({ mayHangUp }),
  };
}

function onOwnConnection({ http, ...built }: BuiltRequest): BuiltRequest {
  return { ...built, http: { ...http, ownConnection: true } };
}

/** The request with other bytes for a body, and what reports show of them. */
export function withBytes(built: BuiltRequest, body: ApiRequest['body'], shown: string): BuiltRequest {
  return { ...built, http: { ...built.http, body }, shown };
}

/** The request with another text for a body. */
export function withText(built: BuiltRequest, text: string, shown: string = text): BuiltRequest {
  return withBytes(built, new TextEncoder().encode(text), shown);
}

/** The request with its headers changed. */
export function withHeaders(built: BuiltRequest, change: (header: Headers[number]) => Headers): BuiltRequest {
  return { ...built, http: { ...built.http, headers: built.http.headers.flatMap(change) } };
}
