import { readFileSync } from 'node:fs';
import { ciphertextsIn, explain } from '../../contract/pure-bt/explain/explain.ts';
import { isClean } from '../../contract/pure-bt/explain/explanation.ts';
import { readRequests } from '../../contract/pure-bt/explain/read-request/read-request.ts';
import type { ReadRequest } from '../../contract/pure-bt/explain/read-request/request-parts.ts';
import { readSecrets } from '../../contract/pure-bt/explain/secrets.ts';
import { UserError } from '../../contract/user-error.ts';
import { whyUnreadable } from '../../spec/error-code.ts';
import { defaultDialect } from '../../spec/pure-bt/dialect.ts';
import { readDialectFlags } from '../config/dialect-flags.ts';
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

/** `bindgate explain FILE`: explains why a signature or a ciphertext does not match. Returns the exit code. */
export function explainCommand(file: string, flags: ExplainFlags): number {
  const terminal = processTerminal(flags.json);
  const dialect = readDialectFlags(defaultDialect, flags.dialect);
  const name = file === '-' ? 'standard input' : `"${file}"`;
  const found = chosen(readRequests(readInput(file, name), name), flags.entry, name);
  // Of several requests, only the signed ones are explained. For a single one, the missing signature is the answer.
  const signed = found.filter(({ body }) => typeof body['signature'] === 'string' && body['signature'] !== '');
  const requests = signed.length > 0 ? signed : found;
  for (const request of requests) requireSignature(request, name);
  const needsPs = requests.some((request) => ciphertextsIn(request).length > 0);
  const secrets = readSecrets(flags.fixture === undefined ? {} : readFixture(flags.fixture), process.env, needsPs);
  const now = Math.floor(Date.now() / 1000);
  const showSecrets = flags.showSecrets === true;
  const explanations = requests.map((request) => explain({ request, secrets, dialect, showSecrets, now }));
  if (flags.json === true) {
    const report = { schema: 'bindgate.explain/1', file, dialect, requests: explanations };
    process.stdout.write(`${JSON.stringify(report)}\n`);
  } else {
    terminal.out(explainText({ file, dialect, explanations }, terminal.style));
  }
  return explanations.every(isClean) ? 0 : 1;
}

function readInput(file: string, name: string): Uint8Array {
  try {
    // 0 is standard input.
    return readFileSync(file === '-' ? 0 : file);
  } catch (error) {
    throw new UserError(`${name}: ${whyUnreadable(error)}; correct the path`, 2, {
      cause: error,
    });
  }
}

function readFixture(file: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const why = error instanceof SyntaxError ? ' is not valid JSON' : `: ${whyUnreadable(error)}`;
    throw new UserError(
      `the fixture "${file}"${why}; it must contain one fixture, as the states endpoint returns it`,
      2,
      {
        cause: error,
      },
    );
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  throw new UserError(
    `the fixture "${file}" is not a JSON object; it must contain { "ps": …, "userDomainSecret": … }`,
    2,
  );
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

function requireSignature({ body, source }: ReadRequest, name: string): void {
  const { signature } = body as { signature?: unknown };
  if (typeof signature === 'string' && signature !== '') return;
  const why = signature === undefined ? 'has no "signature"' : 'has a "signature" that is empty or not a string';
  throw new UserError(
    `the request in ${name} (${source}) ${why}; give a signed request, or create one with \`bindgate payload\``,
    2,
  );
}
