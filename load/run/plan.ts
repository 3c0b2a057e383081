/** What a k6 run is told: everything the script needs, in one file of mode 0600. Plain, so that k6 can import it. */
export type LoadPlan = {
  /** The run: what makes its devices unlike those of any other. */
  readonly id: string;
  /** k6's scenarios by name; requests are numbered on from one to the next, `schedule.each` apart. */
  readonly scenarios: Readonly<Record<string, object>>;
  readonly workloads: readonly PlannedWorkload[];
  /** Which workload each request is of: `each` requests of one, then as many of the next, round and round. */
  readonly schedule: { readonly workloads: readonly number[]; readonly each: number };
  /** Requests signed before the run: one body a line, by the request's number. Without it, requests are signed in the VU. */
  readonly rowsFile: string | null;
  readonly timeout: string;
  readonly insecure: boolean;
  /** Client certificates and their keys (PEM), for servers that ask for one. */
  readonly tlsAuth: readonly { readonly cert: string; readonly key: string }[];
  readonly windows: Windows;
  /** Codes that each have a counter. */
  readonly codes: readonly number[];
  /** Codes, and requests without an answer, are counted for each workload. */
  readonly codesApart: boolean;
  /** Leaves k6 the tags that it gives to each of its own metrics: what outputs are read by, and work for every request. */
  readonly k6Tags: boolean;
  /** Counts each outcome once more with its tags, for an output of k6's own. */
  readonly tagged: boolean;
  /** Where the share goes; null sends it to standard output, behind a marker. */
  readonly shareFile: string | null;
  /** What the share says about the run it is a part of; it is not looked into. */
  readonly header: unknown;
};

/** Parts of a run whose latencies are kept apart. */
export type Windows = {
  readonly count: number;
  /** Length of each; a request of a later one counts for the last. Null: a window is one stretch of the schedule. */
  readonly milliseconds: number | null;
  /** Each window has a distribution for each workload. */
  readonly byWorkload: boolean;
  /**
   * One request in so many counts for its window, and for its workload's latencies: each metric that a request is added to
   * costs k6 a few microseconds. 0: none does.
   */
  readonly oneIn: number;
  /** Requests at the beginning of each stretch that are sent and counted, and not measured. */
  readonly settling: number;
  /** Whether it is kept when each answer came, in milliseconds since its scenario began. */
  readonly ends: boolean;
};

/** One kind of request, and where it goes. */
export type PlannedWorkload = {
  readonly name: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** What a request is made from, and how: both are the operation's own. */
  readonly material: object;
  readonly recipe: Readonly<Record<string, string>>;
  /** The code that a request sent before the run was answered with: what k6 keeps latencies of. */
  readonly usual: string;
  /** How every other code that k6 knows stands; one that is missing is wrong. */
  readonly standings: Readonly<Record<string, 'right' | 'open'>>;
};

/** The workload of a request, by its index. */
export function workloadAt({ workloads, each }: LoadPlan['schedule'], number: number): number {
  return workloads[Math.floor(number / each) % workloads.length] ?? 0;
}

/** Where the latencies of a window stand, and of a workload in it where they are kept apart. */
export function windowIndex(window: number, workload: number, workloads: number, byWorkload: boolean): number {
  return byWorkload ? window * workloads + workload : window;
}

/** What stands before a share on standard output, where files do not outlive the process. */
export const shareMarker = 'bindgate-share ';
