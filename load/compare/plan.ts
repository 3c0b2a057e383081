import type { LoadPlan } from '../run/plan.ts';

/** One server of a comparison: where it is, and what its requests are made of. */
export type Side = Pick<LoadPlan, 'url' | 'headers' | 'product'>;

/**
 * What `k6/windows.ts` is told. One scenario runs from beginning to end at one rate; which window an iteration belongs to,
 * and so which side it meets, follows from its number. Types alone, so k6 can import it.
 */
export type WindowsPlan = Pick<
  LoadPlan,
  'timeout' | 'insecure' | 'tlsAuth' | 'signedBindingCode' | 'identity' | 'scenario'
> & {
  readonly sides: readonly Side[];
  /** The side of each window, by its index in `sides`. */
  readonly order: readonly number[];
  readonly requestsPerWindow: number;
  /** Requests at the beginning of each window that are sent and not measured. */
  readonly settling: number;
  readonly summaryFile: string;
};
