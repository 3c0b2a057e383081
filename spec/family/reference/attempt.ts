import type { Claims, claimsHold, parseToken, tokenIsSigned } from './token.ts';
import type { Device, findBindings, findDevice, Product, User, World } from './world.ts';

/** The refusals that several operations of the family share, by name. */
export type SharedRefusal =
  | 'tokenMissing'
  | 'tokenBad'
  | 'pkMissing'
  | 'dkMissing'
  | 'dkFormat'
  | 'bindingCodeWrong'
  | 'deviceNameTooLong'
  | 'productUnknown'
  | 'productNotAuthorised'
  | 'deviceNotFound'
  | 'otherDataCentre'
  | 'userMayNotBind'
  | 'productNotForUser'
  | 'productGrantsNone'
  | 'sharingAccepted'
  | 'fidMissing'
  | 'homeModeOff'
  | 'foreignHome'
  | 'ordinaryMember'
  | 'commonListFails'
  | 'alreadyBound'
  | 'boundByAnother';

/** The state of one request; later decisions use what earlier ones have found. */
export type SharedAttempt = {
  readonly behaviour: SharedBehaviour;
  /** The fields that every operation of the family uses in the same way, under the names of the records. */
  readonly fields: {
    readonly pk?: string;
    readonly dk?: string;
    readonly deviceName?: string;
    readonly fid?: string;
    readonly isCommonDevice?: boolean;
    /** In clear. */
    readonly bindingCode?: string;
  };
  /** The Authorization header. */
  readonly authorization: string | undefined;
  readonly readToken: (token: string) => Claims | undefined;
  /** Seconds since 1970. */
  readonly now: number;
  user?: User;
  domainSecret?: string;
  product?: Product;
  device?: Device | undefined;
  /** The bindingCode, in clear. */
  code?: string;
  newSecret?: string;
};

/** Checks a request: returns the name of a refusal, or undefined to continue. */
export type SharedDecision = (attempt: SharedAttempt, world: World) => SharedRefusal | undefined;

/** The users who have bound a device in one user domain: bindingSecret by uid. */
export type Bindings = Map<string, string>;

/** The parts of the behaviour that every server of the platform has. */
export type SharedBehaviour = {
  readonly parseToken: typeof parseToken;
  readonly tokenIsSigned: typeof tokenIsSigned;
  readonly claimsHold: typeof claimsHold;
  readonly dkPattern: RegExp;
  readonly deviceNameLimit: number;
  readonly unknownDk: 'binds' | 'refused';
  readonly findDevice: typeof findDevice;
  readonly findBindings: typeof findBindings;
  readonly successCode: number;
};
