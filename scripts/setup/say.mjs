/**
 * Says one line about the set-up. It goes to stderr: stdout belongs to the program that is started, for `--json`.
 *
 * @param {string} line
 */
export function say(line) {
  process.stderr.write(`bindgate: ${line}\n`);
}
