import { inert } from './inert.ts';
import { nearest } from './nearest.ts';

/** A test vector: what a client computes from its input. */
export type Vector = {
  readonly id: string;
  readonly comment: string;
  readonly valid: boolean;
  /** The right answer of a client. */
  readonly result: string;
};

/** The test vectors of an operation. */
export type VectorSet = {
  /** The published file. */
  readonly text: string;
  readonly tests: readonly Vector[];
  /** The answers of a client in a file, by id. @throws UserError (exit code 2) for another kind of file or another version. */
  readonly readAnswers: (file: string) => Readonly<Record<string, string>>;
  /** Why a client may have computed a wrong value; undefined if nothing that is known explains it. */
  readonly explain: (id: string, answer: string) => string | undefined;
};

/** What is right and wrong in the answers of a client. */
export type CheckedAnswers = {
  readonly right: number;
  /** Answers that are not right. All text is safe to print. */
  readonly wrong: readonly {
    readonly id: string;
    readonly answer: string;
    readonly expected: string;
    readonly why?: string;
  }[];
  /** Ids of vectors without an answer. */
  readonly missing: readonly string[];
  /** Ids that no vector has, each with the closest one. */
  readonly unknown: readonly string[];
};

/** A search for a cause takes up to a second, and one cause often explains all. */
const mostExplained = 10;

/**
 * Compares the answers of a client with the vectors.
 * A client that computes values answers the valid vectors. One that verifies answers `valid` or `invalid`, for all of them.
 */
export function checkAnswers(set: VectorSet, answers: Readonly<Record<string, string>>): CheckedAnswers {
  const verifies = Object.values(answers).some(isVerdict);
  const needed = set.tests.filter(({ id, valid }) => Object.hasOwn(answers, id) || valid || verifies);
  const answered = needed.filter(({ id }) => Object.hasOwn(answers, id));
  const wrong = answered.filter((vector) => !isRight(vector, answers[vector.id] ?? ''));
  const ids = set.tests.map(({ id }) => id);
  const unknown = Object.keys(answers).filter((id) => !ids.includes(id));
  return {
    right: answered.length - wrong.length,
    wrong: wrong.map((vector, at) => describe(set, vector, answers[vector.id] ?? '', at < mostExplained)),
    missing: needed.filter((vector) => !answered.includes(vector)).map(({ id }) => id),
    unknown: unknown.map((id, at) => withHint(id, at < mostExplained ? nearest(id.slice(0, 100), ids) : undefined)),
  };
}

function isVerdict(answer: string): boolean {
  return answer === 'valid' || answer === 'invalid';
}

function isRight({ valid, result }: Vector, answer: string): boolean {
  return isVerdict(answer) ? (answer === 'valid') === valid : answer === result;
}

function describe(set: VectorSet, vector: Vector, answer: string, search: boolean): CheckedAnswers['wrong'][number] {
  const { id, comment, valid, result } = vector;
  const shown = { id, answer: inert(answer, 500) };
  if (isVerdict(answer)) return { ...shown, expected: valid ? 'valid' : 'invalid', why: comment };
  const why = search ? set.explain(id, answer) : undefined;
  return { ...shown, expected: result, ...(why !== undefined && { why: inert(why, 300) }) };
}

function withHint(id: string, meant: string | undefined): string {
  return inert(id, 100) + (meant === undefined ? '' : ` (did you mean "${meant}"?)`);
}
