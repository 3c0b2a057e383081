/** The oldest Node that runs the project's `.ts` files directly, including `using`. */
export const MINIMUM_NODE = '24.18.0';

/**
 * Whether a version such as `24.18.1` is `minimum` or newer; a pre-release suffix is ignored.
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
