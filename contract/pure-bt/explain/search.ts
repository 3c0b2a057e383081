import type { Remark } from './explanation.ts';

/**
 * One difference from the document: the choices of a recipe that it changes.
 * Deviations that change different choices can be combined.
 */
export type Deviation<Recipe> = Remark & {
  readonly change: Partial<Recipe>;
  /** How many deviations it counts as; one if not given. Rows that cost more come first, which saves time. */
  readonly cost?: number;
};

/** The deviations that make a recipe acceptable, and the result of that recipe. */
export type Explained<Recipe, Found> = {
  readonly recipe: Recipe;
  readonly deviations: readonly Deviation<Recipe>[];
  readonly found: Found;
};

/**
 * The first combination of deviations that has exactly this cost and makes a recipe acceptable.
 * Rows are tried in order, so the more likely of two explanations comes first.
 */
export function withDeviations<Recipe extends object, Found>(
  cost: number,
  recipe: Recipe,
  rows: readonly Deviation<Recipe>[],
  accept: (recipe: Recipe) => Found | undefined,
): Explained<Recipe, Found> | undefined {
  if (cost === 0) {
    const found = accept(recipe);
    return found === undefined ? undefined : { recipe, deviations: [], found };
  }
  for (const [at, row] of rows.entries()) {
    const left = cost - (row.cost ?? 1);
    if (left < 0) continue;
    // Only later rows, so that each combination is tried once.
    const others = left === 0 ? [] : rows.slice(at + 1).filter(({ change }) => !overlap(change, row.change));
    const explained = withDeviations(left, { ...recipe, ...row.change }, others, accept);
    if (explained !== undefined) return { ...explained, deviations: [row, ...explained.deviations] };
  }
  return undefined;
}

function overlap(a: object, b: object): boolean {
  for (const key in a) if (key in b) return true;
  return false;
}
