import type { Change, Severity } from './change.ts';
import type { Comparison } from './compare.ts';
import type { Spec } from './model.ts';

/** What `spec diff --json` writes; its JSON Schema is `spec/diff/spec-diff.schema.json`. */
export type SpecDiffFile = {
  readonly schema: 'bindgate.spec-diff/1';
  readonly before: Pick<Spec, 'file' | 'kind'>;
  readonly after: Pick<Spec, 'file' | 'kind'>;
  readonly counts: Readonly<Record<Severity, number>>;
  /** What was not compared; absent where everything was. */
  readonly leftOut?: string;
  /** The gravest first, then by the line of the old document. */
  readonly changes: readonly Change[];
};

/** A comparison of two documents, ready to be written. */
export function specDiffFile({ changes, counts, leftOut }: Comparison, before: Spec, after: Spec): SpecDiffFile {
  return {
    schema: 'bindgate.spec-diff/1',
    before: { file: before.file, kind: before.kind },
    after: { file: after.file, kind: after.kind },
    counts,
    ...(leftOut !== '' && { leftOut }),
    changes,
  };
}
