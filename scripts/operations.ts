import { suite } from '../contract/pure-bt/suite.ts';
import type { Suite } from '../contract/suite.ts';
import type { Operation } from '../spec/operation.ts';
import { loadOpenApi } from '../spec/pure-bt/contract-file.ts';

/** An operation that bindgate can test, with everything that belongs to it. */
export type KnownOperation = {
  readonly operation: Operation;
  readonly suite: Suite;
  /** The names of the fields of its requests. */
  readonly fields: readonly string[];
};

/** Every operation there is; the first is the default. */
export const operations: readonly [KnownOperation, ...KnownOperation[]] = [
  {
    operation: suite.operation,
    suite,
    fields: Object.entries(loadOpenApi().components.schemas)
      .filter(([name]) => name.endsWith('Request'))
      .flatMap(([, { properties = {} }]) => Object.keys(properties)),
  },
];
