import type { Recipe } from '../pure-bt/recipe.ts';

/** What a k6 run is told: everything the script needs, in one file of mode 0600. Types alone, so that k6 can import it. */
export type LoadPlan = {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly timeout: string;
  readonly insecure: boolean;
  /** Client certificates and their keys (PEM), for servers that ask for one. */
  readonly tlsAuth: readonly { readonly cert: string; readonly key: string }[];
  /** k6's scenario; the number of an iteration in it says which request it is. */
  readonly scenario: Readonly<Record<string, unknown>>;
  readonly product: PlannedProduct;
  /** What takes bindingCode's place in the signature where it is sent encrypted. */
  readonly signedBindingCode: 'transmitted' | 'decrypted';
  readonly tokens: { readonly right: string; readonly expired: string };
  readonly workloads: readonly PlannedWorkload[];
  /** Which workload each request is of, by its number modulo the length. */
  readonly schedule: readonly number[];
  /** Requests signed before the run: one body a line, by the request's number. Without it, requests are signed in the VU. */
  readonly rowsFile: string | null;
  readonly identity: Identity;
  /**
   * Length of a window of time, and how many there are; a request of a later one counts for the last.
   * One request in so many counts for its window, and for its workload's latencies: each metric that a request is added to costs k6 a few microseconds.
   */
  readonly windows: {
    readonly milliseconds: number;
    readonly count: number;
    /** Each window has a distribution for each workload. */
    readonly byWorkload: boolean;
    readonly oneIn: number;
  };
  /** Leaves k6 the tags that it gives to each of its own metrics: what outputs are read by, and work for every request. */
  readonly k6Tags: boolean;
  /** Counts each outcome once more with its tags, for an output of k6's own. */
  readonly tagged: boolean;
  /** Where the share goes; null sends it to standard output, behind a marker. */
  readonly shareFile: string | null;
  /** What the share says about the run it is a part of; it is not looked into. */
  readonly header: unknown;
};

/** The product of the load state. */
export type PlannedProduct = {
  readonly pk: string;
  readonly ps: string;
  readonly bindingCode: string;
  readonly bindingSecret: string;
  readonly oldBindingSecret: string;
  readonly userDomainSecret: string;
  readonly pwd?: string;
};

/** One kind of request. */
export type PlannedWorkload = {
  readonly name: string;
  readonly recipe: Recipe;
  /** The code that a request sent before the run was answered with: what k6 keeps latencies of. */
  readonly usual: string;
  /** How every other code that k6 knows stands; one that is missing is wrong. */
  readonly standings: Readonly<Record<string, 'right' | 'open'>>;
};

/** What makes each request of a run unlike every other request of any run. */
export type Identity = {
  /** What every dk begins with; the request's number follows, in base 36. */
  readonly dkPrefix: string;
  readonly dkDigits: number;
  /** What every `random` begins with; 16 characters with the number. */
  readonly ivPrefix: string;
};

/** Where the latencies of a window stand, and of a workload in it where they are kept apart. */
export function windowIndex(window: number, workload: number, workloads: number, byWorkload: boolean): number {
  return byWorkload ? window * workloads + workload : window;
}

/** The dk of a request; an iteration's number is unique in a run, whatever process makes it. */
export function dkOf({ dkPrefix, dkDigits }: Identity, number: number): string {
  return dkPrefix + number.toString(36).toUpperCase().padStart(dkDigits, '0');
}

/** The `random` of a request: 16 letters and digits. */
export function ivOf({ ivPrefix }: Identity, number: number): string {
  return ivPrefix + number.toString(36).padStart(16 - ivPrefix.length, '0');
}

/** What stands before a share on standard output, where files do not outlive the process. */
export const shareMarker = 'bindgate-share ';
