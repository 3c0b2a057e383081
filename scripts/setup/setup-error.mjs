/** The set-up cannot continue: `message` is the line for the user, `exitCode` the exit code of the launcher. */
export class SetupError extends Error {
  /**
   * @param {string} message what failed, where, and what to do next
   * @param {{ exitCode?: number, cause?: unknown }} [options] default 3: a tool could not be reached or used
   */
  constructor(message, { exitCode = 3, cause } = {}) {
    super(message, { cause });
    this.exitCode = exitCode;
  }
}
