import { createHash } from 'node:crypto';
import type { Wire } from '../../../spec/http.ts';
import { correct } from '../../../spec/pure-bt/reference/behaviour.ts';
import type { Attempt, Behaviour } from '../../../spec/pure-bt/reference/decision.ts';
import {
  answering,
  changing,
  type Edit,
  readTextField,
  requestHeader,
  withFields,
  withHeaders,
  withJson,
} from '../../mutants/operators.ts';
import { changed, changedBy, type Mutant } from './server.ts';

type ReadSecret = (attempt: Attempt) => string | undefined;

// Places in an answer that can contain a text.
const inMsg = leaking(addToMsg);
const inExtMsg = leaking((text) => withJson(withFields({ extMsg: text })));
const inData = leaking((text) => withJson(withFields({ data: { verified: 1, detail: text } })));
const inHeader = leaking((text) => withHeaders(['x-debug', text]));
const inCookie = leaking((text) => withHeaders(['set-cookie', `session=${encodeURIComponent(text)}`]));

/**
 * Answers that reveal a key, the correct signature, a secret of a device or a user, or the server's implementation: stack
 * traces and names from source code, as common platforms write them.
 */
export const leakMutants: readonly Mutant[] = [
  ...changed({
    "leak/ps-in-msg: reveals the product's secret in msg -> signature/middle-digit": inMsg(5420, ps),
    'leak/domain-secret-half: reveals half of the userDomainSecret -> signature/first-digit': inMsg(5420, (attempt) =>
      domainSecret(attempt).slice(0, 22),
    ),
    'leak/text-to-sign: reveals the text to sign -> signature/last-digit': inMsg(5420, correct.textToSign),
    'leak/due-signature: reveals the expected signature -> signature/first-digit signature/middle-digit-encrypted':
      inMsg(5420, expectedSignature),
    'leak/due-signature-base64: reveals the expected digest in Base64 -> signature/zeros': inMsg(5420, (attempt) =>
      Buffer.from(expectedSignature(attempt), 'hex').toString('base64'),
    ),
    "leak/ps-in-hex: reveals the product's secret in hex -> encrypted-code/bad-padding": inMsg(
      5213,
      encodeSecret(ps, 'hex'),
    ),
    'leak/domain-secret-end: reveals the end of the userDomainSecret -> signature/absent': inMsg(5550, (attempt) =>
      domainSecret(attempt).slice(-14),
    ),
    "leak/domain-secret-in-home: reveals the userDomainSecret if another user's home is given -> foreign-home/of-nobody":
      inMsg(5041, domainSecret),
    'leak/binding-code-in-msg: reveals the bindingCode in msg -> already-bound': inMsg(5049, ({ code }) => code),
    'leak/token-end: reveals the end of the token -> already-bound': inMsg(5049, ({ authorization }) =>
      authorization?.slice(-16),
    ),
    'leak/binding-code-plaintext: reveals the content of an encryptedBindingCode -> encrypted-code/lower-case': inMsg(
      5213,
      decryptField('encryptedBindingCode'),
    ),
    'leak/binding-secret-plaintext: reveals the content of an encryptedNewBindingSecret -> new-secret/other-dk new-secret/swapped':
      inMsg(5459, decryptField('encryptedNewBindingSecret')),
    'leak/pwd-malformed: reveals a malformed pwd -> pwd/malformed': inMsg(5357, ({ fields }) => fields.pwd),
    'leak/token: reveals the token in msg -> token-state/expired token-state/refresh': inMsg(
      5032,
      ({ authorization }) => authorization,
    ),
    "leak/ps-in-ext-msg: reveals the product's secret in extMsg -> new-secret/wrong-key": inExtMsg(5459, ps),
    'leak/domain-secret-in-ext-msg: reveals the userDomainSecret in extMsg -> signature/zeros': inExtMsg(
      5420,
      domainSecret,
    ),
    'leak/due-signature-absent: reveals the expected signature if none is sent -> signature/absent signature/empty':
      inExtMsg(5550, expectedSignature),
    'leak/binding-secret-already-bound: reveals the new bindingSecret if the device is bound -> already-bound/second-request':
      inExtMsg(5049, ({ newSecret }) => newSecret),
    "leak/ps-in-base64: reveals the product's secret in Base64 in a header -> new-secret/bad-padding": inHeader(
      5459,
      encodeSecret(ps, 'base64'),
    ),
    'leak/ps-in-debug: reveals all its data in a Base64 header -> mode-single': inHeader(
      5412,
      encodeSecret((attempt) => JSON.stringify({ state: 'single', product: ps(attempt) }), 'base64'),
    ),
    'leak/due-signature-upper-case: reveals the expected signature in upper case in a header -> signature/zeros':
      inHeader(5420, (attempt) => expectedSignature(attempt).toUpperCase()),
    'leak/domain-secret-on-success: reveals the userDomainSecret in the data of a success -> bind/plain': inData(
      200,
      domainSecret,
    ),
    'leak/binding-code: reveals the decrypted bindingCode in a success -> bind/code/encrypted': inData(
      200,
      ({ code = '', fields }) => (fields.encryptedBindingCode ? code : ''),
    ),
    'leak/binding-secret: reveals the new bindingSecret in a success -> bind/plain mode-multi': inData(
      200,
      ({ newSecret }) => newSecret,
    ),
    'leak/old-secret-on-success: reveals the old bindingSecret in a success -> mode-multi/old-secret': inData(
      200,
      ({ oldSecret }) => oldSecret,
    ),
    'leak/pwd: reveals the pwd in a success -> bind/pwd/given': inData(200, ({ fields }) => fields.pwd),
    'leak/token-cookie: reveals the token in a cookie -> bind/plain': inCookie(
      200,
      ({ authorization }) => authorization,
    ),
    'leak/stored-secret: reveals the stored bindingSecret in extMsg after a wrong one -> old-secret/wrong old-secret/other-end':
      showStored(),
    'leak/token-where-unreadable: reveals the token if it cannot read the body -> robustness/truncated robustness/method-get':
      answering((answer, request) =>
        answer.httpStatus < 400 ? answer : addToMsg(requestHeader(request, 'authorization'))(answer),
      ),
  }),
  ...changedBy(([code, text]: readonly [number, string]) => inExtMsg(code, () => text), {
    'stack/class: shows the name of a class in the extMsg of 5459 -> new-secret/bad-padding': [
      5459,
      'javax.crypto.BadPaddingException',
    ],
    'stack/short-class: shows the name of an exception in the extMsg of 5213 -> encrypted-code/not-base64': [
      5213,
      'IllegalArgumentException',
    ],
    'stack/python-error: shows the name of an error in the extMsg of 5459 -> new-secret/not-base64': [
      5459,
      'ValueError: Incorrect padding',
    ],
    'stack/dotnet-class: shows the name of a type in the extMsg of 5420 -> signature/base64': [
      5420,
      'System.Security.Cryptography.CryptographicException',
    ],
    'stack/sql: shows a database error in the extMsg of 5333 -> name/too-long': [
      5333,
      "SQLSTATE[22001]: Data too long for column 'device_name' at row 1",
    ],
  }),
  // Line breaks of a field must not become headers of the answer.
  ...['deviceName', 'frid', 'dk', 'pk', 'bindingCode', 'random'].flatMap((name) => {
    const sentence = `leak/header-from-${name}: copies ${name} unchanged into a header`;
    return changedBy(plantHeaders, { [sentence]: name }, `robustness/planted-header-${name}`);
  }),
  // After a body that it cannot read.
  ...changedBy(unreadable, {
    'stack/java: shows a Java stack trace if it cannot read the body -> robustness/truncated':
      'java.lang.NullPointerException\n\tat com.example.bind.Codec.read(Codec.java:42)',
    'stack/kotlin: shows a Kotlin stack trace if it cannot read the body -> robustness/null':
      'at bind.Codec.read(Codec.kt:17)',
    'stack/python: shows a Python stack trace if it cannot read the body -> robustness/open-string':
      'Traceback (most recent call last):\n  File "/srv/bind.py", line 7, in read',
    'stack/go: shows a Go stack trace if it cannot read the body -> robustness/double-comma':
      'goroutine 18 [running]:\nmain.read(0xc000)\n\t/srv/bind.go:31',
    'stack/node: shows a Node stack trace if it cannot read the body -> robustness/bad-escape':
      'SyntaxError: Unexpected token\n    at JSON.parse (<anonymous>)\n    at read (/srv/bind.js:3:9)',
    'stack/php: shows a PHP stack trace if it cannot read the body -> robustness/number':
      '#0 /srv/bind.php(31): read(NULL)\n#1 {main}',
    'stack/dotnet: shows a .NET stack trace if it cannot read the body -> robustness/true':
      'at Bind.Codec.Read(String body) in /srv/Codec.cs:line 31',
    'stack/ruby: shows a Ruby stack trace if it cannot read the body -> robustness/brace': "/srv/bind.rb:31:in `read'",
    'stack/rust: shows a Rust panic if it cannot read the body -> robustness/empty':
      "thread 'main' panicked at src/bind.rs:31:5",
  }),
];

function leaking(add: (text: string) => Edit): (code: number, readSecret: ReadSecret) => Partial<Behaviour> {
  return (code, readSecret) => ({
    answer: (ending) => {
      const answer = correct.answer(ending);
      if (ending.attempt === undefined || ending.code !== code) return answer;
      return add(readSecret(ending.attempt) ?? '')(answer);
    },
  });
}

function addToMsg(text: string): Edit {
  return withJson(changing('msg', (msg) => `${String(msg)}: ${text}`));
}

function ps({ product }: Attempt): string {
  return product?.ps ?? '';
}

function domainSecret(attempt: Attempt): string {
  return attempt.domainSecret ?? '';
}

function expectedSignature(attempt: Attempt): string {
  return createHash('sha256').update(correct.textToSign(attempt)).digest('hex');
}

function encodeSecret(readSecret: ReadSecret, encoding: 'hex' | 'base64'): ReadSecret {
  return (attempt) => Buffer.from(readSecret(attempt) ?? '').toString(encoding);
}

function decryptField(field: 'encryptedBindingCode' | 'encryptedNewBindingSecret'): ReadSecret {
  return (attempt) => correct.decrypt(attempt.fields[field] ?? '', ps(attempt), attempt.fields.random ?? '');
}

/** Adds the stored secret to the answer to a wrong old secret. */
function showStored(): Partial<Behaviour> {
  const compared = new WeakMap<Attempt, readonly string[]>();
  return {
    oldSecretIsStored: (attempt, bindings) => {
      compared.set(attempt, [...bindings.values()]);
      return correct.oldSecretIsStored(attempt, bindings);
    },
    answer: (ending) => {
      const stored = ending.attempt === undefined ? undefined : compared.get(ending.attempt);
      const answer = correct.answer(ending);
      return ending.bound || stored === undefined ? answer : withJson(withFields({ extMsg: stored.join() }))(answer);
    },
  };
}

function plantHeaders(name: string): Wire {
  return answering((answer, request) => {
    const [, ...lines] = readTextField(request, name).split('\r\n');
    const headers = lines
      .map((line) => line.split(': '))
      .flatMap(([key, value]) => (key && value ? [[key, value] as const] : []));
    return withHeaders(...headers)(answer);
  });
}

function unreadable(message: string): Wire {
  return answering((answer) => (answer.httpStatus === 400 ? withJson(() => ({ message }))(answer) : answer));
}
