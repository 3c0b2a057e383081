import type { Mutant } from '../../mutants/mutant.ts';
import { answering, codeOf, withBody, withEnvelope } from '../../mutants/wires.ts';

/** Stack traces and names that only source code has, as common platforms write them, on one path each. */
export const stackMutants: readonly Mutant[] = [
  unreadable(
    'java',
    'a stack of Java',
    'java.lang.NullPointerException\n\tat com.example.bind.Codec.read(Codec.java:42)',
    'robustness/truncated',
  ),
  unreadable('kotlin', 'a stack of Kotlin', 'at bind.Codec.read(Codec.kt:17)', 'robustness/null'),
  unreadable(
    'python',
    'a stack of Python',
    'Traceback (most recent call last):\n  File "/srv/bind.py", line 7, in read',
    'robustness/open-string',
  ),
  unreadable(
    'go',
    'a stack of Go',
    'goroutine 18 [running]:\nmain.read(0xc000)\n\t/srv/bind.go:31',
    'robustness/double-comma',
  ),
  unreadable(
    'node',
    'a stack of Node',
    'SyntaxError: Unexpected token\n    at JSON.parse (<anonymous>)\n    at read (/srv/bind.js:3:9)',
    'robustness/bad-escape',
  ),
  unreadable('php', 'a stack of PHP', '#0 /srv/bind.php(31): read(NULL)\n#1 {main}', 'robustness/number'),
  unreadable(
    'dotnet',
    'a stack of .NET',
    'at Bind.Codec.Read(String body) in /srv/Codec.cs:line 31',
    'robustness/true',
  ),
  unreadable('ruby', 'a stack of Ruby', "/srv/bind.rb:31:in `read'", 'robustness/brace'),
  unreadable('rust', 'a panic of Rust', "thread 'main' panicked at src/bind.rs:31:5", 'robustness/empty'),
  refused('class', 'the name of a class', 5459, 'javax.crypto.BadPaddingException', 'new-secret/bad-padding'),
  refused('short-class', 'the name of an exception', 5213, 'IllegalArgumentException', 'encrypted-code/not-base64'),
  refused('python-error', 'the name of an error', 5459, 'ValueError: Incorrect padding', 'new-secret/not-base64'),
  refused(
    'dotnet-class',
    'the name of a type',
    5420,
    'System.Security.Cryptography.CryptographicException',
    'signature/base64',
  ),
  refused(
    'sql',
    'what the database said',
    5333,
    "SQLSTATE[22001]: Data too long for column 'device_name' at row 1",
    'name/too-long',
  ),
];

/** Behind a body that cannot be read. */
function unreadable(name: string, what: string, text: string, killedBy: string): Mutant {
  return {
    id: `stack/${name}`,
    breaks: `shows ${what} where it cannot read the body`,
    killedBy: [killedBy],
    wire: answering((answer) =>
      answer.httpStatus === 400 ? withBody(answer, JSON.stringify({ message: text })) : answer,
    ),
  };
}

/** In the extMsg of one refusal. */
function refused(name: string, what: string, code: number, text: string, killedBy: string): Mutant {
  return {
    id: `stack/${name}`,
    breaks: `shows ${what} in the extMsg of ${code}`,
    killedBy: [killedBy],
    wire: answering((answer) =>
      codeOf(answer) === code ? withEnvelope(answer, (envelope) => ({ ...envelope, extMsg: text })) : answer,
    ),
  };
}
