/** The set-up cannot go on: the message is the one line the user reads, `exitCode` what the launcher ends with. */
export class SetupError extends Error {
  /**
   * @param {string} message what failed, where, and what to do next
   * @param {{ exitCode?: number, cause?: unknown }} [options] 3 unless told: a tool could not be reached or used
   */
  constructor(message, { exitCode = 3, cause } = {}) {
    super(message, { cause });
    this.exitCode = exitCode;
  }
}
