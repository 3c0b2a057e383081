import type { ContainerRuntimeClient } from 'testcontainers';
import { inert } from '../../inert.ts';
import { UserError } from '../../user-error.ts';
import { unlessAborted } from './unless-aborted.ts';

/** A container engine that answers, as testcontainers found it. */
export type Engine = ContainerRuntimeClient;

/** The engine's own interface, for what testcontainers does not do. */
export type Docker = Engine['container']['dockerode'];

const patienceMs = 15_000;

/** Imported when a container is wanted: that alone takes a third of a second. */
async function connectByTestcontainers(): Promise<Engine> {
  const { getContainerRuntimeClient } = await import('testcontainers');
  return getContainerRuntimeClient();
}

/**
 * The machine's engine: by DOCKER_HOST, `.testcontainers.properties` or the usual sockets.
 * @throws UserError (exit code 3) where none answers.
 */
export async function findEngine(
  signal: AbortSignal,
  connect: () => Promise<Engine> = connectByTestcontainers,
): Promise<Engine> {
  try {
    return await unlessAborted(connect(), AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]));
  } catch (cause) {
    if (signal.aborted) throw cause;
    const host = process.env['DOCKER_HOST'];
    const where = host === undefined ? '' : `, neither at DOCKER_HOST=${inert(host)} nor elsewhere`;
    throw new UserError(`no Docker engine answers${where}; start one, or correct DOCKER_HOST`, 3, { cause });
  }
}

/**
 * Brings an image that is not on this machine.
 * @throws UserError: exit code 2 for what is no image's name, 3 where it cannot be had.
 */
export async function pullImage(
  engine: Pick<Engine, 'image'>,
  name: string,
  signal: AbortSignal,
  say: (text: string) => void,
): Promise<void> {
  const { ImageName } = await import('testcontainers');
  const image = ImageName.fromString(name);
  try {
    if (await unlessAborted(engine.image.exists(image), signal)) return;
    say(`pulling the image ${inert(name)}…`);
    await unlessAborted(engine.image.pull(image), signal);
    // A registry's refusal may come as a line of a stream that answered 200, which testcontainers does not read.
    await engine.image.inspect(image);
  } catch (cause) {
    if (signal.aborted) throw cause;
    throw imageFailure(name, engineMessage(cause), cause);
  }
}

/** The TCP ports that an image says it listens on. */
export async function exposedPorts(engine: Engine, name: string): Promise<readonly number[]> {
  const { ImageName } = await import('testcontainers');
  const { Config } = await engine.image.inspect(ImageName.fromString(name));
  return Object.keys(Config.ExposedPorts ?? {}).flatMap((port) =>
    port.endsWith('/tcp') ? [Number.parseInt(port, 10)] : [],
  );
}

/** What the engine said, without the words that dockerode puts around it. */
export function engineMessage(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.replace(/^\(HTTP code \d+\) [\w ]+ - /, '').trim();
}

function imageFailure(name: string, said: string, cause: unknown): UserError {
  const image = `the image "${inert(name)}"`;
  if (/invalid reference format|must be lowercase/i.test(said)) {
    return new UserError(`"${inert(name)}" is no name of an image (${inert(said)}); correct --image`, 2, { cause });
  }
  if (/no such host|dial tcp|timeout|connection refused|network is unreachable|EOF|TLS/i.test(said)) {
    return new UserError(
      `${image} is not on this machine, and its registry cannot be reached (${inert(said)}); build or \`docker load\` it, or mend the network`,
      3,
      { cause },
    );
  }
  return new UserError(
    `${image} is not on this machine, and its registry does not give it (${inert(said)}); correct the name, build it, or \`docker login\``,
    3,
    { cause },
  );
}
