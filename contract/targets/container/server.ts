import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { StartedTestContainer } from 'testcontainers';
import { inert } from '../../inert.ts';
import { createMask } from '../../mask.ts';
import { cutShortBy } from '../../run/time-limit.ts';
import { UserError } from '../../user-error.ts';
import { exposedPorts, findEngine, pullImage } from './engine.ts';
import { advice, type Listening, listeningIn } from './listening.ts';
import { createNetwork, removeRun, runLabel } from './network.ts';
import { containerDefaults, environmentSecrets, type ServerImage, type Sidecar } from './options.ts';
import { type End, findPart, type Part, type Run } from './part.ts';
import { startPart } from './start.ts';

type Say = (text: string) => void;

/**
 * Starts a server and its sidecars in their own network. If that fails, everything is removed; if not, with the server.
 * @param say is called with slow steps and with problems after the start.
 * @throws UserError: exit code 3 if the engine, an image or a container cannot be used, 2 for an invalid image name.
 */
export async function startServer(
  image: ServerImage,
  signal: AbortSignal,
  say: Say,
): Promise<AsyncDisposable & { readonly url: string }> {
  try {
    return await start(image, signal, say);
  } catch (error) {
    if (!signal.aborted) throw error;
    const why = cutShortBy(signal) ?? 'interrupted';
    throw new UserError(`${why} while the container was starting`, 3, { cause: error });
  }
}

async function start(image: ServerImage, signal: AbortSignal, say: Say): ReturnType<typeof startServer> {
  const engine = await findEngine(signal);
  const images = [...(image.sidecars ?? []).map((sidecar) => sidecar.image), image.name];
  for (const name of new Set(images)) await pullImage(engine, name, signal, say);

  await using owned = new AsyncDisposableStack();
  const id = randomUUID().slice(0, 8);
  const network = `bindgate-${id}`;
  const mask = createMask(environmentSecrets(image));
  const over = new AbortController();
  const run: Run = { engine, id, network, mask, signal: AbortSignal.any([signal, over.signal]), begun: [] };
  owned.defer(() => remove(run, say));
  // If one part fails, the others are aborted.
  owned.defer(() => over.abort());
  const host = await createNetwork(engine, network, id);

  const sidecars = (image.sidecars ?? []).map((sidecar) => sidecarPart(run, sidecar));
  await Promise.all(sidecars.map((sidecar) => startPart(run, sidecar)));
  const server = serverPart(run, image, host);
  const started = await startPart(run, server).catch((error: unknown) => addEnds(run, sidecars, error));
  const url = serverUrl(host, started, image);
  owned.defer(() => reportEnd(run, server, url, say));
  const kept = owned.move();
  return { url, [Symbol.asyncDispose]: () => kept.disposeAsync() };
}

function serverPart(run: Run, image: ServerImage, host: string): Part {
  const { name, port = containerDefaults.port, health } = image;
  const advise = async (started: StartedTestContainer): Promise<string> => {
    const listening = await inspectListening(run, started);
    return advice({ port, health, listening, exposed: await exposedPorts(run.engine, name).catch(() => []) });
  };
  return {
    ...image,
    what: `the container of ${inert(name)}`,
    image: name,
    publish: port,
    conditions: (started) => [
      {
        findMissing: () => findMissingAnswer(serverUrl(host, started, image), port, health),
        advise: () => advise(started),
      },
    ],
  };
}

function sidecarPart(run: Run, sidecar: Sidecar): Part {
  const { name, image, port, aliases = [] } = sidecar;
  const findMissingPort = async (started: StartedTestContainer): Promise<string | undefined> => {
    const listening = await inspectListening(run, started);
    if (listening === undefined) return 'its ports cannot be checked, because its image has no `cat`';
    const open = listening.some((one) => one.port === port && !one.loopback);
    return open ? undefined : `nothing listens on port ${port}`;
  };
  const advise = async (): Promise<string> => 'correct its "port", use "log" instead, or raise its "startTimeoutMs"';
  return {
    ...sidecar,
    what: `the sidecar ${inert(name)} (${inert(image)})`,
    aliases: [name, ...aliases],
    conditions: (started) => (port === undefined ? [] : [{ findMissing: () => findMissingPort(started), advise }]),
  };
}

function inspectListening({ engine }: Run, started: StartedTestContainer): Promise<readonly Listening[] | undefined> {
  return listeningIn(engine, engine.container.getById(started.getId()));
}

function serverUrl(
  host: string,
  started: StartedTestContainer,
  { port = containerDefaults.port }: ServerImage,
): string {
  return `http://${host}:${started.getMappedPort(port)}`;
}

/** Adds the logs of failed sidecars to an error: the server may have failed because of them. */
async function addEnds(run: Run, sidecars: readonly Part[], error: unknown): Promise<never> {
  if (!(error instanceof UserError) || run.signal.aborted) throw error;
  const details = [...error.details];
  for (const sidecar of sidecars) {
    const end = await endWithLog(run, sidecar);
    // A sidecar that ended without an error is not the reason.
    if (end !== undefined && end.exitCode !== 0) details.push(`${sidecar.what} ${end.how}`, ...end.log);
  }
  throw new UserError(error.message, error.exitCode, { cause: error, details });
}

const answerMs = 2_000;

/** Checks for an HTTP answer: 2xx of a health path, or any answer without one. `port` is the port in the container, for messages. */
async function findMissingAnswer(url: string, port: number, health: string | undefined): Promise<string | undefined> {
  const what = `GET ${inert(health ?? '/')} on port ${port}`;
  const ends = AbortSignal.timeout(answerMs);
  const response = await fetch(new URL(health ?? '/', url), { redirect: 'manual', signal: ends }).catch(
    () => undefined,
  );
  await response?.body?.cancel();
  if (response === undefined) return `${what} got no answer`;
  return health === undefined || response.ok ? undefined : `${what} answered HTTP ${response.status}`;
}

/** If the server ended during the run, cases got no answer. Its log has the reason. */
async function reportEnd(run: Run, server: Part, url: string, say: Say): Promise<void> {
  if ((await findMissingAnswer(url, 0, undefined)) === undefined) return;
  // The engine reports the end a little later than a client sees it.
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const end = await endWithLog(run, server);
    if (end !== undefined) return say([`${server.what} ${end.how} during the run`, ...end.log].join('\n  | '));
    await pause(200);
  }
}

async function endWithLog(run: Run, part: Part): Promise<(End & { readonly log: readonly string[] }) | undefined> {
  const found = await findPart(run, part).catch(() => undefined);
  const end = await found?.readEnd().catch(() => undefined);
  return found === undefined || end === undefined ? undefined : { ...end, log: await found.lastLines() };
}

async function remove({ engine, id, begun }: Run, say: Say): Promise<void> {
  const docker = engine.container.dockerode;
  const enough = new AbortController();
  try {
    await removeRun(docker, id);
    // A pending start may create its container later. It gets a limited time, because it may never settle.
    const limit = pause(3_000, undefined, { signal: enough.signal }).catch(() => undefined);
    await Promise.race([Promise.allSettled(begun), limit]);
    if (!(await removeRun(docker, id))) throw new Error('something is left');
  } catch {
    say(
      `some containers of this run could not be removed; run: docker rm -fv $(docker container ls -aqf label=${runLabel}=${id})`,
    );
  } finally {
    enough.abort();
  }
}
