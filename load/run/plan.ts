/** The input of a k6 run: everything the script needs, in one file of mode 0600. Plain, so that k6 can import it. */
export type LoadPlan = {
  /** Id of the run; it makes its devices different from those of other runs. */
  readonly id: string;
  /** k6's scenarios by name; each scenario's request numbers start `schedule.each` after those of the one before. */
  readonly scenarios: Readonly<Record<string, object>>;
  readonly workloads: readonly PlannedWorkload[];
  /** The workload of each request: `each` requests of one, then as many of the next, repeated. */
  readonly schedule: { readonly workloads: readonly number[]; readonly each: number };
  /** Requests signed before the run: one body per line, by number. Without it, requests are signed in the VU. */
  readonly rowsFile: string | null;
  readonly timeout: string;
  readonly insecure: boolean;
  /** Client certificates and their keys (PEM), for servers that ask for one. */
  readonly tlsAuth: readonly { readonly cert: string; readonly key: string }[];
  /** Parts of the run with separate latencies. */
  readonly windows: {
    readonly count: number;
    /** Length of each; a request after the last window counts for the last. Null: a window is one stretch of the schedule. */
    readonly milliseconds: number | null;
    /** Whether each window has a distribution for each workload. */
    readonly byWorkload: boolean;
    /**
     * One request of so many counts for the latencies of its window and its workload: each metric that a request is added to
     * costs k6 a few microseconds. 0: no request.
     */
    readonly oneIn: number;
    /** Requests at the beginning of each stretch that are sent and counted, but not measured. */
    readonly settling: number;
    /** Whether to record the time of each answer, in milliseconds since the start of its scenario. */
    readonly ends: boolean;
  };
  /** Codes that each have a counter. */
  readonly codes: readonly number[];
  /** Counts codes, and requests without an answer, for each workload. */
  readonly codesApart: boolean;
  /** Keeps the tags of k6's own metrics. Outputs need them; they cost time for every request. */
  readonly k6Tags: boolean;
  /** Counts each outcome a second time with its tags, for a further output of k6. */
  readonly tagged: boolean;
  /** The file for the share; null writes it to standard output, after a marker. */
  readonly shareFile: string | null;
  /** The description of the run for the share; k6 does not read it. */
  readonly header: unknown;
};

/** One kind of request, and its destination. */
export type PlannedWorkload = {
  readonly name: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The data of a request and its recipe, both defined by the operation. */
  readonly material: object;
  readonly recipe: Readonly<Record<string, string>>;
  /** The code in the answer to a request before the run; k6 records the latencies of this code. */
  readonly usual: string;
  /** How every other known code is judged; a missing one is wrong. */
  readonly standings: Readonly<Record<string, 'right' | 'open'>>;
};

/** The index of the workload of a request. */
export function workloadAt({ workloads, each }: LoadPlan['schedule'], number: number): number {
  return workloads[Math.floor(number / each) % workloads.length] ?? 0;
}

/** The index of the latencies of a window, or of a workload in it if they are separate. */
export function windowIndex(window: number, workload: number, workloads: number, byWorkload: boolean): number {
  return byWorkload ? window * workloads + workload : window;
}

/** The marker before a share on standard output, for pods that keep no files. */
export const shareMarker = 'bindgate-share ';
