import { asksToBind, standing } from '../spec/expectation.ts';
import type { Dialect } from '../spec/pure-bt/dialect.ts';
import type { CountedCode } from './run/codes.ts';
import { knownCodes } from './run/codes.ts';
import type { Workload } from './pure-bt/workloads.ts';
import type { RunWorkload } from './run/share.ts';

/** How every code that k6 tells apart stands; `none` is never right, since every outcome is an envelope behind HTTP 200. */
export function standingsOf(workload: Workload, dialect: Dialect): Readonly<Record<string, 'right' | 'open'>> {
  const counted: readonly CountedCode[] = [...knownCodes, 'other'];
  return Object.fromEntries(
    counted.flatMap((code) => {
      const stands = standingOf(workload, code, dialect);
      return stands === 'wrong' ? [] : [[String(code), stands]];
    }),
  );
}

function standingOf(workload: Workload, code: CountedCode, dialect: Dialect): 'right' | 'open' | 'wrong' {
  if (code === 'none') return 'wrong';
  const expectation = workload.expect(dialect);
  if (code === 'other') return expectation.anyRefusal ? 'right' : 'wrong';
  return standing(code, expectation, dialect);
}

/** A workload as its run's shares describe it, with the code it is usually answered with. */
export function runWorkload(workload: Workload, weight: number, usual: CountedCode, dialect: Dialect): RunWorkload {
  return {
    name: workload.name,
    title: workload.title,
    weight,
    binds: asksToBind(workload.expect(dialect)),
    usual,
    usualStands: standingOf(workload, usual, dialect),
  };
}
