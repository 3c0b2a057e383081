import type { Dialect } from '../../spec/dialect.ts';
import type { Headers } from '../../spec/http.ts';
import type { Fixture, Operation } from '../../spec/operation.ts';

/** Something noticed about a message. `wrong`: it breaks the contract. `warning`: another reading may allow it. `note`: worth knowing. */
export type Remark = {
  readonly kind: 'wrong' | 'warning' | 'note';
  /** The part of the message that it is about: a fixed word, never text of the message. */
  readonly about: string;
  readonly says: string;
  /** What to change. */
  readonly fix?: string;
};

/** A request of the operation, with a JSON object as its body. */
export type ReceivedRequest = {
  readonly headers: Headers;
  readonly body: Readonly<Record<string, unknown>>;
  /** Names that the text of the body has more than once. */
  readonly repeated: readonly string[];
};

/** How an operation checks a request of which nothing but its device may be known. */
export type RequestCheck = {
  /** The URL of the module that exports all this: functions cannot be sent to a thread. */
  readonly module: string;
  readonly operation: Operation;
  /** The secrets for the check. @throws UserError (exit code 2) for a wrong value; it names the member, never the value. */
  readonly readSecrets: (
    fixtures: readonly Readonly<Record<string, unknown>>[],
    environment: Readonly<Record<string, string | undefined>>,
  ) => readonly Fixture[];
  /** Remarks are inert and without secrets. Without a fixture, only what needs no secret is checked. */
  // A method, because an operation's own dialect has more settings.
  checkRequest(
    request: ReceivedRequest,
    fixture: Fixture | undefined,
    options: { readonly dialect: Dialect; readonly showSecrets: boolean; readonly now: number },
  ): {
    readonly remarks: readonly Remark[];
    /** The plaintexts of its ciphertexts, as far as they are known. */
    readonly plaintexts: Readonly<Record<string, string>>;
  };
};
