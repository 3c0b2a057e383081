import type { HttpClientOptions } from '../http-client.ts';
import type { StateSource } from '../state-source.ts';
import type { Target } from '../target.ts';
import { openUrlTarget } from '../url.ts';
import type { ServerImage } from './options.ts';
import type { Say } from './server.ts';
import { startServer } from './server.ts';

/** How to start and reach a server in a container. */
export type ContainerTargetOptions = {
  readonly image: ServerImage;
  readonly client: Omit<HttpClientOptions, 'baseUrl'>;
  /** Opens its provider states for its base URL. */
  readonly states: (url: string) => StateSource;
  readonly keys: Target['keys'];
  readonly signal: AbortSignal;
  readonly say: Say;
};

/** Starts a server in its own container, which is removed with the target. */
export async function openContainerTarget(options: ContainerTargetOptions): Promise<Target> {
  await using owned = new AsyncDisposableStack();
  const { url } = owned.use(await startServer(options.image, options.signal, options.say));
  const target = owned.use(openUrlTarget({ ...options.client, baseUrl: url }, options.states(url), options.keys));
  const kept = owned.move();
  return { ...target, kind: 'container', [Symbol.asyncDispose]: () => kept.disposeAsync() };
}
