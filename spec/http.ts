/** HTTP in plain data: what every server, target and case exchanges, whatever carries it. */

/** A header list: names keep their case and may repeat. */
export type Headers = readonly (readonly [name: string, value: string])[];

/** A body sent in pieces, each after a pause; sent with chunked transfer coding. */
export type ChunkedBody = readonly { readonly bytes: Uint8Array; readonly afterMs: number }[];

/** One request as it goes on the wire. `path` starts with `/` and has no host. */
export type ApiRequest = {
  readonly method: string;
  readonly path: string;
  readonly headers: Headers;
  readonly body: Uint8Array | ChunkedBody;
  /** Sent over a connection of its own: a server that does not read it to the end must not misread the next one. */
  readonly ownConnection?: true;
};

/** One whole answer. `truncated` tells that the body was longer than was read. */
export type ApiResponse = {
  readonly httpStatus: number;
  readonly headers: Headers;
  readonly body: Uint8Array;
  readonly truncated: boolean;
  /** From the first byte sent to the last byte read, in milliseconds. */
  readonly durationMs: number;
};

/** A request as a server without a transport sees it: whole. */
export type ServedRequest = Pick<ApiRequest, 'method' | 'path' | 'headers'> & { readonly body: Uint8Array };

/** An answer as a server without a transport makes it. */
export type ServedResponse = Pick<ApiResponse, 'httpStatus' | 'headers' | 'body'>;

/** A server without a transport. */
export type Handle = (request: ServedRequest) => ServedResponse;

/** What comes of a request on the wire: an answer, silence on an open connection, or a connection that is closed. */
export type WireAnswer = ServedResponse | 'hangs' | 'hangs-up';

/**
 * What is between the transport and the server: it hands requests on and may change, delay or withhold answers.
 * Called once for each server, so it may keep memory.
 */
export type Wire = (handle: Handle) => (request: ServedRequest) => WireAnswer | Promise<WireAnswer>;

/** The header list of a raw one, in which names and values alternate (as Node and undici give them). */
export function headerPairs(raw: readonly (string | Uint8Array)[]): Headers {
  const pairs: [string, string][] = [];
  for (let at = 0; at + 1 < raw.length; at += 2) pairs.push([String(raw[at]), String(raw[at + 1])]);
  return pairs;
}

/** The value of a header, whatever the case of its name; of several, the first. */
export function headerValue(headers: Headers, name: string): string | undefined {
  return headers.find(([other]) => other.toLowerCase() === name)?.[1];
}
