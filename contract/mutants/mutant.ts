import type { Dialect } from '../../spec/dialect.ts';
import type { Served, Wire } from '../../spec/http.ts';
import type { Fixture } from '../../spec/operation.ts';
import type { Case } from '../run/case.ts';

/** The behaviour of a server, in parts that can be replaced one by one: its order of decisions, and what an operation adds. */
export type Parts = { readonly order: readonly string[] };

/** How a server differs from the correct one: parts of its behaviour, of its HTTP handling or of its fixtures. */
export type Difference<Behaviour = Parts> = {
  readonly override?: Partial<Behaviour>;
  readonly wire?: Wire;
  /** Another fixture for a state; undefined if the server does not support the state. */
  changeFixture?(fixture: Fixture, state: string, id: string): Fixture | undefined;
};

/** A deliberately broken server, which the suite must detect. */
export type Mutant<Behaviour = Parts> = Difference<Behaviour> & {
  /** Stable name, group first: `signature/first-half`. */
  readonly id: string;
  /** What is wrong, after "a server that": `compares the first half of a signature`. */
  readonly breaks: string;
  /** The cases that must fail. Each of them alone detects the mutant. */
  readonly killedBy: readonly string[];
};

/** A conforming server that differs from the reference: no case may fail. */
export type Variant<Behaviour = Parts> = Difference<Behaviour> & {
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
export type Reading<Behaviour = Parts> = Omit<Difference<Behaviour>, 'override'> & {
  /** The question and the answer: `name-limit/64`. Two readings of one question exclude each other. */
  readonly id: string;
  readonly differs: string;
  /** What it changes in a server that may already have other readings. */
  override?(inner: Behaviour): Partial<Behaviour>;
  /** Settings that a team with such a server must declare, because without them nothing binds. */
  readonly dialect?: object;
  /** Readings that must not be combined with it: together they would accept a forged request. */
  readonly excludes?: readonly string[];
  /** Checks that its decisions need before them, in addition to those of every server. */
  readonly needs?: Needs;
};

/** The decisions that must be made before a decision, by name. */
export type Needs = Readonly<Partial<Record<string, readonly string[]>>>;

/** Everything that the engine knows about an operation. */
export type MutantSet<Behaviour = Parts> = {
  readonly cases: readonly Case[];
  readonly mutants: readonly Mutant<Behaviour>[];
  readonly variants: readonly Variant<Behaviour>[];
  readonly readings: readonly Reading<Behaviour>[];
  /** Conforming servers that are only started by name: no case is run on them. */
  readonly others?: readonly Variant<Behaviour>[];
  /** The dialect without declared settings. */
  readonly defaultDialect: Dialect;
  readonly correct: Behaviour;
  /** What each decision of the correct server needs before it; any order with these dependencies is right. */
  readonly needs: Needs;
  start(behaviour: Behaviour): Promise<Served>;
  /** The URL of the module that exports it as `mutantSet`: functions cannot travel to a thread. */
  readonly module: string;
};

/** What most mutants change: parts of the behaviour, or the layer around the handler. */
export type Change<Behaviour> = Partial<Behaviour> | Wire;

/** A change as a difference from the correct server. */
export function toDifference<Behaviour>(change: Change<Behaviour>): Difference<Behaviour> {
  return typeof change === 'function' ? { wire: change } : { override: change };
}

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
    const [, id, known, killers = killedBy, alone] = /^(\S+): (?:(.+) -> (.+)|(.+))$/.exec(sentence) ?? [];
    const breaks = known ?? alone;
    if (id === undefined || breaks === undefined)
      throw new Error(`"${sentence}" is not a mutant: write "id: what it breaks"`);
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
