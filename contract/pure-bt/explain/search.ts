/**
 * One thing done otherwise than the document says: the choices of a recipe that it changes.
 * Deviations that change different choices can be combined.
 */
export type Deviation<Recipe> = {
  readonly id: string;
  /** What was done, as a sentence without its full stop. */
  readonly says: string;
  /** What to change. */
  readonly fix: string;
  readonly change: Partial<Recipe>;
};

/** The deviations under which a recipe is accepted, and what was found with it. */
export type Explained<Recipe, Found> = {
  readonly recipe: Recipe;
  readonly deviations: readonly Deviation<Recipe>[];
  readonly found: Found;
};

/**
 * The first combination of exactly so many deviations that makes a recipe acceptable.
 * Rows are tried in their order, so that the likelier of two explanations comes first.
 */
export function withDeviations<Recipe extends object, Found>(
  count: number,
  recipe: Recipe,
  rows: readonly Deviation<Recipe>[],
  accept: (recipe: Recipe) => Found | undefined,
): Explained<Recipe, Found> | undefined {
  if (count === 0) {
    const found = accept(recipe);
    return found === undefined ? undefined : { recipe, deviations: [], found };
  }
  for (const [at, row] of rows.entries()) {
    // Later rows only, so that each combination is met once.
    const others = count === 1 ? [] : rows.slice(at + 1).filter(({ change }) => !overlap(change, row.change));
    const explained = withDeviations(count - 1, { ...recipe, ...row.change }, others, accept);
    if (explained !== undefined) return { ...explained, deviations: [row, ...explained.deviations] };
  }
  return undefined;
}

function overlap(a: object, b: object): boolean {
  return Object.keys(a).some((key) => key in b);
}
