// Generated from the JSON Schema beside it by openapi-typescript. Do not edit: change that, then run `npm run generate`.

import type { Policy } from '../../contract/judge/policy.ts';
import type { ServerImage } from '../../contract/targets/container/options.ts';

export interface components {
    schemas: {
        /** bindgate configuration */
        readonly Config: {
            readonly $schema?: string;
            /** @description Base URL of the server under test; the operation's path is appended. */
            readonly url?: string;
            /** @description A server in a container, started for the run: the name of its image, or that and how it is started. */
            readonly image?: string | ServerImage;
            /** @description The provider states endpoint: its URL, or its URL and headers of its own; with an image, a path of it will do. */
            readonly states?: string | {
                readonly url: string;
                readonly headers?: components["schemas"]["headers"];
            };
            /** @description Fixtures by state name, a list of devices each, for a server without a states endpoint. */
            readonly fixtures?: {
                readonly [key: string]: readonly object[];
            };
            /** @description Headers sent with every request to the target. */
            readonly headers?: components["schemas"]["headers"];
            /** @description Keys of the platform (PEM), for token faults that cannot be made without one. */
            readonly tokenKeys?: {
                readonly publicKeyPem?: string;
            };
            /** @description File of a certificate authority (PEM) to trust. */
            readonly ca?: string;
            /** @description File of a client certificate (PEM), for a server that asks for one. */
            readonly cert?: string;
            /** @description File of the client certificate's private key (PEM, without a passphrase). */
            readonly key?: string;
            /** @description Accept any certificate. */
            readonly insecure?: boolean;
            /** @description For one whole request. */
            readonly timeoutMs?: number;
            /** @description Cases under way at once. */
            readonly concurrency?: number;
            readonly seed?: number;
            /** @description Arbitrary requests each property is tried with. */
            readonly runs?: number;
            /** @description The contract run ends after this time with what was measured: a duration such as 90s, 10m or 1m30s, from 1s to 24h; 10m where nothing is said. */
            readonly timeLimit?: string | number;
            /** @description What a load must keep, and what it sends. */
            readonly load?: {
                /** @description Such as "p99 < 50 ms at 500/s", "p95 of encrypted < 0.2 s", "refused correctly 100 %". */
                readonly objectives?: readonly string[];
                /** @description Weights of workloads by name: plain, encrypted, old-secret, wrong-signature, undecryptable-secret, expired-token, bad-dk. */
                readonly mix?: {
                    readonly [key: string]: number;
                };
            };
            /** @description What the gate asks for beyond the contract, and what it tolerates until a date. */
            readonly policy?: Policy;
            /** @description A warning is a failure. */
            readonly strict?: boolean;
            /** @description Folder for result files. */
            readonly out?: string;
            /** @description The vendor's page of the operation, in Markdown: the gate compares it with the contract. */
            readonly document?: string;
            /** @description Readings of what the document leaves open. */
            readonly dialect?: {
                readonly [key: string]: string | number;
            };
            /** @description Hosts beside loopback that load and robustness may be run against. */
            readonly allowHosts?: readonly string[];
            /** @description An http or https proxy to the target and its states. */
            readonly proxy?: string;
        };
        readonly headers: {
            readonly [key: string]: string;
        };
        readonly port: number;
        readonly hostname: string;
        /** @description Further names on the network of the run. */
        readonly aliases: readonly components["schemas"]["hostname"][];
        /** @description Ready only once a line of its log contains this text. */
        readonly log: string;
        /** @description From when it runs until it is ready; 60000 where nothing is said. */
        readonly startTimeoutMs: number;
        /** @description Texts are masked in what is shown of its log; numbers and booleans are not. */
        readonly environment: {
            readonly [key: string]: string | number | boolean;
        };
        /** @description In place of the image's own command. */
        readonly command: readonly string[];
        /** @description Files and folders that are copied in before the start. */
        readonly files: readonly {
            /** @description On this machine, from the folder bindgate runs in. */
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
