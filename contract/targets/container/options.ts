/** Options of a container, for servers and sidecars. */
export type ContainerOptions = {
  /** Texts are masked in all output. Numbers and booleans, such as a port or a switch, are not. */
  readonly environment?: Readonly<Record<string, string | number | boolean>>;
  /** Replaces the image's own command. */
  readonly command?: readonly string[];
  /** Copied into the container before the start: `source` is on this machine, `target` is an absolute path in the container. */
  readonly files?: readonly { readonly source: string; readonly target: string }[];
  /** Additional names in the network of the run. */
  readonly aliases?: readonly string[];
  /** It is ready only after a line of its log contains this text. */
  readonly log?: string;
  /** The time limit from running to ready. */
  readonly startTimeoutMs?: number;
};

/** A server under test in a container, with its sidecars. */
export type ServerImage = ContainerOptions & {
  /** Name of the image. */
  readonly name: string;
  /** The port it listens on inside the container. */
  readonly port?: number;
  /** A path that answers 2xx when the server is ready. Without one, any answer to `GET /` is enough. */
  readonly health?: string;
  readonly sidecars?: readonly Sidecar[];
};

/** An additional container, such as a database. The server reaches it by its name. */
export type Sidecar = ContainerOptions & {
  /** Its name in the network of the run. */
  readonly name: string;
  readonly image: string;
  /** A port that it must listen on before the server starts. */
  readonly port?: number;
};

/** The default options. */
export const containerDefaults = { port: 8080, startTimeoutMs: 60_000 } as const;

/** Every text of the environments with its variable. Logs must not show them. */
export function environmentSecrets({
  environment = {},
  sidecars = [],
}: ServerImage): readonly (readonly [string, string])[] {
  const all = [environment, ...sidecars.map((sidecar) => sidecar.environment ?? {})].flatMap(Object.entries<unknown>);
  return all.flatMap(([name, value]) =>
    // A log may show a PEM whole or line by line.
    typeof value === 'string' ? [value, ...value.split('\n')].map((text) => [name, text.trim()] as const) : [],
  );
}
