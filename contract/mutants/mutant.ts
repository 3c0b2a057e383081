import type { Dialect } from '../../spec/dialect.ts';
import type { Wire } from '../../spec/http.ts';
import type { Case } from '../run/case.ts';

/** How a server differs from the correct one: parts of its behaviour, of its HTTP handling or of its states. */
export type Difference = {
  readonly override?: object;
  readonly wire?: Wire;
  readonly states?: object;
};

/** A deliberately broken server, which the suite must detect. */
export type Mutant = Difference & {
  /** Stable name, group first: `signature/first-half`. */
  readonly id: string;
  /** What is wrong, after "a server that": `compares the first half of a signature`. */
  readonly breaks: string;
  /** The cases that must fail. Each of them alone detects the mutant. */
  readonly killedBy: readonly string[];
};

/** A conforming server that differs from the reference: no case may fail. */
export type Variant = Difference & {
  readonly id: string;
  /** What it does differently, after "a server that". */
  readonly differs: string;
  /** Changes of the default dialect to judge it under, one after the other; none by default. */
  readonly dialects?: readonly object[];
};

/**
 * One answer to a question that the document leaves open. Readings of different questions are independent: any
 * combination makes a conforming server.
 */
export type Reading = {
  /** The question and the answer: `name-limit/64`. Two readings of one question exclude each other. */
  readonly id: string;
  readonly differs: string;
  /** Settings that a team with such a server must declare, because without them nothing binds. */
  readonly dialect?: object;
  /** Readings that must not be combined with it: together they would accept a forged request. */
  readonly excludes?: readonly string[];
  /** Checks that its decisions need before them, in addition to those of every server. */
  readonly needs?: Needs;
};

/** The decisions that must be made before a decision, by name. */
export type Needs = Readonly<Partial<Record<string, readonly string[]>>>;

/** A server in this process: requests are function calls. */
export type Server = {
  readonly serve: ReturnType<Wire>;
  /** The fixture of a state; undefined for a state that is not supported. */
  setup(state: string, id: string): object | undefined;
  readonly teardown: (id: string) => void;
  readonly publicKeyPem: string;
};

/**
 * Everything that the engine knows about an operation. The functions are methods, which accept the set's own types
 * (bivariance), so the engine need not know them.
 */
export type MutantSet = {
  readonly cases: readonly Case[];
  readonly mutants: readonly Mutant[];
  readonly variants: readonly Variant[];
  readonly readings: readonly Reading[];
  /** The dialect without declared settings. */
  readonly defaultDialect: Dialect;
  /** The order of decisions in the correct server. */
  readonly order: readonly string[];
  /** Whether an order has every decision once, each after those that it needs. */
  keepsNeeds(order: readonly string[], more: Needs): boolean;
  /** Draws a random correct order. `pick` chooses one of the decisions that may come next. */
  drawOrder(pick: <Item>(items: readonly Item[]) => Item, more: Needs): readonly string[];
  /** Builds a server with some readings and an order. */
  buildServer(readings: readonly Reading[], order: readonly string[]): Difference;
  start(difference: Difference): Promise<Server>;
  /** The URL of the module that exports it as `mutantSet`: functions cannot travel to a thread. */
  readonly module: string;
};

/**
 * Makes mutants with one operator and many operands. The key of each has its id, what it breaks, and the cases that must
 * fail: `token/refresh: does not check the type of a token -> token-state/refresh`.
 * @param killedBy the cases for keys that name none.
 */
export function makeMutants<Operand, Made extends object>(
  operator: (operand: Operand) => Made,
  operands: Readonly<Record<string, Operand>>,
  killedBy = '',
): readonly (Made & Pick<Mutant, 'id' | 'breaks' | 'killedBy'>)[] {
  return Object.entries(operands).map(([sentence, operand]) => {
    const [, id = '', breaks = '', killers = killedBy] = /^(\S+): (.+?)(?: -> (.+))?$/.exec(sentence) ?? [];
    return { ...operator(operand), id, breaks, killedBy: killers.split(' ') };
  });
}

/** Makes variants or readings. The key of each has its id and how it differs. */
export function makeServers<Made extends object>(
  servers: Readonly<Record<string, Made>>,
): readonly (Made & Pick<Variant, 'id' | 'differs'>)[] {
  return Object.entries(servers).map(([sentence, server]) => {
    const [id = '', ...differs] = sentence.split(': ');
    return { ...server, id, differs: differs.join(': ') };
  });
}
