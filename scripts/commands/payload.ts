import { readFileSync } from 'node:fs';
import { curlOf } from '../../contract/curl.ts';
import { showRequest } from '../../contract/judge/show.ts';
import { showEverything } from '../../contract/mask.ts';
import { nearest } from '../../contract/nearest.ts';
import { readFixture } from '../../contract/targets/fixture.ts';
import { UserError } from '../../contract/user-error.ts';
import { faultNamed, faultsUnder } from '../../generators/pure-bt/faults/menu.ts';
import { madeUpFixture } from '../../generators/pure-bt/fixture.ts';
import { forms } from '../../generators/pure-bt/forms.ts';
import type { Change } from '../../generators/pure-bt/request.ts';
import { buildRequest } from '../../generators/pure-bt/request.ts';
import { seededRandom } from '../../generators/random.ts';
import type { BuiltRequest } from '../../generators/request.ts';
import { foreignKeyPem } from '../../generators/tokens.ts';
import { defaultDialect } from '../../spec/pure-bt/dialect.ts';
import { operation } from '../../spec/pure-bt/operation.ts';
import type { Fixture } from '../../spec/pure-bt/states.ts';
import { processTerminal } from '../terminal.ts';

/** Flags of `bindgate payload`. */
export type PayloadFlags = {
  readonly fixture?: string;
  readonly count?: number;
  readonly seed?: number;
  readonly format?: 'json' | 'ndjson' | 'curl';
  readonly url?: string;
  readonly list?: boolean;
};

/** `bindgate payload [fault|form]`: signed requests on standard output. Returns the exit code. */
export async function payloadCommand(name: string | undefined, flags: PayloadFlags): Promise<number> {
  const terminal = processTerminal();
  if (flags.list === true) {
    for (const { id, title } of forms) terminal.out(`${id.padEnd(34)} valid: ${title}`);
    for (const { id, title } of faultsUnder(defaultDialect)) terminal.out(`${id.padEnd(34)} fault: ${title}`);
    return 0;
  }
  const { changes, needs } = changesNamed(name);
  const seed = flags.seed ?? Math.floor(Math.random() * 2 ** 31);
  const given = flags.fixture === undefined ? undefined : readFixtureFile(flags.fixture);
  const keys = needs === 'foreignKeyPem' ? { foreignKeyPem: await foreignKeyPem() } : {};
  if (needs !== undefined && !(needs in keys)) {
    throw new UserError(
      `"${name}" needs ${needs}, which this command is never given; use the provider state instead`,
      2,
    );
  }
  const requests = Array.from({ length: flags.count ?? 1 }, (_, index) => {
    const random = seededRandom(seed, 'payload', index);
    const fixture = given ?? madeUpFixture(random, 'made.up.token');
    return { fixture, request: buildRequest({ fixture, dialect: defaultDialect, random, keys }, changes) };
  });
  const [first] = requests;
  if (flags.format === 'json' && requests.length === 1 && first !== undefined) {
    terminal.out(JSON.stringify(row(first.request), undefined, 2));
  } else if (flags.format === 'json') {
    terminal.out(
      JSON.stringify(
        requests.map(({ request }) => row(request)),
        undefined,
        2,
      ),
    );
  } else {
    for (const { fixture, request } of requests) {
      terminal.out(flags.format === 'ndjson' ? JSON.stringify(row(request)) : curl(request, fixture, flags.url));
    }
  }
  return 0;
}

function row({ authorization, body }: BuiltRequest): object {
  return { headers: authorization === undefined ? {} : { authorization }, body };
}

/** Unmasked: the user made it, from a fixture of the user's own, in order to send it. */
function curl(request: BuiltRequest, fixture: Fixture, url = 'http://127.0.0.1:8080'): string {
  return curlOf(showRequest(request, { operation, fixture, mask: showEverything, showSecrets: true }), url);
}

function changesNamed(name: string | undefined): { changes: readonly Change[]; needs?: string } {
  if (name === undefined) return { changes: [] };
  const fault = faultNamed(name);
  const unless = fault?.unless?.(defaultDialect);
  if (unless !== undefined) throw new UserError(`"${name}" is no fault here: ${unless}`, 2);
  if (fault !== undefined)
    return { changes: fault.changes, ...(fault.needs === undefined ? {} : { needs: fault.needs }) };
  const form = forms.find(({ id }) => id === name);
  if (form !== undefined) return { changes: [form.change] };
  const meant = nearest(
    name,
    [...faultsUnder(defaultDialect), ...forms].map(({ id }) => id),
  );
  const hint = meant === undefined ? '`bindgate payload --list` shows all' : `did you mean "${meant}"?`;
  throw new UserError(`no fault or form is called "${name}"; ${hint}`, 2);
}

function readFixtureFile(file: string): Fixture {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const why = error instanceof SyntaxError ? 'is no JSON' : 'cannot be read';
    throw new UserError(
      `the fixture file "${file}" ${why}; it holds one fixture as the states endpoint answers it`,
      2,
      {
        cause: error,
      },
    );
  }
  const reading = readFixture(operation.readyState, value, operation);
  if ('problem' in reading) throw new UserError(`${file}: ${reading.problem}`, 2);
  return reading.fixture as Fixture;
}
