import type { Fixture, StateName } from '../../../spec/family/states.ts';
import { type ServedRequest, sentToken } from '../../../spec/http.ts';
import { isRecord } from '../../../spec/is-record.ts';
import { defaultDialect } from '../../../spec/pure-bt/dialect.ts';
import { operation } from '../../../spec/pure-bt/operation.ts';
import { inert } from '../../inert.ts';
import { parseJson } from '../../judge/parse-json.ts';
import { maskOfFixtures } from '../../mask.ts';
import { explain } from '../explain/explain.ts';
import { isWrong, mistakesIn, type Part, type PartExplanation } from '../explain/explanation.ts';
import { readSecrets } from '../explain/secrets.ts';

/** A fixture and its state. */
export type KnownFixture = { readonly state: StateName; readonly fixture: Fixture };

/** In characters. */
const longestLine = 1_000;
/** In bytes. A correct request has less than 2 kB; the search for causes takes seconds for a body of a megabyte. */
const longestBody = 16_384;

/** The order in which the embedded server checks, so that the first mistake is usually that of the code. */
const inOrder: readonly Part[] = [
  'token',
  'fields',
  'signature',
  'encryptedBindingCode',
  'encryptedNewBindingSecret',
  'encryptedOldBindingSecret',
];

/**
 * One line that says why a request was refused: the mistakes in it, or that only the state decides. It is inert, contains no secret,
 * and is printable ASCII, so that it fits into a header.
 * @param fixtures the fixtures that the server has; the request is explained with that of its device.
 */
export function explainRefusal(request: ServedRequest, fixtures: Iterable<KnownFixture>): string {
  const { length } = request.body;
  if (length > longestBody) return `the body has ${length} bytes; only bodies up to ${longestBody} bytes are explained`;
  const parsed = parseJson(request.body);
  if (!('value' in parsed)) return `the body is not JSON: ${parsed.problem}`;
  const body = parsed.value;
  if (!isRecord(body)) return 'the body is not a JSON object';
  const token = sentToken(request.headers) ?? '';
  const known = [...fixtures];
  const isOwner = ({ fixture }: KnownFixture): boolean => [fixture.token, fixture.otherToken].includes(token);
  const owner = known.find(isOwner);
  const one =
    known.find(({ fixture: { pk, dk } }) => pk === body['pk'] && dk === body['dk']) ??
    known.find(({ fixture: { pk } }) => pk === body['pk']) ??
    owner;
  if (one === undefined) return 'no fixture of this server has this pk, dk or token';
  const { parts } = explain({
    request: { source: 'request', headers: request.headers, body },
    secrets: readSecrets(one.fixture, {}, false),
    dialect: defaultDialect,
    showSecrets: false,
    now: Math.floor(Date.now() / 1000),
  });
  const mistakes = inOrder
    .flatMap((name) => parts.filter((one) => one.part === name && isWrong(one)))
    .map((part) => (part.part === 'signature' && !body['signature'] ? 'signature: it is missing' : partLine(part)));
  const tokenIsRight = !parts.some(({ part, verdict }) => part === 'token' && verdict !== 'right');
  if (owner === undefined && tokenIsRight) mistakes.unshift('token: it is not the token of a fixture');
  if (owner !== undefined && !isOwner(one)) mistakes.unshift(`token: it belongs to the user of "${owner.state}"`);
  if (mistakes.length === 0) {
    mistakes.push(`no mistake in the request; the server's records decide (state at the start: ${one.state})`);
  }
  return toAscii(maskOfFixtures([one.fixture], operation)(mistakes.join(' | ')));
}

function partLine({ part, says, findings }: PartExplanation): string {
  const mistakes = mistakesIn(findings);
  if (mistakes.length === 0) return `${part}: ${says}`;
  return `${part}: ${mistakes.map((found) => found.says + (found.fix === undefined ? '' : ` (fix: ${found.fix})`)).join('; ')}`;
}

const ascii: Readonly<Record<string, string>> = { '«': '<', '»': '>', '…': '...', '–': '-', '→': '->', '’': "'" };

/** Printable ASCII: usual typography as ASCII, every other character as an escape. */
function toAscii(text: string): string {
  return inert(text, longestLine).replace(
    /[^\x20-\x7e]/gu,
    (character) => ascii[character] ?? `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  );
}
