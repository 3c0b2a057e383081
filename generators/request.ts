import { type ApiRequest, operationPath } from '../spec/http.ts';
import type { Dialect } from '../spec/pure-bt/dialect.ts';
import { secretPlaintext, textToSign } from '../spec/pure-bt/formulas.ts';
import type { Fixture } from '../spec/pure-bt/states.ts';
import { encryptToBase64, sha256Hex } from './crypto.ts';
import { initialisationVector } from './pure-bt/devices.ts';
import type { Random } from './random.ts';

/** A JSON value. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** A request's JSON body: fields in the order they are sent. */
export type Body = { readonly [field: string]: Json };

/** The fields that carry ciphertexts. */
export type CipherField = 'encryptedBindingCode' | 'encryptedNewBindingSecret' | 'encryptedOldBindingSecret';

/** What the caller means to send, before anything is encrypted or signed. */
export type Draft = {
  /** Fields sent as they are; `signature` and the ciphertexts come later. */
  readonly fields: Body;
  /** What each ciphertext field shall hold. */
  readonly plaintexts: { readonly [Field in CipherField]?: string };
  /** AES key: the productSecret. */
  readonly key: string;
  readonly userDomainSecret: string;
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
export type Change =
  | { readonly at: 'draft'; readonly apply: (draft: Draft, context: RequestContext) => Draft }
  | { readonly at: 'sealed'; readonly apply: (body: Body, context: RequestContext) => Body }
  | { readonly at: 'signed'; readonly apply: (body: Body, context: RequestContext) => Body }
  | { readonly at: 'token'; readonly apply: (token: string, context: RequestContext) => string | undefined };

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

/** Builds a request from a fixture: draft, encrypt, sign, add the token; each change at its stage, in the order given. */
export function buildRequest(context: RequestContext, changes: readonly Change[] = []): BuiltRequest {
  const draft = changes.reduce(
    (made, change) => (change.at === 'draft' ? change.apply(made, context) : made),
    draftRequest(context),
  );
  const sealed = applyToBody('sealed', seal(draft), changes, context);
  const signed = applyToBody('signed', sign(sealed, draft, context.dialect), changes, context);
  const authorization = changes.reduce<string | undefined>(
    (token, change) => (change.at === 'token' && token !== undefined ? change.apply(token, context) : token),
    `Bearer ${context.fixture.token}`,
  );
  return { body: signed, authorization, plaintexts: draft.plaintexts, http: toHttp(signed, authorization) };
}

/** The simplest correct request for a fixture: bindingCode in clear, no optional field but the device's own pwd. */
export function draftRequest({ fixture, random }: RequestContext): Draft {
  const { pk, dk, bindingCode, bindingSecret, pwd } = fixture;
  return {
    fields: {
      pk,
      dk,
      bindingCode,
      ...(pwd === undefined ? {} : { pwd }),
      random: initialisationVector(random),
    },
    plaintexts: { encryptedNewBindingSecret: secretPlaintext(pk, dk, bindingSecret) },
    key: fixture.ps,
    userDomainSecret: fixture.userDomainSecret,
  };
}

/** The draft's fields with each plaintext encrypted under its key, `random` being the initialisation vector. */
export function seal(draft: Draft): Body {
  const iv = asText(draft.fields['random']);
  const ciphertexts = Object.entries(draft.plaintexts).map(([field, plaintext]) => [
    field,
    encryptToBase64(plaintext, draft.key, iv),
  ]);
  return { ...draft.fields, ...Object.fromEntries(ciphertexts) };
}

/** The body with its `signature`, computed over what the body carries (or, by dialect, the decrypted code). */
export function sign(body: Body, draft: Draft, dialect: Dialect): Body {
  return { ...body, signature: sha256Hex(textToSign(signedFields(body, draft, dialect), draft.userDomainSecret)) };
}

/** The values of the signed fields for a body under a dialect. */
export function signedFields(
  body: Body,
  draft: Draft,
  dialect: Dialect,
): { pk: string; dk: string; bindingCode: string; pwd: string } {
  const ciphertext = body['encryptedBindingCode'];
  const encrypted = ciphertext !== undefined && ciphertext !== null && ciphertext !== '';
  const transmitted = encrypted ? ciphertext : body['bindingCode'];
  const decrypted = encrypted && dialect.signedBindingCode === 'decrypted';
  return {
    pk: asText(body['pk']),
    dk: asText(body['dk']),
    bindingCode: decrypted ? (draft.plaintexts.encryptedBindingCode ?? '') : asText(transmitted),
    pwd: asText(body['pwd']),
  };
}

/** The HTTP request that carries a body and a token. */
export function toHttp(body: Body, authorization: string | undefined): ApiRequest {
  return {
    method: 'POST',
    path: operationPath,
    headers: [
      ['content-type', 'application/json'],
      ['accept', 'application/json'],
      ...(authorization === undefined ? [] : [['authorization', authorization] as const]),
    ],
    body: new TextEncoder().encode(JSON.stringify(body)),
  };
}

/** The draft with some clear fields set; undefined removes a field. */
export function withFields(draft: Draft, fields: { readonly [field: string]: Json | undefined }): Draft {
  return { ...draft, fields: changed(draft.fields, fields) };
}

/** The draft with some plaintexts set; undefined removes the ciphertext field. */
export function withPlaintexts(
  draft: Draft,
  plaintexts: { readonly [Field in CipherField]?: string | undefined },
): Draft {
  return { ...draft, plaintexts: changed<string>(draft.plaintexts, plaintexts) };
}

/** A body with some fields set; undefined removes a field. */
export function changed<Value extends Json>(
  body: { readonly [field: string]: Value },
  fields: { readonly [field: string]: Value | undefined },
): { readonly [field: string]: Value } {
  const entries = Object.entries({ ...body, ...fields });
  return Object.fromEntries(entries.filter((entry): entry is [string, Value] => entry[1] !== undefined));
}

function applyToBody(at: 'sealed' | 'signed', body: Body, changes: readonly Change[], context: RequestContext): Body {
  return changes.reduce((made, change) => (change.at === at ? change.apply(made, context) : made), body);
}

function asText(value: Json | undefined): string {
  return value === undefined || value === null ? '' : String(value);
}
