import { createHash } from 'node:crypto';
import type { Wire } from '../../../spec/http.ts';
import type { Behaviour } from '../../../spec/pure-bt/reference/behaviour.ts';
import { correct } from '../../../spec/pure-bt/reference/behaviour.ts';
import type { Attempt } from '../../../spec/pure-bt/reference/decision.ts';
import type { Edit } from '../../mutants/operators.ts';
import { answering, changing, fieldOf, having, headerOf, withHeaders, withJson } from '../../mutants/operators.ts';
import type { Mutant } from './server.ts';
import { changed, changedBy, onCodes, wired, wiredBy } from './server.ts';

/** What an answer must keep. */
type SecretOf = (attempt: Attempt) => string | undefined;

/** Where a text gets into an answer. */
const places = {
  msg: (text: string): Edit => withJson(changing('msg', (msg) => `${String(msg)}: ${text}`)),
  extMsg: (text: string): Edit => withJson(having({ extMsg: text })),
  data: (text: string): Edit => withJson(having({ data: { verified: 1, detail: text } })),
  header: (text: string): Edit => withHeaders(['x-debug', text]),
  cookie: (text: string): Edit => withHeaders(['set-cookie', `session=${encodeURIComponent(text)}`]),
};

/** Answers that give away a key, or the signature that it makes. */
export const keyLeakMutants: readonly Mutant[] = [
  ...changedBy(leak(5420, 'msg'), {
    "leak/ps-in-msg: gives away the product's secret in msg -> signature/middle-digit": ps,
    'leak/domain-secret-half: gives away half of the userDomainSecret -> signature/first-digit': (attempt) =>
      domainSecret(attempt).slice(0, 22),
    'leak/text-to-sign: gives away the text that should have been signed -> signature/last-digit': correct.textToSign,
    'leak/due-signature: gives away the signature that is due -> signature/first-digit signature/middle-digit-encrypted':
      due,
    'leak/due-signature-base64: gives away the digest that is due, in Base64 -> signature/zeros': (attempt) =>
      Buffer.from(due(attempt), 'hex').toString('base64'),
  }),
  ...changedBy(leak(5459, 'extMsg'), {
    "leak/ps-in-ext-msg: gives away the product's secret in extMsg -> new-secret/wrong-key": ps,
  }),
  ...changedBy(leak(5213, 'msg'), {
    "leak/ps-in-hex: gives away the product's secret in hex -> encrypted-code/bad-padding": encoded(ps, 'hex'),
  }),
  ...changedBy(leak(5459, 'header'), {
    "leak/ps-in-base64: gives away the product's secret in Base64 in a header -> new-secret/bad-padding": encoded(
      ps,
      'base64',
    ),
  }),
  ...changedBy(leak(5412, 'header'), {
    'leak/ps-in-debug: gives away everything it knows in a Base64 header -> mode-single': encoded(
      (attempt) => JSON.stringify({ state: 'single', product: ps(attempt) }),
      'base64',
    ),
  }),
  ...changedBy(leak(5420, 'extMsg'), {
    'leak/domain-secret-in-ext-msg: gives away the userDomainSecret in extMsg -> signature/zeros': domainSecret,
  }),
  ...changedBy(leak(5550, 'msg'), {
    'leak/domain-secret-end: gives away the end of the userDomainSecret -> signature/absent': (attempt) =>
      domainSecret(attempt).slice(-14),
  }),
  ...changedBy(leak(200, 'data'), {
    'leak/domain-secret-on-success: gives away the userDomainSecret in the data of a success -> bind/plain':
      domainSecret,
  }),
  ...changedBy(leak(5041, 'msg'), {
    "leak/domain-secret-in-home: gives away the userDomainSecret where somebody else's home is given -> foreign-home/of-nobody":
      domainSecret,
  }),
  ...changedBy(leak(5420, 'header'), {
    'leak/due-signature-upper-case: gives away the signature that is due, in upper case in a header -> signature/zeros':
      (attempt) => due(attempt).toUpperCase(),
  }),
  ...changedBy(leak(5550, 'extMsg'), {
    'leak/due-signature-absent: gives away the signature that is due to who sends none -> signature/absent signature/empty':
      due,
  }),
];

/** Answers that give away what a device or a user alone should know. */
export const deviceLeakMutants: readonly Mutant[] = [
  ...changedBy(leak(200, 'data'), {
    'leak/binding-code: gives away the decrypted bindingCode of a success -> bind/code/encrypted': ({
      code = '',
      fields,
    }) => (fields.encryptedBindingCode ? code : ''),
    'leak/binding-secret: gives away the new bindingSecret of a success -> bind/plain mode-multi': ({ newSecret }) =>
      newSecret,
    'leak/old-secret-on-success: gives away the old bindingSecret of a success -> mode-multi/old-secret': ({
      oldSecret,
    }) => oldSecret,
    'leak/pwd: gives away the pwd of a success -> bind/pwd/given': ({ fields }) => fields.pwd,
  }),
  ...changedBy(leak(5049, 'msg'), {
    'leak/binding-code-in-msg: gives away the bindingCode in msg -> already-bound': ({ code }) => code,
    'leak/token-end: gives away the end of the token -> already-bound': ({ authorization }) =>
      authorization?.slice(-16),
  }),
  ...changedBy(leak(5213, 'msg'), {
    'leak/binding-code-plaintext: gives away what an encryptedBindingCode holds -> encrypted-code/lower-case':
      plaintextOf('encryptedBindingCode'),
  }),
  ...changedBy(leak(5459, 'msg'), {
    'leak/binding-secret-plaintext: gives away what an encryptedNewBindingSecret holds -> new-secret/other-dk new-secret/swapped':
      plaintextOf('encryptedNewBindingSecret'),
  }),
  ...changedBy(leak(5049, 'extMsg'), {
    'leak/binding-secret-already-bound: gives away the new bindingSecret where the device is bound -> already-bound/second-request':
      ({ newSecret }) => newSecret,
  }),
  ...changed({
    'leak/stored-secret: gives away the stored bindingSecret in the extMsg of a wrong one -> old-secret/wrong old-secret/other-end':
      showingStored(),
  }),
  ...changedBy(leak(5357, 'msg'), {
    'leak/pwd-malformed: gives away a malformed pwd -> pwd/malformed': ({ fields }) => fields.pwd,
  }),
  ...changedBy(leak(5032, 'msg'), {
    'leak/token: gives away the token in msg -> token-state/expired token-state/refresh': ({ authorization }) =>
      authorization,
  }),
  ...changedBy(leak(200, 'cookie'), {
    'leak/token-cookie: gives away the token in a cookie -> bind/plain': ({ authorization }) => authorization,
  }),
  ...wired({
    'leak/token-where-unreadable: gives away the token where it cannot read the body -> robustness/truncated robustness/method-get':
      answering((answer, request) =>
        answer.httpStatus < 400 ? answer : places.msg(headerOf(request, 'authorization'))(answer),
      ),
  }),
];

/** Line breaks of a field must not become headers of the answer: it is written there as it is, without a check. */
export const headerLeakMutants: readonly Mutant[] = ['deviceName', 'frid', 'dk', 'pk', 'bindingCode', 'random'].flatMap(
  (name) =>
    wiredBy(planting, {
      [`leak/header-from-${name}: writes ${name} into a header as it is -> robustness/planted-header-${name}`]: name,
    }),
);

/** Stack traces and names that only source code has, as common platforms write them, on one path each. */
export const stackMutants: readonly Mutant[] = [
  ...wiredBy(unreadable, {
    'stack/java: shows a stack of Java where it cannot read the body -> robustness/truncated':
      'java.lang.NullPointerException\n\tat com.example.bind.Codec.read(Codec.java:42)',
    'stack/kotlin: shows a stack of Kotlin where it cannot read the body -> robustness/null':
      'at bind.Codec.read(Codec.kt:17)',
    'stack/python: shows a stack of Python where it cannot read the body -> robustness/open-string':
      'Traceback (most recent call last):\n  File "/srv/bind.py", line 7, in read',
    'stack/go: shows a stack of Go where it cannot read the body -> robustness/double-comma':
      'goroutine 18 [running]:\nmain.read(0xc000)\n\t/srv/bind.go:31',
    'stack/node: shows a stack of Node where it cannot read the body -> robustness/bad-escape':
      'SyntaxError: Unexpected token\n    at JSON.parse (<anonymous>)\n    at read (/srv/bind.js:3:9)',
    'stack/php: shows a stack of PHP where it cannot read the body -> robustness/number':
      '#0 /srv/bind.php(31): read(NULL)\n#1 {main}',
    'stack/dotnet: shows a stack of .NET where it cannot read the body -> robustness/true':
      'at Bind.Codec.Read(String body) in /srv/Codec.cs:line 31',
    'stack/ruby: shows a stack of Ruby where it cannot read the body -> robustness/brace': "/srv/bind.rb:31:in `read'",
    'stack/rust: shows a panic of Rust where it cannot read the body -> robustness/empty':
      "thread 'main' panicked at src/bind.rs:31:5",
  }),
  ...wired({
    'stack/class: shows the name of a class in the extMsg of 5459 -> new-secret/bad-padding': onCodes(
      [5459],
      places.extMsg('javax.crypto.BadPaddingException'),
    ),
    'stack/short-class: shows the name of an exception in the extMsg of 5213 -> encrypted-code/not-base64': onCodes(
      [5213],
      places.extMsg('IllegalArgumentException'),
    ),
    'stack/python-error: shows the name of an error in the extMsg of 5459 -> new-secret/not-base64': onCodes(
      [5459],
      places.extMsg('ValueError: Incorrect padding'),
    ),
    'stack/dotnet-class: shows the name of a type in the extMsg of 5420 -> signature/base64': onCodes(
      [5420],
      places.extMsg('System.Security.Cryptography.CryptographicException'),
    ),
    'stack/sql: shows what the database said in the extMsg of 5333 -> name/too-long': onCodes(
      [5333],
      places.extMsg("SQLSTATE[22001]: Data too long for column 'device_name' at row 1"),
    ),
  }),
];

/** Answers of one code hold what their requests, or the record, must keep. */
function leak(code: number, place: keyof typeof places): (secretOf: SecretOf) => Partial<Behaviour> {
  return (secretOf) => ({
    answer: (ending) => {
      const answer = correct.answer(ending);
      if (ending.attempt === undefined || ending.code !== code) return answer;
      return places[place](secretOf(ending.attempt) ?? '')(answer);
    },
  });
}

function ps({ product }: Attempt): string {
  return product?.ps ?? '';
}

function domainSecret(attempt: Attempt): string {
  return attempt.domainSecret ?? '';
}

function due(attempt: Attempt): string {
  return createHash('sha256').update(correct.textToSign(attempt)).digest('hex');
}

function encoded(secretOf: SecretOf, encoding: 'hex' | 'base64'): SecretOf {
  return (attempt) => Buffer.from(secretOf(attempt) ?? '').toString(encoding);
}

function plaintextOf(field: 'encryptedBindingCode' | 'encryptedNewBindingSecret'): SecretOf {
  return (attempt) => correct.decrypt(attempt.fields[field] ?? '', ps(attempt), attempt.fields.random ?? '');
}

/** Answers to a wrong old secret hold what is stored. */
function showingStored(): Partial<Behaviour> {
  const compared = new WeakMap<Attempt, readonly string[]>();
  return {
    oldSecretIsStored: (attempt, bindings) => {
      compared.set(attempt, [...bindings.values()]);
      return correct.oldSecretIsStored(attempt, bindings);
    },
    answer: (ending) => {
      const stored = ending.attempt === undefined ? undefined : compared.get(ending.attempt);
      const answer = correct.answer(ending);
      return ending.bound || stored === undefined ? answer : places.extMsg(stored.join())(answer);
    },
  };
}

/** The lines of a field become headers. */
function planting(name: string): Wire {
  return answering((answer, request) => {
    const [, ...lines] = fieldOf(request, name).split('\r\n');
    const headers = lines
      .map((line) => line.split(': '))
      .flatMap(([key, value]) => (key && value ? [[key, value] as const] : []));
    return withHeaders(...headers)(answer);
  });
}

/** Behind a body that cannot be read. */
function unreadable(message: string): Wire {
  return answering((answer) => (answer.httpStatus === 400 ? withJson(() => ({ message }))(answer) : answer));
}
