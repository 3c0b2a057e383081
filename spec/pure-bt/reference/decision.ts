import type { Behaviour } from './behaviour.ts';
import type { Fields } from './fields.ts';
import type { Claims } from './token.ts';
import type { Device, Product, User, World } from './world.ts';

/** A refusal by its name in the table of codes. */
export type Refusal = keyof Behaviour['codes'];

/** One request on its way through the decisions; what one decision has found out, later ones use. */
export type Attempt = {
  readonly behaviour: Behaviour;
  readonly fields: Fields;
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
  oldSecret?: string;
};

/** One question asked of a request: the name of a refusal, or undefined to go on. */
export type Decision = (attempt: Attempt, world: World) => Refusal | undefined;
