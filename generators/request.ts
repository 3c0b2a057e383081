import type { Dialect } from '../spec/dialect.ts';
import type { ApiRequest } from '../spec/http.ts';
import type { Fixture } from '../spec/operation.ts';
import type { Random } from './random.ts';

/** A JSON value. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** A request's JSON body: fields in the order they are sent. */
export type Body = { readonly [field: string]: Json };

/** What the caller means to send, before anything is encrypted or signed. */
export type Draft = {
  /** Fields sent as they are; what is computed from others comes later. */
  readonly fields: Body;
  /** What each field that carries a ciphertext shall hold. */
  readonly plaintexts: { readonly [field: string]: string };
};

/** Everything a change to a request may draw on. */
export type RequestContext = {
  readonly fixture: Fixture;
  readonly dialect: Dialect;
  readonly random: Random;
  readonly keys: TokenKeys;
  /** A second device, made by a set-up of its own, where the case asks for one. */
  readonly other?: Fixture;
};

/** Keys handed over for tokens; a fault that needs one is available only with it. */
export type TokenKeys = {
  /** The platform's public key (PEM), for HS256 confusion. */
  readonly publicKeyPem?: string;
  /** A private RSA key (PEM) that the platform does not know. */
  readonly foreignKeyPem?: string;
  /** The platform's own private key (PEM), to sign expired and misdirected tokens. */
  readonly signingKeyPem?: string;
};

/**
 * One change to a request, at one stage of its making.
 * Signing comes after `draft` and `sealed`, so those stay correctly signed; `signed` is tampering.
 */
export type Change<Made extends Draft = Draft, Context extends RequestContext = RequestContext> =
  | { readonly at: 'draft'; readonly apply: (draft: Made, context: Context) => Made }
  | { readonly at: 'sealed'; readonly apply: (body: Body, context: Context) => Body }
  | { readonly at: 'signed'; readonly apply: (body: Body, context: Context) => Body }
  | { readonly at: 'token'; readonly apply: (token: string, context: Context) => string | undefined };

/** A request with what it was made of, so that a report can show it and a test can take it apart. */
export type BuiltRequest = {
  readonly body: Body;
  /** The Authorization header's value; undefined where the header is absent. */
  readonly authorization: string | undefined;
  /** What the ciphertexts were made of: no answer may give it back. */
  readonly plaintexts: Draft['plaintexts'];
  readonly http: ApiRequest;
  /** The body for people, where the bytes sent are not this body's JSON. */
  readonly shown?: string;
};

/** How the requests of an operation are made, stage by stage. */
export type Stages<Made extends Draft, Context extends RequestContext> = {
  /** The simplest correct request for a fixture. */
  readonly draft: (context: Context) => Made;
  /** The draft's fields with what is encrypted. */
  readonly seal: (draft: Made) => Body;
  /** The body with what proves it; the body as it is for an operation that signs nothing. */
  readonly sign: (body: Body, draft: Made, context: Context) => Body;
};

/** Builds a request from a fixture: draft, encrypt, sign, add the token; each change at its stage, in the order given. */
export function buildInStages<Made extends Draft, Context extends RequestContext>(
  stages: Stages<Made, Context>,
  context: Context,
  changes: readonly Change<Made, Context>[],
): BuiltRequest {
  const draft = changes.reduce(
    (made, change) => (change.at === 'draft' ? change.apply(made, context) : made),
    stages.draft(context),
  );
  const changedAt = (at: 'sealed' | 'signed', body: Body): Body =>
    changes.reduce((made, change) => (change.at === at ? change.apply(made, context) : made), body);
  const sealed = changedAt('sealed', stages.seal(draft));
  const signed = changedAt('signed', stages.sign(sealed, draft, context));
  const authorization = changes.reduce<string | undefined>(
    (token, change) => (change.at === 'token' && token !== undefined ? change.apply(token, context) : token),
    `Bearer ${context.fixture['token'] ?? ''}`,
  );
  const http = toHttp(signed, authorization, context.dialect.operation);
  return { body: signed, authorization, plaintexts: draft.plaintexts, http };
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

/** The draft with some clear fields set; undefined removes a field. */
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
