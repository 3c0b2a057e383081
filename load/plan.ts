/** What a k6 run is told: everything the script needs, in one file of mode 0600. Types alone, so k6 can import it. */
export type LoadPlan = {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly timeout: string;
  readonly insecure: boolean;
  readonly fixture: {
    readonly pk: string;
    readonly ps: string;
    readonly bindingCode: string;
    readonly bindingSecret: string;
    readonly userDomainSecret: string;
  };
  /** The initialisation vector of every request. */
  readonly random: string;
  /** What every dk of this run begins with: no other run has it. The iteration's number follows, in base 36. */
  readonly dkPrefix: string;
  readonly dkDigits: number;
  readonly scenario: Readonly<Record<string, unknown>>;
  readonly summaryFile: string;
};
