import { statSync } from 'node:fs';
import type { GenericContainer, StartedTestContainer, WaitStrategy } from 'testcontainers';
import type { Mask } from '../../mask.ts';
import type { Docker, Engine } from './engine.ts';
import type { ContainerOptions } from './options.ts';
import type { Condition } from './ready.ts';
import { runLabel } from './remove.ts';

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

/** The container of a part in the engine. */
export type Found = { readonly handle: ReturnType<Docker['getContainer']>; readonly state: string };

/** Finds the container of a part; undefined until the engine has created it. */
export async function findPart({ engine, id }: Run, part: Part): Promise<Found | undefined> {
  const filters = { label: [`${runLabel}=${id}`, `${partLabel}=${part.what}`] };
  const [found] = await engine.container.dockerode.listContainers({ all: true, filters });
  return found === undefined ? undefined : { handle: engine.container.getById(found.Id), state: found.State };
}

/** No waiting in testcontainers: `startPart` waits itself. */
const atOnce: WaitStrategy = {
  waitUntilReady: async () => undefined,
  withStartupTimeout: () => atOnce,
  isStartupTimeoutSet: () => true,
  getStartupTimeout: () => 0,
};
