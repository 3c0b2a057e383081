import { statSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';
import type { GenericContainer, StartedTestContainer, WaitStrategy } from 'testcontainers';
import { inert } from '../../inert.ts';
import type { Mask } from '../../mask.ts';
import type { Container, Engine } from './engine.ts';
import { runLabel } from './network.ts';
import type { ContainerOptions } from './options.ts';

/** What the containers of one run share. */
export type Run = {
  readonly engine: Engine;
  readonly id: string;
  readonly network: string;
  readonly mask: Mask;
  readonly signal: AbortSignal;
  /** Starts that were begun. Their containers may appear after the run was aborted. */
  readonly begun: Promise<unknown>[];
};

/** A condition for a successful start of a container. */
export type Condition = {
  /** Checks once: undefined if the condition holds, else what is missing, as a clause. */
  readonly findMissing: () => Promise<string | undefined>;
  /** The next step for the user if the condition did not hold in time. */
  readonly advise: () => Promise<string>;
};

/** One container of a run. */
export type Part = ContainerOptions & {
  /** For messages: `the container of app:1`, `the sidecar db (postgres:17)`. */
  readonly what: string;
  readonly image: string;
  /** A port to publish on this machine. */
  readonly publish?: number;
  /** Conditions for a successful start, in addition to its log line. */
  readonly conditions: (started: StartedTestContainer) => readonly Condition[];
};

const partLabel = 'bindgate.part';

/** Configures a container of testcontainers for a part. */
export async function configure(run: Run, part: Part): Promise<GenericContainer> {
  const testcontainers = await import('testcontainers');
  const { environment = {}, command, files = [], aliases = [], publish } = part;
  const [folders, single] = [true, false].map((folder) =>
    files.filter(({ source }) => statSync(source).isDirectory() === folder),
  );
  const container = new testcontainers.GenericContainer(part.image)
    .withLabels({ [runLabel]: run.id, [partLabel]: part.what })
    .withNetworkMode(run.network)
    .withNetworkAliases(...aliases)
    .withEnvironment(Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, String(value)])))
    .withCopyDirectoriesToContainer([...(folders ?? [])])
    .withCopyFilesToContainer([...(single ?? [])])
    // The engine's default log driver may keep no readable log.
    .withDefaultLogDriver()
    // Ryuk removes the containers of a dead process, but its image must be pulled, and without its registry nothing would
    // start. Removal by label does the same, unless this process is killed.
    .withAutoCleanup(false)
    .withWaitStrategy(atOnce);
  if (publish !== undefined) container.withExposedPorts(publish);
  if (command !== undefined) container.withCommand([...command]);
  return container;
}

/** How a container ended, as text after its name. */
export type End = { readonly how: string; readonly exitCode: number };

/** The container of a part: how it ended, if it did, and the last lines of its log; undefined until the engine has created it. */
export async function findPart(
  { engine, id, mask }: Run,
  part: Part,
): Promise<
  { readonly readEnd: () => Promise<End | undefined>; readonly lastLines: () => Promise<readonly string[]> } | undefined
> {
  const filters = { label: [`${runLabel}=${id}`, `${partLabel}=${part.what}`] };
  const [found] = await engine.container.dockerode.listContainers({ all: true, filters });
  if (found === undefined) return undefined;
  const handle = engine.container.getById(found.Id);
  const hasEnded = found.State === 'exited' || found.State === 'dead';
  return { readEnd: async () => (hasEnded ? readEnd(handle) : undefined), lastLines: () => lastLines(handle, mask) };
}

async function readEnd(handle: Pick<Container, 'inspect'>): Promise<End> {
  const { OOMKilled, ExitCode: exitCode } = (await handle.inspect()).State;
  return { how: OOMKilled ? 'was killed because it ran out of memory' : `ended with exit code ${exitCode}`, exitCode };
}

const shownLines = 20;

/** The last lines of a container's log, inert and masked. The engine still has them after the container has ended. */
async function lastLines(container: Container, mask: Mask): Promise<readonly string[]> {
  const kept = await container.logs({ stdout: true, stderr: true, tail: 2 * shownLines }).catch(() => undefined);
  return kept === undefined ? [] : readableLines(mask(decodeFrames(kept)));
}

/** The last lines of a text, inert and without colours. */
export function readableLines(text: string): readonly string[] {
  return stripVTControlCharacters(text)
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .slice(-shownLines)
    .map((line) => inert(line.replaceAll('\t', '  ').trimEnd(), 300));
}

/** Reads the text of log frames: 1 byte stream, 3 zero bytes, 4 bytes length, then the content (Docker Engine API, attach). */
export function decodeFrames(frames: Buffer): string {
  const pieces: Buffer[] = [];
  for (let at = 0; at + 8 <= frames.length; at += 8 + frames.readUInt32BE(at + 4)) {
    pieces.push(frames.subarray(at + 8, at + 8 + frames.readUInt32BE(at + 4)));
  }
  return Buffer.concat(pieces).toString('utf8');
}

/** No waiting in testcontainers: `startPart` waits itself. */
const atOnce: WaitStrategy = {
  waitUntilReady: async () => undefined,
  withStartupTimeout: () => atOnce,
  isStartupTimeoutSet: () => true,
  getStartupTimeout: () => 0,
};
