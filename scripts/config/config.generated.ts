// Generated from the JSON Schema next to it by openapi-typescript. Do not edit: change that, then run `npm run generate`.

import type { Policy } from '../../contract/judge/policy.ts';
import type { ServerImage } from '../../contract/targets/container/options.ts';

export interface components {
    schemas: {
        /** bindgate configuration */
        readonly Config: {
            readonly $schema?: string;
            /** @description Base URL of the server under test; the operation's path is appended. */
            readonly url?: string;
            /** @description The operations that `verify` and `gate` test on one server, in one report: ids, or folders of `bindgate operation new`. */
            readonly operations?: readonly string[];
            /** @description A server in a container that is started for the run: the name of its image, or an object with the name and start options. */
            readonly image?: string | ServerImage;
            /** @description The provider states endpoint: its URL, or an object with its URL and headers. With an image, a path is enough. */
            readonly states?: string | {
                readonly url: string;
                readonly headers?: components["schemas"]["headers"];
            };
            /** @description Fixtures for a server without a states endpoint: for each state name, a list of devices. */
            readonly fixtures?: {
                readonly [key: string]: readonly object[];
            };
            /** @description Headers sent with every request to the target. */
            readonly headers?: components["schemas"]["headers"];
            /** @description Public key of the token issuer (PEM text; "${NAME}" inserts an environment variable). Some token faults need it; without it, their cases are skipped. */
            readonly tokenKeys?: {
                /** @description The public key as PEM text. */
                readonly publicKeyPem?: string;
                /** @description File with the public key (PEM), instead of its text. */
                readonly publicKeyFile?: string;
            };
            /** @description File of a certificate authority (PEM) to trust. */
            readonly ca?: string;
            /** @description File of a client certificate (PEM), for a server that asks for one. */
            readonly cert?: string;
            /** @description File of the client certificate's private key (PEM, without a passphrase). */
            readonly key?: string;
            /** @description Accept any certificate. */
            readonly insecure?: boolean;
            /** @description Timeout in milliseconds for one complete request. */
            readonly timeoutMs?: number;
            /** @description Number of cases that run at the same time. */
            readonly concurrency?: number;
            readonly seed?: number;
            /** @description Number of random requests for each property. */
            readonly runs?: number;
            /** @description The contract run ends after this time with partial results: a duration such as 90s, 10m or 1m30s, from 1s to 24h; default 10m. */
            readonly timeLimit?: string | number;
            /** @description The smallest difference of two response times that matters, from 0.01ms to 1s; default 0.5ms on loopback, else 5ms. */
            readonly timingEffect?: string;
            /** @description The objectives of a load, and the requests that it sends. */
            readonly load?: {
                /** @description Objectives such as "p99 < 50 ms at 500/s", "p95 of encrypted < 0.2 s", "refused correctly 100 %". */
                readonly objectives?: readonly string[];
                /** @description Weights of workloads by name: plain, encrypted, old-secret, wrong-signature, undecryptable-secret, expired-token, bad-dk. */
                readonly mix?: {
                    readonly [key: string]: number;
                };
            };
            /** @description Further requirements of the gate, and failures that it tolerates until a date. */
            readonly policy?: Policy;
            /** @description Treat warnings as failures. */
            readonly strict?: boolean;
            /** @description Folder for result files. */
            readonly out?: string;
            /** @description The vendor's page of the operation, in Markdown: the gate compares it with the contract. */
            readonly document?: string;
            /** @description How this server reads the open points of the document (dialect settings). */
            readonly dialect?: {
                readonly [key: string]: string | number;
            };
            /** @description Hosts other than loopback that load and robustness tests may use. */
            readonly allowHosts?: readonly string[];
            /** @description An http or https proxy for requests to the target and its states. */
            readonly proxy?: string;
        };
        readonly headers: {
            readonly [key: string]: string;
        };
        readonly port: number;
        readonly hostname: string;
        /** @description Further names on the network of the run. */
        readonly aliases: readonly components["schemas"]["hostname"][];
        /** @description The container is ready when a line of its log contains this text. */
        readonly log: string;
        /** @description Longest time in milliseconds from the start until it is ready; default 60000. */
        readonly startTimeoutMs: number;
        /** @description Environment variables. Texts are masked where the log is shown; numbers and booleans are not. */
        readonly environment: {
            readonly [key: string]: string | number | boolean;
        };
        /** @description Replaces the image's own command. */
        readonly command: readonly string[];
        /** @description Files and folders to copy into the container before the start. */
        readonly files: readonly {
            /** @description Path on this machine, relative to the folder in which bindgate runs. */
            readonly source: string;
            /** @description An absolute path in the container. */
            readonly target: string;
        }[];
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type Config = components['schemas']['Config'];
export type Headers = components['schemas']['headers'];
export type Port = components['schemas']['port'];
export type Hostname = components['schemas']['hostname'];
export type Aliases = components['schemas']['aliases'];
export type Log = components['schemas']['log'];
export type StartTimeoutMs = components['schemas']['startTimeoutMs'];
export type Environment = components['schemas']['environment'];
export type Command = components['schemas']['command'];
export type Files = components['schemas']['files'];
