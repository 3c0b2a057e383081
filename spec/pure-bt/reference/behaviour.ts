import { access } from './access.ts';
import { bind, bindDecisions, record } from './bind.ts';
import { decrypt, secretFor } from './ciphertext.ts';
import type { Attempt, Decision } from './decision.ts';
import { answer, envelope } from './envelope.ts';
import { readFields } from './fields.ts';
import { formats } from './formats.ts';
import { identity } from './identity.ts';
import { proofs, sameText } from './proofs.ts';
import { claimsHold, parseToken, tokenIsSigned } from './token.ts';
import type { World } from './world.ts';
import { bindingsOf, findDevice } from './world.ts';

/** The decisions by name, each a small pure function of the attempt and the world. */
export type Decisions = typeof identity & typeof formats & typeof access & typeof proofs;

/** The name of a decision. */
export type DecisionName = keyof Decisions;

const decisions: Decisions = { ...identity, ...formats, ...access, ...proofs };

/**
 * Everything the server does, in parts that can be replaced one by one: `{ ...correct, ...override }`.
 * Mutants and conforming variants are made so.
 */
export type Behaviour = { readonly [Name in DecisionName]: Decision } & typeof bindDecisions & {
    readonly methods: readonly string[];
    readonly readFields: typeof readFields;
    /** The decisions in the order they are asked; the first refusal is the answer. */
    readonly order: readonly DecisionName[];
    readonly parseToken: typeof parseToken;
    readonly tokenIsSigned: typeof tokenIsSigned;
    readonly claimsHold: typeof claimsHold;
    readonly dkPattern: RegExp;
    readonly bindingCodePattern: RegExp;
    readonly randomPattern: RegExp;
    readonly pwdPattern: RegExp;
    readonly deviceNameLimit: number;
    /** Code for each named refusal. */
    readonly codes: Readonly<Record<keyof typeof codes, number>>;
    readonly textToSign: (attempt: Attempt) => string;
    readonly sameSignature: (given: string, due: string) => boolean;
    readonly decrypt: typeof decrypt;
    readonly secretFor: typeof secretFor;
    readonly unknownDk: 'binds' | 'refused';
    readonly oldSecretWhenUnbound: 'refused' | 'ignored';
    readonly bothBindingCodes: 'encrypted-wins' | 'refuse';
    readonly findDevice: typeof findDevice;
    readonly bindingsOf: typeof bindingsOf;
    /** Checks and binds in one synchronous step, so that of many requests at once one binds. */
    readonly bind: (attempt: Attempt, world: World) => ReturnType<Decision>;
    /** What the binds on record are asked, in this order. */
    readonly bindOrder: readonly (keyof typeof bindDecisions)[];
    readonly record: typeof record;
    readonly answer: typeof answer;
    readonly envelope: typeof envelope;
    readonly contentType: string;
    readonly successCode: number;
  };

/** The code of every refusal. Those the document does not have are siblings' codes for the same fault. */
const codes = {
  notReadable: 5000,
  tokenMissing: 5106,
  tokenBad: 5032,
  pkMissing: 5066,
  dkMissing: 5067,
  dkFormat: 5361,
  bindingCodeMissing: 5179,
  bindingCodeFormat: 5213,
  /** Well formed and not the device's: open in the document. */
  bindingCodeWrong: 5460,
  deviceNameTooLong: 5333,
  pwdFormat: 5357,
  /** No sibling has a code for `random`; a bad one leaves no readable bindingSecret. */
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

/** The reading of `DOMAIN` that the reference server follows: every dialect setting has its default. */
export const correct: Behaviour = {
  ...decisions,
  ...bindDecisions,
  methods: ['POST'],
  readFields,
  order: [
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
  ],
  parseToken,
  tokenIsSigned,
  claimsHold,
  dkPattern: /^[0-9A-Za-z]{4,32}$/,
  bindingCodePattern: /^[0-9A-F]{16}$/,
  randomPattern: /^[0-9A-Za-z]{16}$/,
  pwdPattern: /^[\x20-\x7e]{1,64}$/,
  deviceNameLimit: 254,
  codes,
  // The ciphertext as transmitted takes bindingCode's place; absent fields sign as the empty string.
  textToSign: ({ fields, domainSecret }) =>
    [fields.pk, fields.dk, fields.encryptedBindingCode || fields.bindingCode, fields.pwd, domainSecret].join(''),
  sameSignature: sameText,
  decrypt,
  secretFor,
  unknownDk: 'binds',
  oldSecretWhenUnbound: 'refused',
  bothBindingCodes: 'encrypted-wins',
  findDevice,
  bindingsOf,
  bind,
  bindOrder: ['notBoundByUser', 'oldSecretIsStored', 'modeAllows'],
  record,
  answer,
  envelope,
  contentType: 'application/json; charset=utf-8',
  successCode: 200,
};
