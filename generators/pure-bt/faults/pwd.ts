import type { Open } from '../../../spec/expectation.ts';
import { refusedWith } from '../../../spec/expectation.ts';
import type { Dialect } from '../../../spec/pure-bt/dialect.ts';
import { lengthsOf, textOfLength } from '../../pattern.ts';
import type { Random } from '../../random.ts';
import type { RequestContext } from '../request.ts';
import type { Fault } from './fault.ts';
import { field } from './fault.ts';

/**
 * Faults of `pwd`: outside the dialect's pattern earns 5357.
 * The pattern is a reading without a source, so near its bounds a server that accepts is only warned about;
 * what no password format allows is expected to be refused.
 */
export const pwdFaults: readonly Fault[] = [
  pwd('malformed', 'a pwd no format allows', 'pwd-malformed', ({ dialect }) =>
    // No NUL: what becomes of that is open for every field.
    outside(dialect, ['\u0007\n\t\u0001'.repeat(256), 'x'.repeat(1024), '\u0007 ', '!', 'x']),
  ),
  pwd('too-long', 'a pwd of one character more than the longest', 'pwd-format', ({ dialect, random }) =>
    outside(dialect, [
      `${longestPwd(dialect, random) ?? ''}x`,
      random.string.alphanumeric(65),
      random.string.alphanumeric(1024),
    ]),
  ),
  pwd('control-character', 'a pwd with a control character', 'pwd-format', ({ dialect, random }) =>
    outside(dialect, [`${random.string.alphanumeric(4)}\u0007${random.string.alphanumeric(3)}`, '\u0007'.repeat(65)]),
  ),
  pwd('non-ascii', 'a pwd with non-ASCII letters', 'pwd-format', ({ dialect }) =>
    outside(dialect, ['pässwörd', '密码'.repeat(64)]),
  ),
];

function pwd(
  name: string,
  title: string,
  rule: 'pwd-malformed' | 'pwd-format',
  value: (context: RequestContext) => string,
): Fault {
  const open: Open = rule === 'pwd-format' ? { open: [200], openRefusals: 'undocumented', reading: 'pwd-format' } : {};
  return {
    id: `pwd/${name}`,
    title,
    breaks: 'pwd',
    changes: [field('pwd', value)],
    // It is not the device's pwd either, and for that the document has no code.
    expect: refusedWith(5357, { siblings: ['pwd'], undocumented: true, ...open }),
    rule,
  };
}

/** A longest pwd of the dialect's pattern; undefined where there is no bound. */
function longestPwd({ pwdPattern }: Dialect, random: Random): string | undefined {
  const longest = lengthsOf(pwdPattern)?.longest;
  return longest === undefined ? undefined : textOfLength(pwdPattern, longest, random);
}

/** The first candidate that the dialect's pattern refuses; the last one where it refuses none. */
function outside(dialect: Dialect, candidates: readonly [string, ...string[]]): string {
  const pattern = new RegExp(`^(?:${dialect.pwdPattern})$`);
  return candidates.find((candidate) => !pattern.test(candidate)) ?? candidates[0];
}
