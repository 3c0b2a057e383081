import type { MutantSet } from '../contract/mutants/mutant.ts';
import type { RequestMaker } from '../contract/payload.ts';
import type { RequestCheck } from '../contract/proxy/remark.ts';
import type { ExportOptions } from '../contract/pure-bt/export/export.ts';
import type { ReferenceTargetOptions } from '../contract/pure-bt/targets/reference.ts';
import type { Suite } from '../contract/suite.ts';
import type { Target } from '../contract/targets/target.ts';
import type { VectorSet } from '../contract/vectors.ts';
import type { LoadOperation } from '../load/operation.ts';
import type { Dialect } from '../spec/dialect.ts';
import type { Listening, ListenPlace } from '../spec/listen.ts';
import type { Operation } from '../spec/operation.ts';

/**
 * An operation that bindgate can test. Each part is a module that is imported when needed, so that a command only loads
 * what it uses. Functions that take values of the operation itself are methods.
 */
export type KnownOperation = {
  readonly operation: () => Promise<{ readonly operation: Operation }>;
  /** Its specification: the file, and its name in messages. */
  readonly openApi: () => Promise<{
    readonly openApiName: string;
    readonly openApiPath: string;
    readonly readOpenApi: () => string;
  }>;
  readonly suite: () => Promise<{ readonly suite: Suite }>;
  readonly mutants: () => Promise<{ readonly mutantSet: MutantSet }>;
  readonly reference: () => Promise<{
    startReference(options: {
      readonly port?: number;
      readonly host?: string;
      readonly statesPath?: string;
    }): Promise<AsyncDisposable & { readonly url: string; readonly statesUrl: string }>;
    openReferenceTarget(options?: ReferenceTargetOptions): Promise<Target>;
  }>;
  /** The mock, on its own and as a target. */
  readonly mock: () => Promise<{
    startMock(place?: ListenPlace): Promise<Listening>;
    openPrismTarget(): Promise<Target>;
  }>;
  /** The embedded server as a mock with fixtures that stay the same. */
  readonly strictMock: () => Promise<typeof import('../contract/pure-bt/strict-mock/strict-mock.ts')>;
  readonly payload: () => Promise<{ readonly requestMaker: RequestMaker }>;
  /** Checks requests that a client sends through the proxy. */
  readonly requestCheck: () => Promise<RequestCheck>;
  /** What is wrong with one signed request. */
  readonly explain: () => Promise<object>;
  /** Signed requests in formats of other tools. */
  readonly export: () => Promise<{
    exportRequests(options: ExportOptions): Promise<{ readonly text: string; readonly note?: string }>;
  }>;
  readonly vectors: () => Promise<{ readonly vectorSet: VectorSet }>;
  readonly load: () => Promise<{ loadOperation(dialect: Dialect): LoadOperation }>;
};
