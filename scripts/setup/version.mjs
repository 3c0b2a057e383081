/** The oldest Node that runs the project's `.ts` files as they are, `using` included. */
export const MINIMUM_NODE = '24.18.0';

/**
 * Tells whether a version such as `24.18.1` (a pre-release tail is ignored) is `minimum` or newer.
 *
 * @param {string} version
 * @param {string} minimum
 * @returns {boolean}
 */
export function isAtLeast(version, minimum) {
  const wanted = numbers(minimum);
  const found = numbers(version);
  for (const [i, want] of wanted.entries()) {
    const have = found[i] ?? 0;
    if (have !== want) return have > want;
  }
  return true;
}

/** @param {string} version */
function numbers(version) {
  return version
    .replace(/^v/, '')
    .replace(/[-+].*$/, '')
    .split('.')
    .map(Number);
}
