import type { Comparison } from './compare-specs.ts';
import type { Spec } from './model.ts';
import type { SpecDiffFile } from './spec-diff.generated.ts';

export type { SpecDiffFile } from './spec-diff.generated.ts';

/** A comparison of two documents as a result file. */
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
