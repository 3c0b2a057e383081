/**
 * The GitHub actions that a workflow uses, each pinned to the commit of a release: a tag can be moved, a commit cannot.
 * .github/workflows of this repository uses the same ones (a test compares them), so the dependency bot finds newer ones.
 */
const releases = {
  'actions/checkout': ['3d3c42e5aac5ba805825da76410c181273ba90b1', 'v7.0.1'],
  'actions/cache': ['27d5ce7f107fe9357f9df03efb73ab90386fccae', 'v5.0.5'],
  'actions/upload-artifact': ['bbbca2ddaa5d8feaa63e36b76fdaad77386f024f', 'v7.0.0'],
  'actions/setup-node': ['820762786026740c76f36085b0efc47a31fe5020', 'v7.0.0'],
  'actions/setup-go': ['b7ad1dad31e06c5925ef5d2fc7ad053ef454303e', 'v7.0.0'],
  'actions/setup-python': ['5fda3b95a4ea91299a34e894583c3862153e4b97', 'v7.0.0'],
  'actions/setup-java': ['b6effb05e454b25005698d916606bdc6ffcbf961', 'v5.7.0'],
  'actions/setup-dotnet': ['a98b56852c35b8e3190ac28c8c2271da59106c68', 'v6.0.0'],
} as const;

/** An action as a step names it: the commit, and the release in a comment, which Dependabot keeps up to date. */
export function pinned(action: keyof typeof releases): string {
  const [commit, release] = releases[action];
  return `${action}@${commit} # ${release}`;
}
