import type { Dialect } from '../spec/dialect.ts';
import type { ApiRequest } from '../spec/http.ts';
import type { Fixture } from '../spec/operation.ts';
import type { Random } from './random.ts';

/** A JSON value. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** A request's JSON body: fields in the order they are sent. */
export type Body = { readonly [field: string]: Json };

/** What the caller wants to send, before anything is encrypted or signed. */
export type Draft = {
  /** Fields sent as they are; computed fields are added later. */
  readonly fields: Body;
  /** The plaintext of each ciphertext field. */
  readonly plaintexts: { readonly [field: string]: string };
};

/** The input of every change to a request. */
export type RequestContext = {
  readonly fixture: Fixture;
  readonly dialect: Dialect;
  readonly random: Random;
  readonly keys: TokenKeys;
  /** A second device from a separate set-up, if the case asks for one. */
  readonly other?: Fixture;
};

/** Keys for making tokens; a fault that needs a key is skipped without it. */
export type TokenKeys = {
  /** The platform's public key (PEM), for HS256 confusion. */
  readonly publicKeyPem?: string;
  /** A private RSA key (PEM) that is unknown to the platform. */
  readonly foreignKeyPem?: string;
  /** The platform's private key (PEM), to sign expired tokens and tokens for another audience. */
  readonly signingKeyPem?: string;
};

/**
 * One change to a request, at one stage of building it.
 * Signing comes after `draft` and `sealed`, so these changes are signed correctly; a change at `signed` is tampering.
 */
export type Change<Made extends Draft = Draft, Context extends RequestContext = RequestContext> =
  | { readonly at: 'draft'; readonly apply: (draft: Made, context: Context) => Made }
  | { readonly at: 'sealed'; readonly apply: (body: Body, context: Context) => Body }
  | { readonly at: 'signed'; readonly apply: (body: Body, context: Context) => Body }
  | { readonly at: 'token'; readonly apply: (token: string, context: Context) => string | undefined };

/** A request with a name: a form of the correct one, or one with a fault. */
export type NamedRequest<Changed = Change> = {
  /** Stable: `name/longest`, `name/too-long`. */
  readonly id: string;
  /** Completes "binds with …", "succeeds …" or "refuses …": `a name over the limit`. */
  readonly title: string;
  /** Applied in order, each at its stage. */
  readonly changes: readonly Changed[];
  /** The key that it needs. */
  readonly needs?: keyof TokenKeys;
};

/** A form of the correct request; `reading` is the rule that makes it correct, if the page does not say it. */
export type Form<Changed = Change, Rule = string> = NamedRequest<Changed> & { readonly reading?: Rule };

/** A request with its parts, so that reports can show them and tests can check them. */
export type BuiltRequest = {
  readonly body: Body;
  /** The value of the Authorization header; undefined if the header is absent. */
  readonly authorization: string | undefined;
  /** The plaintexts of the ciphertexts: no answer may contain them. */
  readonly plaintexts: Draft['plaintexts'];
  readonly http: ApiRequest;
  /** The body to show in reports, if the bytes sent are not the JSON of `body`. */
  readonly shown?: string;
};

/** A request before it is written as HTTP. */
export type RequestParts = Pick<BuiltRequest, 'body' | 'authorization' | 'plaintexts'>;

/**
 * Builds a request from a fixture: draft, encrypt, sign, add the token. Each change is applied at its stage, in order.
 * @param stages the simplest correct request, its fields with the encrypted ones, and the signed body.
 */
export function buildInStages<Made extends Draft, Context extends RequestContext>(
  stages: {
    readonly draft: (context: Context) => Made;
    readonly seal: (draft: Made) => Body;
    readonly sign: (body: Body, draft: Made) => Body;
  },
  context: Context,
  changes: readonly Change<Made, Context>[],
): RequestParts {
  const draft = changes.reduce(
    (made, change) => (change.at === 'draft' ? change.apply(made, context) : made),
    stages.draft(context),
  );
  const changedAt = (at: 'sealed' | 'signed', body: Body): Body =>
    changes.reduce((made, change) => (change.at === at ? change.apply(made, context) : made), body);
  const sealed = changedAt('sealed', stages.seal(draft));
  const signed = changedAt('signed', stages.sign(sealed, draft));
  const authorization = changes.reduce<string | undefined>(
    (token, change) => (change.at === 'token' && token !== undefined ? change.apply(token, context) : token),
    `Bearer ${context.fixture['token'] ?? ''}`,
  );
  return { body: signed, authorization, plaintexts: draft.plaintexts };
}

/** The HTTP request that carries a body and a token. */
export function toHttp(
  body: Body,
  authorization: string | undefined,
  { method, path }: Pick<ApiRequest, 'method' | 'path'>,
): ApiRequest {
  return {
    method,
    path,
    headers: [
      ['content-type', 'application/json'],
      ['accept', 'application/json'],
      ...(authorization === undefined ? [] : [['authorization', authorization] as const]),
    ],
    body: new TextEncoder().encode(JSON.stringify(body)),
  };
}

/** The same request, sent in another way. */
export function withHttp({ http, ...built }: BuiltRequest, change: Partial<ApiRequest>): BuiltRequest {
  return { ...built, http: { ...http, ...change } };
}

/** The request with one more header. */
export function withHeader(built: BuiltRequest, name: string, value: string): BuiltRequest {
  return withHttp(built, { headers: [...built.http.headers, [name, value]] });
}

/** The request with another text as its body; reports print `shown` instead. */
export function withText(built: BuiltRequest, text: string, shown: string = text): BuiltRequest {
  return { ...withHttp(built, { body: new TextEncoder().encode(text) }), shown };
}

/** The draft with some plain fields set; undefined removes a field. */
export function withFields<Made extends Draft>(
  draft: Made,
  fields: { readonly [field: string]: Json | undefined },
): Made {
  return { ...draft, fields: changeFields(draft.fields, fields) };
}

/** A body with some fields set; undefined removes a field. */
export function changeFields<Value extends Json>(
  body: { readonly [field: string]: Value },
  fields: { readonly [field: string]: Value | undefined },
): { readonly [field: string]: Value } {
  const entries = Object.entries({ ...body, ...fields });
  return Object.fromEntries(entries.filter((entry): entry is [string, Value] => entry[1] !== undefined));
}
