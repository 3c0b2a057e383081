import type { Fixture } from '../../spec/family/states.ts';
import type { Dialect } from '../../spec/pure-bt/dialect.ts';
import { secretPlaintext, textToSign } from '../../spec/pure-bt/formulas.ts';
import { operation } from '../../spec/pure-bt/operation.ts';
import { nobleCrypto, type RequestCrypto } from '../crypto.ts';
import { initialisationVector } from '../family/devices.ts';
import type * as engine from '../request.ts';
import { buildInStages, changeFields, toHttp } from '../request.ts';

/** The fields that carry ciphertexts. */
export type CipherField = 'encryptedBindingCode' | 'encryptedNewBindingSecret' | 'encryptedOldBindingSecret';

/** What the caller wants to send, before anything is encrypted or signed. */
export type Draft = engine.Draft & {
  /** The plaintext of each ciphertext field. */
  readonly plaintexts: { readonly [Field in CipherField]?: string };
  /** AES key: the productSecret. */
  readonly key: string;
  readonly userDomainSecret: string;
};

/** The input of every change to a request. */
export type RequestContext = engine.RequestContext & {
  readonly fixture: Fixture;
  readonly dialect: Dialect;
  readonly other?: Fixture;
};

/** One change to a request, at one stage of building it. */
export type Change = engine.Change<Draft, RequestContext>;

/** Builds a request from a fixture: draft, encrypt, sign, add the token. Each change is applied at its stage, in order. */
export function buildRequest(context: RequestContext, changes: readonly Change[] = []): engine.BuiltRequest {
  return asHttp(buildParts(context, changes));
}

/** A request with its HTTP form. */
export function asHttp(parts: engine.RequestParts): engine.BuiltRequest {
  const { body, authorization, plaintexts } = parts;
  return { body, authorization, plaintexts, http: toHttp(body, authorization, operation) };
}

/** {@link buildRequest} for a request that may not be sent, only printed. */
export function buildParts(
  context: RequestContext,
  changes: readonly Change[] = [],
  crypto: RequestCrypto = nobleCrypto,
): engine.RequestParts {
  return buildInStages(
    {
      draft: draftRequest,
      seal: (draft) => seal(draft, crypto),
      sign: (body, draft) => sign(body, draft, context.dialect, crypto),
    },
    context,
    changes,
  );
}

/** A built request with some body fields replaced, without encrypting or signing again; undefined removes a field. */
export function withBody(
  built: engine.BuiltRequest,
  fields: { readonly [field: string]: engine.Json | undefined },
): engine.BuiltRequest {
  const body = changeFields(built.body, fields);
  return { ...built, body, http: toHttp(body, built.authorization, operation) };
}

/** The simplest correct request for a fixture: bindingCode in clear; the device's pwd is the only optional field. */
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

/** The draft's fields with each plaintext encrypted; `random` is the initialisation vector. */
export function seal(draft: Draft, { encryptToBase64 }: RequestCrypto = nobleCrypto): engine.Body {
  const iv = asText(draft.fields['random']);
  const ciphertexts = Object.entries(draft.plaintexts).map(([field, plaintext]) => [
    field,
    encryptToBase64(plaintext, draft.key, iv),
  ]);
  return { ...draft.fields, ...Object.fromEntries(ciphertexts) };
}

/** The body with its `signature`, computed from the body's fields (or, by dialect, from the decrypted code). */
export function sign(
  body: engine.Body,
  draft: Draft,
  dialect: Dialect,
  { sha256Hex }: RequestCrypto = nobleCrypto,
): engine.Body {
  const fields = signedFields(body, draft.plaintexts.encryptedBindingCode, dialect);
  return { ...body, signature: sha256Hex(textToSign(fields, draft.userDomainSecret)) };
}

/**
 * The values that the signature of a body covers under a dialect.
 * @param decrypted the bindingCode that is encrypted.
 */
export function signedFields(
  body: engine.Body,
  decrypted: string | undefined,
  { signedBindingCode }: Pick<Dialect, 'signedBindingCode'>,
): Record<'pk' | 'dk' | 'bindingCode' | 'pwd', string> {
  const ciphertext = asText(body['encryptedBindingCode']);
  const sent = ciphertext === '' ? asText(body['bindingCode']) : ciphertext;
  const bindingCode = ciphertext !== '' && signedBindingCode === 'decrypted' ? (decrypted ?? '') : sent;
  return { pk: asText(body['pk']), dk: asText(body['dk']), bindingCode, pwd: asText(body['pwd']) };
}

/** The draft with some plaintexts set; undefined removes the ciphertext field. */
export function withPlaintexts(
  draft: Draft,
  plaintexts: { readonly [Field in CipherField]?: string | undefined },
): Draft {
  return { ...draft, plaintexts: changeFields<string>(draft.plaintexts, plaintexts) };
}

function asText(value: engine.Json | undefined): string {
  return value === undefined || value === null ? '' : String(value);
}
