import type { Dialect } from '../../spec/dialect.ts';
import { refusedWith } from '../../spec/expectation.ts';
import type { RequestContext } from '../request.ts';
import type { Fault } from './fault.ts';
import { field } from './fault.ts';

/**
 * Faults of `pwd`: outside the dialect's pattern earns 5357.
 * The pattern is a reading without a source, so near its bounds a server that accepts is only warned about;
 * what no password format allows is expected to be refused.
 */
export const pwdFaults: readonly Fault[] = [
  pwd('malformed', 'a pwd no format allows', 'document', [], ({ dialect }) =>
    // No NUL: what becomes of that is open for every field.
    outside(dialect, ['\u0007\u0001\n\t'.repeat(256), 'x'.repeat(1024), '\u0007 ', '!', 'x']),
  ),
  pwd('too-long', 'a pwd of 65 characters', 'inferred', [200], ({ dialect, random }) =>
    outside(dialect, [random.string.alphanumeric(65), random.string.alphanumeric(1024)]),
  ),
  pwd('control-character', 'a pwd with a control character', 'inferred', [200], ({ dialect, random }) =>
    outside(dialect, [`${random.string.alphanumeric(4)}\u0007${random.string.alphanumeric(3)}`, '\u0007'.repeat(65)]),
  ),
  pwd('non-ascii', 'a pwd with non-ASCII letters', 'inferred', [200], ({ dialect }) =>
    outside(dialect, ['pässwörd', '密码'.repeat(64)]),
  ),
];

function pwd(
  name: string,
  title: string,
  basis: Fault['basis'],
  open: readonly number[],
  value: (context: RequestContext) => string,
): Fault {
  return {
    id: `pwd/${name}`,
    title,
    breaks: 'pwd',
    changes: [field('pwd', value)],
    expect: refusedWith(5357, { siblings: ['pwd'], open }),
    clause: 'request parameter pwd, status 5357; dialect pwdPattern',
    basis,
  };
}

/** The first candidate that the dialect's pattern refuses; the last one where it refuses none. */
function outside(dialect: Dialect, candidates: readonly [string, ...string[]]): string {
  const pattern = new RegExp(`^(?:${dialect.pwdPattern})$`);
  return candidates.find((candidate) => !pattern.test(candidate)) ?? candidates[0];
}
