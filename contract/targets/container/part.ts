import { statSync } from 'node:fs';
import type { GenericContainer, StartedTestContainer, WaitStrategy } from 'testcontainers';
import type { Mask } from '../../mask.ts';
import type { Docker, Engine } from './engine.ts';
import type { ContainerOptions } from './options.ts';
import type { Condition } from './ready.ts';
import { runLabel } from './remove.ts';

/** What the containers of one run have in common. */
export type Run = {
  readonly engine: Engine;
  readonly id: string;
  readonly network: string;
  readonly mask: Mask;
  readonly signal: AbortSignal;
  /** Starts that were begun: what they create may appear after the run was given up. */
  readonly begun: Promise<unknown>[];
};

/** One container of a run. */
export type Part = ContainerOptions & {
  /** For messages: `the container of app:1`, `the sidecar db (postgres:17)`. */
  readonly what: string;
  readonly image: string;
  /** A port to publish on this machine. */
  readonly publish?: number;
  /** What must hold, beside its log line, before it counts as started. */
  readonly conditions: (started: StartedTestContainer) => readonly Condition[];
};

const partLabel = 'bindgate.part';

/** A part as testcontainers is told it. */
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
    // The engine's own default may keep no log that could be asked for.
    .withDefaultLogDriver()
    // Ryuk, which removes what a dead process left behind, is one more image to pull: where its registry is not
    // reached, nothing would start. Removal by label does the same, except for a process that is killed.
    .withAutoCleanup(false)
    .withWaitStrategy(atOnce);
  if (publish !== undefined) container.withExposedPorts(publish);
  if (command !== undefined) container.withCommand([...command]);
  return container;
}

/** The container of a part as the engine has it. */
export type Found = { readonly handle: ReturnType<Docker['getContainer']>; readonly state: string };

/** Finds the container of a part, once the engine has made it. */
export async function findPart({ engine, id }: Run, part: Part): Promise<Found | undefined> {
  const filters = { label: [`${runLabel}=${id}`, `${partLabel}=${part.what}`] };
  const [found] = await engine.container.dockerode.listContainers({ all: true, filters });
  return found === undefined ? undefined : { handle: engine.container.getById(found.Id), state: found.State };
}

/** Our own waiting begins where testcontainers' ends. */
const atOnce: WaitStrategy = {
  waitUntilReady: async () => undefined,
  withStartupTimeout: () => atOnce,
  isStartupTimeoutSet: () => true,
  getStartupTimeout: () => 0,
};
