import type { Bindings, SharedAttempt, SharedBehaviour } from '../../family/reference/attempt.ts';
import { sharedNeeds } from '../../family/reference/shared-decisions.ts';
import type { World } from '../../family/reference/world.ts';
import type { Headers, ServedResponse } from '../../http.ts';
import type { Fields, readFields } from './fields.ts';

/** The code of every refusal. If the document has no code, it is a sibling page's code for the same fault. */
export const codes = {
  notReadable: 5000,
  tokenMissing: 5106,
  tokenBad: 5032,
  pkMissing: 5066,
  dkMissing: 5067,
  dkFormat: 5361,
  bindingCodeMissing: 5179,
  bindingCodeFormat: 5213,
  /** Well formed but of another device: open in the document. */
  bindingCodeWrong: 5460,
  deviceNameTooLong: 5333,
  pwdFormat: 5357,
  /** No sibling page has a code for `random`; with a bad one, no bindingSecret can be decrypted. */
  randomFormat: 5459,
  signatureMissing: 5550,
  signatureWrong: 5420,
  newSecretMissing: 5458,
  newSecretBad: 5459,
  oldSecretBad: 5465,
  productUnknown: 5314,
  productNotAuthorised: 5229,
  deviceNotFound: 5314,
  otherDataCentre: 6083,
  userMayNotBind: 5041,
  productNotForUser: 5327,
  productGrantsNone: 5358,
  sharingAccepted: 6040,
  fidMissing: 5636,
  homeModeOff: 5624,
  /** A home that is not the caller's own. */
  foreignHome: 5041,
  ordinaryMember: 5669,
  commonListFails: 5893,
  notBound: 5052,
  alreadyBound: 5049,
  boundByAnother: 5412,
} as const;

/** The name of a refusal in the table of codes. */
export type Refusal = keyof typeof codes;

/** The decisions, in the order of the reference server. */
export const decisionOrder = [
  'token',
  'pkGiven',
  'dkGiven',
  'bindingCodeGiven',
  'dkFormat',
  'bindingCodeFormat',
  'deviceNameFormat',
  'pwdFormat',
  'randomFormat',
  'signatureGiven',
  'newSecretGiven',
  'productKnown',
  'productAuthorised',
  'signatureMatches',
  'encryptedBindingCodeReadable',
  'newSecretReadable',
  'oldSecretReadable',
  'deviceFound',
  'dataCentreIsHere',
  'userMayBind',
  'productIsForUser',
  'productGrants',
  'sharingNotAccepted',
  'fidFitsHomeMode',
  'homeIsOwn',
  'roleMayBind',
  'commonListWritable',
  'bindingCodeIsDevices',
] as const;

/** The name of a decision. */
export type DecisionName = (typeof decisionOrder)[number];

/** What each decision needs before it, because it uses its results. */
export const needs: Readonly<Record<DecisionName, readonly DecisionName[]>> = {
  ...sharedNeeds,
  bindingCodeGiven: [],
  signatureGiven: [],
  newSecretGiven: [],
  pwdFormat: [],
  randomFormat: [],
  bindingCodeFormat: ['bindingCodeGiven'],
  // The user domain's secret is found through the user.
  signatureMatches: ['token', 'pkGiven', 'dkGiven', 'bindingCodeGiven', 'signatureGiven'],
  // The key is the product's; the code and the PK,DK inside a secret are compared with the request's.
  encryptedBindingCodeReadable: ['bindingCodeGiven', 'productKnown'],
  newSecretReadable: ['newSecretGiven', 'productKnown', 'dkGiven'],
  oldSecretReadable: ['productKnown', 'dkGiven'],
  bindingCodeIsDevices: ['deviceFound', 'bindingCodeGiven', 'encryptedBindingCodeReadable'],
};

/** The state of one request; later decisions use what earlier ones have found. */
export type Attempt = SharedAttempt & {
  readonly behaviour: Behaviour;
  readonly fields: Fields;
  oldSecret?: string;
};

/** Checks a request: returns the name of a refusal, or undefined to continue. */
export type Decision = (attempt: Attempt, world: World) => Refusal | undefined;

/** The name of a decision from the stored binds. */
export type BindDecisionName = 'notBoundByUser' | 'oldSecretIsStored' | 'modeAllows';

/** The outcome of a request, before it becomes an answer. */
export type Ending = {
  readonly behaviour: Behaviour;
  readonly httpStatus: number;
  readonly code: number;
  readonly bound: boolean;
  /** Headers in addition to the content type. */
  readonly headers: Headers;
  /** What the decisions have found; undefined if the request could not be read. */
  readonly attempt: Attempt | undefined;
};

/**
 * The behaviour of a server, in parts that can be replaced one by one: `{ ...correct, ...override }`.
 * This is how mutants and conforming variants are made.
 */
export type Behaviour = SharedBehaviour & { readonly [Name in DecisionName]: Decision } & {
  readonly [Name in BindDecisionName]: (attempt: Attempt, bindings: Bindings) => Refusal | undefined;
} & {
  readonly methods: readonly string[];
  readonly readFields: typeof readFields;
  /** The decisions in order; the first refusal is the answer. */
  readonly order: readonly DecisionName[];
  readonly bindingCodePattern: RegExp;
  readonly randomPattern: RegExp;
  readonly pwdPattern: RegExp;
  /** The code of each refusal. */
  readonly codes: Readonly<Record<Refusal, number>>;
  readonly textToSign: (attempt: Attempt) => string;
  readonly sameSignature: (given: string, expected: string) => boolean;
  /** The plaintext of a ciphertext field, or undefined. */
  readonly decrypt: (base64: string, key: string, iv: string) => string | undefined;
  /** The secret in a plaintext that names the device, or undefined. */
  readonly secretFor: (pk: string, dk: string, plaintext: string | undefined) => string | undefined;
  readonly oldSecretWhenUnbound: 'refused' | 'ignored';
  readonly bothBindingCodes: 'encrypted-wins' | 'refuse';
  /** Checks and binds in one synchronous step, so that only one of several requests at once binds. */
  readonly bind: (attempt: Attempt, world: World) => Refusal | undefined;
  /** The decisions from the stored binds, in order. */
  readonly bindOrder: readonly BindDecisionName[];
  readonly record: (attempt: Attempt, bindings: Bindings) => void;
  readonly answer: (ending: Ending) => ServedResponse;
  /** The JSON text of an outcome. */
  readonly envelope: (code: number, success: boolean) => string;
};
