import type { Dialect } from '../../spec/dialect.ts';
import type { Wire } from '../../spec/http.ts';
import type { Case } from '../run/case.ts';

/** How a server differs from the correct one: parts of its behaviour, and what is between it or its states and a client. */
export type Difference = {
  readonly override?: object;
  readonly wire?: Wire;
  readonly states?: object;
};

/** A deliberately broken server: a suite that is any good detects what is wrong with it. */
export type Mutant = Difference & {
  /** Stable name, group first: `signature/first-half`. */
  readonly id: string;
  /** What is wrong, after "a server that": `compares the first half of a signature`. */
  readonly breaks: string;
  /** The cases that must fail: each of them alone is enough to detect it. */
  readonly killedBy: readonly string[];
};

/** A server that differs from the reference and keeps the contract all the same: no case may fail. */
export type Variant = Difference & {
  readonly id: string;
  /** What it does differently, after "a server that". */
  readonly differs: string;
  /** Changes of the default dialect that it is judged under, one after the other; none by default. */
  readonly dialects?: readonly object[];
};

/**
 * One way to read what the document leaves open. Readings are independent: any number of them, of different questions,
 * make a server that is right.
 */
export type Reading = {
  /** The question and the answer: `name-limit/64`. Two readings of one question exclude each other. */
  readonly id: string;
  readonly differs: string;
  /** Settings that a team with such a server must declare, or nothing binds. */
  readonly dialect?: object;
  /** Readings that together with it would let a forged request through, which no reading excuses. */
  readonly excludes?: readonly string[];
  /** What a decision needs to have been asked before it, beyond what every server's does. */
  readonly needs?: Needs;
};

/** What decisions need to have been asked before them, by name. */
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
 * All that the engine knows of an operation. Functions of it are methods: they take back what the set itself has made,
 * whose exact type the engine need not know.
 */
export type MutantSet = {
  readonly cases: readonly Case[];
  readonly mutants: readonly Mutant[];
  readonly variants: readonly Variant[];
  readonly readings: readonly Reading[];
  /** The dialect of its operation in which nothing is declared. */
  readonly defaultDialect: Dialect;
  /** The order in which the correct server asks its decisions. */
  readonly order: readonly string[];
  /** Whether an order asks every decision once, each after what it needs. */
  keepsNeeds(order: readonly string[], more: Needs): boolean;
  /** An order drawn at random from those that are right; `pick` chooses one of several that may come next. */
  drawOrder(pick: <Item>(items: readonly Item[]) => Item, more: Needs): readonly string[];
  /** A server of some readings and an order. */
  buildServer(readings: readonly Reading[], order: readonly string[]): Difference;
  start(difference: Difference): Promise<Server>;
  /** The URL of the module that exports it as `mutantSet`: functions cannot travel to a thread. */
  readonly module: string;
};

/**
 * Mutants that one operator makes of many operands. Each is written as one sentence: its id, what it breaks, and the
 * cases that must fail, `token/refresh: does not look at the type of a token -> token-state/refresh`.
 * @param killedBy the cases of those whose sentence names none.
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

/** Variants or readings, each written as one sentence: its id, and how it differs. */
export function makeServers<Made extends object>(
  servers: Readonly<Record<string, Made>>,
): readonly (Made & Pick<Variant, 'id' | 'differs'>)[] {
  return Object.entries(servers).map(([sentence, server]) => {
    const [id = '', ...differs] = sentence.split(': ');
    return { ...server, id, differs: differs.join(': ') };
  });
}
