/**
 * Prints one line about the set-up to stderr, because stdout belongs to the started program (for `--json`).
 *
 * @param {string} line
 */
export function say(line) {
  process.stderr.write(`bindgate: ${line}\n`);
}
