import type { Random } from '../random.ts';

/** A family (home) and one of its rooms. */
export type Home = { readonly fid: string; readonly frid: string };

/** A made-up home with a room. */
export function home(random: Random): Home {
  return { fid: `f${random.string.numeric(10)}`, frid: `r${random.string.numeric(10)}` };
}
