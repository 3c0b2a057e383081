import { askOnce } from '../ask.ts';
import type { CountedCode } from '../codes.ts';
import type { LoadProduct } from '../product.ts';
import type { Recipe } from '../recipe.ts';
import type { LoadSession } from '../session.ts';
import type { Rung, Workload } from '../workloads.ts';

/**
 * What the server's own order of checks does to the ladder, in sentences: a request with the faults of two neighbouring rungs at
 * once is refused for the one that is checked first. The order is the server's business; where it is another one, the difference
 * of the two rungs is not what the later stage costs.
 */
export async function orderNotes(
  session: LoadSession,
  product: LoadProduct,
  rungs: readonly Rung[],
  usual: ReadonlyMap<Workload, CountedCode>,
): Promise<readonly string[]> {
  const notes: string[] = [];
  for (const [index, second] of rungs.entries()) {
    const first = rungs[index - 1];
    const recipe = first === undefined ? undefined : both(first.workload.recipe, second.workload.recipe);
    if (first === undefined || recipe === undefined) continue;
    const [earlier, later] = [usual.get(first.workload), usual.get(second.workload)];
    if (earlier === later) {
      notes.push(`${second.stage}: answered with ${later} like ${first.stage}, so that their order cannot be seen`);
      continue;
    }
    const code = await askOnce(session, product, recipe);
    if (code === later) {
      notes.push(
        `the server does the ${second.stage} before the ${first.stage}: what the two cost cannot be told apart here`,
      );
    } else if (code !== earlier) {
      notes.push(
        `a request with the faults of ${first.stage} and ${second.stage} is answered with ${code ?? 'nothing'}: their order cannot be seen`,
      );
    }
  }
  return notes;
}

/** A recipe with the faults of two; undefined where they exclude each other, or one of them has none. */
function both(first: Recipe, second: Recipe): Recipe | undefined {
  const faults = (recipe: Recipe): readonly (readonly [string, string])[] =>
    Object.entries(recipe).filter(([part, how]) => !harmless[part as keyof Recipe].includes(how));
  const [a, b] = [faults(first), faults(second)];
  if (a.length === 0 || b.length === 0 || a.some(([part]) => b.some(([other]) => other === part))) return undefined;
  return { ...second, ...Object.fromEntries(a) };
}

const harmless: Readonly<Record<keyof Recipe, readonly string[]>> = {
  token: ['right'],
  dk: ['right'],
  bindingCode: ['plain', 'encrypted'],
  newSecret: ['right'],
  oldSecret: ['absent', 'right'],
  signature: ['right'],
};
