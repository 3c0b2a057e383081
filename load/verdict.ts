import type { LoadResults } from './results.ts';

/** The exit code of a load run: 0 kept, 1 an objective broken, 3 not valid, 130 interrupted. */
export function loadExitCode({ valid, reasons, objectives }: LoadResults): 0 | 1 | 3 | 130 {
  if (reasons.includes('interrupted')) return 130;
  if (!valid) return 3;
  return objectives.length > 0 && objectives.every(({ kept }) => kept) ? 0 : 1;
}
