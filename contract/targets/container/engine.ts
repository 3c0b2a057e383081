import { addAbortListener } from 'node:events';
import type { ContainerRuntimeClient } from 'testcontainers';
import { inert } from '../../inert.ts';
import { UserError } from '../../user-error.ts';

/** A running container engine that testcontainers found. */
export type Engine = ContainerRuntimeClient;

/** The engine's own interface, for everything that testcontainers does not offer. */
export type Docker = Engine['container']['dockerode'];

/** A container in the engine. */
export type Container = ReturnType<Docker['getContainer']>;

const timeoutMs = 15_000;

/** testcontainers is imported only when it is needed, because that takes a third of a second. */
async function connectByTestcontainers(): Promise<Engine> {
  const { getContainerRuntimeClient } = await import('testcontainers');
  return getContainerRuntimeClient();
}

/** Finds the container engine by DOCKER_HOST, `.testcontainers.properties` or the usual sockets. @throws UserError (exit code 3) */
export async function findEngine(
  signal: AbortSignal,
  connect: () => Promise<Engine> = connectByTestcontainers,
): Promise<Engine> {
  try {
    return await unlessAborted(connect(), AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]));
  } catch (cause) {
    if (signal.aborted) throw cause;
    const { DOCKER_HOST: host } = process.env;
    const problem = host === undefined ? undefined : missingScheme(host);
    if (problem !== undefined) throw new UserError(problem, 3, { cause });
    const where = host === undefined ? '' : ` at DOCKER_HOST=${inert(host)} or at the usual sockets`;
    throw new UserError(`no Docker engine answers${where}; start one, or correct DOCKER_HOST`, 3, { cause });
  }
}

/** The message for a DOCKER_HOST without a scheme; undefined for any other. */
function missingScheme(host: string): string | undefined {
  if (host === '' || /^[a-z][\w+.-]*:\/\//i.test(host)) return undefined;
  const path = host.replace(/^unix:/i, '');
  const isAddress = /^(?:[\w.-]+|\[[\da-f:]+\]):\d+$/i.test(host);
  const address = isAddress ? `tcp://${host}` : 'unix:// and a path, or tcp:// and a host with a port';
  return `DOCKER_HOST "${inert(host)}" has no scheme: write ${path.startsWith('/') ? `unix://${inert(path)}` : address}`;
}

/** Pulls an image that is not on this machine. @throws UserError: exit code 2 for an invalid name, 3 if it cannot be pulled. */
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
    // A registry may refuse in the body of a 200 answer, which testcontainers does not read.
    await engine.image.inspect(image);
  } catch (cause) {
    if (signal.aborted) throw cause;
    throw imageFailure(name, engineMessage(cause), cause);
  }
}

/** The TCP ports that an image exposes. */
export async function exposedPorts(engine: Engine, name: string): Promise<readonly number[]> {
  const { ImageName } = await import('testcontainers');
  const { Config } = await engine.image.inspect(ImageName.fromString(name));
  return Object.keys(Config.ExposedPorts ?? {}).flatMap((port) =>
    port.endsWith('/tcp') ? [Number.parseInt(port, 10)] : [],
  );
}

/** The engine's message, without the prefix of dockerode. */
export function engineMessage(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.replace(/^\(HTTP code \d+\) [\w ]+ - /, '').trim();
}

function imageFailure(name: string, message: string, cause: unknown): UserError {
  const [image, why] = [`"${inert(name)}"`, inert(message)];
  if (/invalid reference format|must be lowercase/i.test(message)) {
    return new UserError(`${image} is not a valid image name (${why}); correct --image`, 2, { cause });
  }
  const isOffline = /no such host|dial tcp|timeout|connection refused|network is unreachable|EOF|TLS/i.test(message);
  const next = isOffline
    ? `is not reachable (${why}); build it, \`docker load\` it, or fix the network`
    : `refuses it (${why}); correct the name, build it, or \`docker login\``;
  return new UserError(`the image ${image} is not on this machine, and its registry ${next}`, 3, { cause });
}

/** Waits for a promise, unless a signal is aborted first. The work itself continues. */
export async function unlessAborted<Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value> {
  const aborted = Promise.withResolvers<never>();
  using _ = addAbortListener(signal, () => aborted.reject(signal.reason));
  return await Promise.race([work, aborted.promise]);
}
