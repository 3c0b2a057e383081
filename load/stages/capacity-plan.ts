import type { LoadPlan } from '../run/plan.ts';

/** A time in which one workload is sent, as fast as its answers come. */
export type Slot = {
  readonly url: string;
  /** Index of the workload; rows of its own are the slot's. */
  readonly workload: number;
  readonly startSeconds: number;
};

/** What the capacity script is told. */
export type CapacityPlan = LoadPlan & {
  readonly slots: readonly Slot[];
  readonly rowsOfSlot: number;
  readonly slotMs: number;
  /** Requests under way at once. */
  readonly concurrency: number;
};
