import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { StartedTestContainer } from 'testcontainers';
import { inert } from '../../inert.ts';
import { createMask } from '../../mask.ts';
import { cutShortBy } from '../../run/time-limit.ts';
import { UserError } from '../../user-error.ts';
import { advice } from './advice.ts';
import { exposedPorts, findEngine, pullImage } from './engine.ts';
import type { Listening } from './listening.ts';
import { listeningIn } from './listening.ts';
import { lastLines } from './logs.ts';
import { createNetwork } from './network.ts';
import type { ServerImage, Sidecar } from './options.ts';
import { containerDefaults, environmentSecrets } from './options.ts';
import type { Part, Run } from './part.ts';
import { findPart } from './part.ts';
import { findMissingAnswer } from './ready.ts';
import { removeRun, runLabel } from './remove.ts';
import type { End } from './start.ts';
import { readEnd, startPart } from './start.ts';

/** A server in a container that is ready; it is removed, with all that stands beside it, when it is disposed of. */
export type StartedServer = AsyncDisposable & { readonly url: string };

/** Hears what takes long and what went wrong afterwards. */
export type Say = (text: string) => void;

/**
 * Starts a server and its sidecars on a network of their own. Whatever happens, nothing of them is left.
 * @throws UserError: exit code 3 for an engine, an image or a container that cannot be used, 2 for what is no image's name.
 */
export async function startServer(image: ServerImage, signal: AbortSignal, say: Say): Promise<StartedServer> {
  try {
    return await start(image, signal, say);
  } catch (error) {
    if (!signal.aborted) throw error;
    const why = cutShortBy(signal) ?? 'interrupted';
    throw new UserError(`${why} while the container was being started`, 3, { cause: error });
  }
}

async function start(image: ServerImage, signal: AbortSignal, say: Say): Promise<StartedServer> {
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
  // Where one part fails, the others are not waited for.
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
    if (listening === undefined) return 'its ports cannot be looked at, since its image has no `cat`';
    const open = listening.some((one) => one.port === port && !one.loopback);
    return open ? undefined : `nothing listens on port ${port}`;
  };
  const advise = async (): Promise<string> =>
    'correct its "port", give "log" in place of it, or raise its "startTimeoutMs"';
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

/** A server may have failed because something beside it did, which only the other's log tells. */
async function addEnds(run: Run, sidecars: readonly Part[], error: unknown): Promise<never> {
  if (!(error instanceof UserError) || run.signal.aborted) throw error;
  const details = [...error.details];
  for (const sidecar of sidecars) {
    const end = await endWithLog(run, sidecar);
    // One that did its work and ended is no reason.
    if (end !== undefined && end.exitCode !== 0) details.push(`${sidecar.what} ${end.how}`, ...end.log);
  }
  throw new UserError(error.message, error.exitCode, { cause: error, details });
}

/** A server that ended during the run left its cases without an answer: its log has the reason. */
async function reportEnd(run: Run, server: Part, url: string, say: Say): Promise<void> {
  if ((await findMissingAnswer(url, 0, undefined)) === undefined) return;
  // The engine hears of an end a little later than a client.
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const end = await endWithLog(run, server);
    if (end !== undefined) return say([`${server.what} ${end.how} during the run`, ...end.log].join('\n  | '));
    await pause(200);
  }
}

/** How the container of a part ended and the last lines of its log; undefined where it runs. */
async function endWithLog(run: Run, part: Part): Promise<(End & { readonly log: readonly string[] }) | undefined> {
  const found = await findPart(run, part).catch(() => undefined);
  const end = found === undefined ? undefined : await readEnd(found).catch(() => undefined);
  return found === undefined || end === undefined
    ? undefined
    : { ...end, log: await lastLines(found.handle, run.mask) };
}

async function remove({ engine, id, begun }: Run, say: Say): Promise<void> {
  const docker = engine.container.dockerode;
  const enough = new AbortController();
  try {
    await removeRun(docker, id);
    // A start that was under way may have made its container since; one that never settles is not waited for.
    const patience = pause(3_000, undefined, { signal: enough.signal }).catch(() => undefined);
    await Promise.race([Promise.allSettled(begun), patience]);
    if (!(await removeRun(docker, id))) throw new Error('something is left');
  } catch {
    say(`not all of this run could be removed; run: docker rm -fv $(docker container ls -aqf label=${runLabel}=${id})`);
  } finally {
    enough.abort();
  }
}
