/** How much load, for how long: an open model, in which requests start on time whether or not answers come. */
export type Profile = {
  readonly name: string;
  readonly about: string;
  /** Requests started per second. */
  readonly rate: number;
  readonly seconds: number;
};

/** Every profile. */
export const profiles: readonly Profile[] = [
  { name: 'smoke', about: 'does the signed path work at all under a little load?', rate: 50, seconds: 4 },
];
