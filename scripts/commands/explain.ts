import { closeSync, openSync, readSync } from 'node:fs';
import { inert } from '../../contract/inert.ts';
import { ciphertextsIn, explain, isSigned } from '../../contract/pure-bt/explain/explain.ts';
import { isClean } from '../../contract/pure-bt/explain/explanation.ts';
import type { ReadRequest } from '../../contract/pure-bt/explain/known.ts';
import { readRequestFile } from '../../contract/pure-bt/explain/read-request/read-request.ts';
import { readSecrets } from '../../contract/pure-bt/explain/secrets.ts';
import { mostBytes } from '../../contract/read-request/find-requests.ts';
import { UserError } from '../../contract/user-error.ts';
import { settingValues } from '../../spec/dialect.ts';
import { whyUnreadable } from '../../spec/error-code.ts';
import { defaultDialect } from '../../spec/pure-bt/dialect.ts';
import { operation } from '../../spec/pure-bt/operation.ts';
import { readDialectFlags } from '../config/dialect-flags.ts';
import { fixtureFor, readFixtures } from '../config/read-fixtures.ts';
import { explainText } from '../reports/explain-text.ts';
import { processTerminal } from '../terminal.ts';

/** Flags of `bindgate explain`. */
export type ExplainFlags = {
  readonly fixture?: string;
  readonly entry?: number;
  readonly dialect?: readonly string[];
  readonly json?: boolean;
  readonly showSecrets?: boolean;
};

/** A wrong request takes up to a second. */
const mostRequests = 1_000;
/** A recording of a whole run has many requests that are broken on purpose. */
const mostNotes = 5;

/** `bindgate explain FILE`: explains each request of a file. Returns the exit code: 1 if one is wrong. */
export function explainCommand(file: string, flags: ExplainFlags): number {
  const terminal = processTerminal(flags.json);
  const dialect = readDialectFlags(defaultDialect, flags.dialect);
  const name = file === '-' ? 'standard input' : `"${file}"`;
  const { requests: found, unreadable } = readRequestFile(readInput(file, name), name);
  const requests = chosen(found, flags.entry, name);
  if (requests.length > mostRequests) {
    throw new UserError(
      `${name} has ${requests.length} requests to this operation; at most ${mostRequests} are explained: choose one with --entry, or split the file`,
      2,
    );
  }
  const signed = requests.filter(isSigned);
  const unsigned = requests.filter((request) => !signed.includes(request)).map((request) => notSigned(request, name));
  if (signed.length === 0 && unsigned[0] !== undefined) throw unsigned[0];
  const leftOut = flags.entry === undefined ? [...unreadable, ...unsigned] : unsigned;
  for (const { message } of leftOut.slice(0, mostNotes)) terminal.note(`not explained: ${inert(message, 500)}`);
  if (leftOut.length > mostNotes) terminal.note(`not explained: ${leftOut.length - mostNotes} more requests`);
  const fixtures = flags.fixture === undefined ? [{}] : readFixtures(flags.fixture, operation);
  const now = Math.floor(Date.now() / 1000);
  const showSecrets = flags.showSecrets === true;
  const explanations = signed.map((request) => {
    const fixture = fixtureFor(request, fixtures, operation, name);
    const secrets = readSecrets(fixture, process.env, ciphertextsIn(request).length > 0);
    return explain({ request, secrets, dialect, showSecrets, now });
  });
  if (flags.json === true) {
    const report = {
      schema: 'bindgate.explain/1',
      file,
      dialect: { ...settingValues(dialect), successCode: dialect.successCode },
      requests: explanations,
    };
    process.stdout.write(`${JSON.stringify(report)}\n`);
  } else {
    terminal.out(explainText({ file, dialect, explanations }, terminal.style));
  }
  return leftOut.length === 0 && explanations.every(isClean) ? 0 : 1;
}

/** Reads a file, a pipe or standard input, and at most one byte more than is allowed. */
function readInput(file: string, name: string): Uint8Array {
  const pieces: Uint8Array[] = [];
  let length = 0;
  try {
    // 0 is standard input.
    const source = file === '-' ? 0 : openSync(file, 'r');
    while (length <= mostBytes) {
      const piece = new Uint8Array(1024 * 1024);
      const read = readSync(source, piece);
      if (read === 0) break;
      pieces.push(piece.subarray(0, read));
      length += read;
    }
    if (source !== 0) closeSync(source);
  } catch (error) {
    throw new UserError(`${name}: ${whyUnreadable(error)}; correct the path`, 2, {
      cause: error,
    });
  }
  return Buffer.concat(pieces);
}

function chosen(requests: readonly ReadRequest[], entry: number | undefined, name: string): readonly ReadRequest[] {
  if (entry === undefined) return requests;
  const request = requests[entry - 1];
  if (request !== undefined) return [request];
  const count = requests.length === 1 ? 'one request' : `${requests.length} requests`;
  throw new UserError(
    `--entry ${entry}: ${name} contains ${count} to this operation; choose 1 to ${requests.length}`,
    2,
  );
}

function notSigned({ body, source, otherPlace }: ReadRequest, name: string): UserError {
  const missing =
    body['signature'] === undefined ? 'has no "signature"' : 'has a "signature" that is empty or not a string';
  const why = otherPlace === undefined ? missing : `${missing}, and it is ${otherPlace}`;
  return new UserError(
    `the request in ${name} (${source}) ${why}; give a signed request, or create one with \`bindgate payload\``,
    2,
  );
}
