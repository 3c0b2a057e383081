/** What a container is told, whichever part it plays. */
export type ContainerOptions = {
  /** Texts are masked in everything shown; numbers and booleans, such as a port or a switch, are not. */
  readonly environment?: Readonly<Record<string, string | number | boolean>>;
  /** In place of the image's own command. */
  readonly command?: readonly string[];
  /** Copied in before the start: `source` on this machine, `target` an absolute path in the container. */
  readonly files?: readonly { readonly source: string; readonly target: string }[];
  /** Further names on the network of the run. */
  readonly aliases?: readonly string[];
  /** Ready only once a line of its log contains this text. */
  readonly log?: string;
  /** From when it runs until it is ready. */
  readonly startTimeoutMs?: number;
};

/** A server under test in a container, and what stands beside it. */
export type ServerImage = ContainerOptions & {
  /** Name of the image. */
  readonly name: string;
  /** The port it listens on inside the container. */
  readonly port?: number;
  /** A path that answers 2xx once the server is ready; without one, any answer to `GET /` will do. */
  readonly health?: string;
  readonly sidecars?: readonly Sidecar[];
};

/** A container beside the server, such as a database; the server meets it by its name. */
export type Sidecar = ContainerOptions & {
  /** Its name on the network of the run. */
  readonly name: string;
  readonly image: string;
  /** A port it must listen on before the server is started. */
  readonly port?: number;
};

/** What holds where nothing is said. */
export const containerDefaults = { port: 8080, startTimeoutMs: 60_000 } as const;

/** Every text of an environment by its variable: what a log must not give away. */
export function environmentSecrets({
  environment = {},
  sidecars = [],
}: ServerImage): readonly (readonly [string, string])[] {
  const all = [environment, ...sidecars.map((sidecar) => sidecar.environment ?? {})].flatMap(Object.entries<unknown>);
  return all.flatMap(([name, value]) =>
    // A PEM is written line by line as often as whole.
    typeof value === 'string' ? [value, ...value.split('\n')].map((text) => [name, text.trim()] as const) : [],
  );
}
