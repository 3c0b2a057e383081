/** HTTP messages as plain data, for every server, target and case. */

/** A list of headers: names keep their case and may repeat. */
export type Headers = readonly (readonly [name: string, value: string])[];

/** A body sent in pieces with chunked transfer coding, with a pause before each piece. */
export type ChunkedBody = readonly { readonly bytes: Uint8Array; readonly afterMs: number }[];

/** One HTTP request. `path` starts with `/` and has no host. */
export type ApiRequest = {
  readonly method: string;
  readonly path: string;
  readonly headers: Headers;
  readonly body: Uint8Array | ChunkedBody;
  /** Sent on a separate connection, so that a server that does not read all of it cannot misread the next request. */
  readonly ownConnection?: true;
};

/** One complete response. `truncated` means that the body was longer than the part that was read. */
export type ApiResponse = {
  readonly httpStatus: number;
  readonly headers: Headers;
  readonly body: Uint8Array;
  readonly truncated: boolean;
  /** From the first byte sent to the last byte read, in milliseconds. */
  readonly durationMs: number;
};

/** A complete request, for a server without a transport. */
export type ServedRequest = Pick<ApiRequest, 'method' | 'path' | 'headers'> & { readonly body: Uint8Array };

/** A response of a server without a transport. */
export type ServedResponse = Pick<ApiResponse, 'httpStatus' | 'headers' | 'body'>;

/** A server without a transport. */
export type Handle = (request: ServedRequest) => ServedResponse;

/** The result of a request: a response, no response on an open connection, or a closed connection. */
export type WireAnswer = ServedResponse | 'hangs' | 'hangs-up';

/**
 * A layer between the transport and the server: it forwards requests and may change, delay or drop responses.
 * Called once for each server, so it may keep state.
 */
export type Wire = (handle: Handle) => (request: ServedRequest) => WireAnswer | Promise<WireAnswer>;

/** A server without a transport, with its provider states: it takes plain requests and returns plain answers. */
export type Served = {
  readonly handle: Handle;
  readonly states: {
    /** The fixture of a state; undefined for a state that is not supported. */
    setup(state: string, id: string): Readonly<Record<string, string | undefined>> | undefined;
    readonly teardown: (id: string) => void;
  };
  /** The public key of its tokens (PEM). */
  readonly publicKeyPem: string;
};

/** Converts a raw header list, in which names and values alternate (as in node:http). */
export function headerPairs(raw: readonly (string | Uint8Array)[]): Headers {
  const pairs: [string, string][] = [];
  for (let at = 0; at + 1 < raw.length; at += 2) pairs.push([String(raw[at]), String(raw[at + 1])]);
  return pairs;
}

/** The URL of a server that listens. An IPv6 address is in brackets (RFC 3986, section 3.2.2). */
export function listeningUrl(host: string, port: number): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** The token of a request without `Bearer`, which a client may have repeated or left out; undefined without the header. */
export function sentToken(headers: Headers): string | undefined {
  return headerValue(headers, 'authorization')?.replace(/^(?:bearer\s+)+/i, '');
}

/** The first value of a header; the case of its name does not matter. @param name in lower case. */
export function headerValue(headers: Headers, name: string): string | undefined {
  return headers.find(([other]) => other.toLowerCase() === name)?.[1];
}
