import type { Project, Toolchain } from '../detect-project.ts';
import {
  buildCommand,
  type CiPlan,
  type CiSystem,
  gateCommand,
  gateElsewhere,
  indented,
  installCommand,
  makeToken,
  packageComment,
  packageFile,
  readPort,
  startCommand,
  startsServer,
  waitCommand,
} from './plan.ts';

/** GitHub Actions: one workflow with one job. */
export const github: CiSystem = { file: '.github/workflows/bindgate.yml', text: workflow, next: undefined };

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
function pinned(action: keyof typeof releases): string {
  const [commit, release] = releases[action];
  return `${action}@${commit} # ${release}`;
}

function workflow(plan: CiPlan): string {
  const local = startsServer(plan);
  return `# Tests the server with bindgate. Written by "bindgate init"; docs/ci.md of bindgate explains every part.
name: bindgate
on:
  push:
    branches: [main, master]
  pull_request:

permissions:
  contents: read

# A newer push to a pull request cancels the run of the older one.
concurrency:
  group: bindgate-\${{ github.ref }}
  cancel-in-progress: \${{ github.event_name == 'pull_request' }}

env:
${packageComment('  # ')}
  BINDGATE_PACKAGE: ${packageFile}

jobs:
  gate:
${local ? localJob(plan) : remoteJob()}
      - uses: ${pinned('actions/upload-artifact')}
        if: always()
        with:
          name: bindgate-reports
          path: |
            reports/
            server.log
          if-no-files-found: ignore
`;
}

/** The server is built and started by the job, so it and bindgate share a token that the job makes. */
function localJob(plan: CiPlan): string {
  return `    runs-on: ubuntu-latest
    timeout-minutes: 30
    # What the server needs, such as a database:
    # services:
    #   database:
    #     image: postgres:17
    #     env: { POSTGRES_PASSWORD: only-for-tests }
    #     ports: ['5432:5432']
    steps:
${checkout()}
${plan.project === undefined ? '      # Set up the language of your server here.\n' : setups[plan.project.toolchain](plan.project)}
      - name: Build the server
        run: ${buildCommand(plan)}

      # The server's states endpoint and bindgate must use the same token. The secret STATES_TOKEN is used if the
      # repository has one. A pull request from a fork gets no secrets: then a token for this run alone does as well.
      - name: Make the token of the states endpoint
        env:
          SECRET: \${{ secrets.STATES_TOKEN }}
        run: |
          token="\${SECRET:-$(${makeToken})}"
          echo "::add-mask::$token"
          echo "STATES_TOKEN=$token" >> "$GITHUB_ENV"

      # The server reads STATES_TOKEN from its environment. Other secrets that it needs go into "env" here.
      - name: Start the server and its states endpoint
        env:
          PORT: '${readPort(plan)}'
          # DATABASE_PASSWORD: \${{ secrets.DATABASE_PASSWORD }}
        run: |
${indented(10, startCommand(plan))}

${install()}
      - name: Wait until the server answers
        run: |
${indented(10, waitCommand(plan, '::error::'))}

      # The gate annotates the pull request and writes the summary of the job by itself.
      - name: Run the gate
        run: ${gateCommand}
`;
}

/** The server runs elsewhere, so the job needs the secret of its states endpoint. */
function remoteJob(): string {
  return `    # Pull requests from forks and from Dependabot get no secrets: for them this job is skipped, which blocks no merge.
    if: github.event.pull_request.head.repo.fork != true && github.event.pull_request.user.login != 'dependabot[bot]'
    runs-on: ubuntu-latest
    timeout-minutes: 30
    steps:
${checkout()}
${install()}
      # The gate annotates the pull request and writes the summary of the job by itself.
      - name: Run the gate
        env:
          STATES_TOKEN: \${{ secrets.STATES_TOKEN }}
        run: |
${indented(10, gateElsewhere)}
`;
}

function checkout(): string {
  return `      # Each action is pinned to a commit; the comment names its release. Dependabot updates both, if
      # .github/dependabot.yml has the ecosystem "github-actions".
      - uses: ${pinned('actions/checkout')}
        with:
          persist-credentials: false
`;
}

/** Node for bindgate, and bindgate with k6, kept from run to run. */
function install(): string {
  return `      # For bindgate. A server that is already running keeps its own Node.
      - uses: ${pinned('actions/setup-node')}
        with:
          node-version: 24
          package-manager-cache: false
      - uses: ${pinned('actions/cache')}
        id: cache
        with:
          path: |
            .bindgate/node_modules
            ~/.cache/bindgate
          key: bindgate-\${{ runner.os }}-\${{ runner.arch }}-\${{ env.BINDGATE_PACKAGE }}-\${{ hashFiles('**/bindgate-*.tgz') }}
      - name: Install bindgate
        if: steps.cache.outputs.cache-hit != 'true'
        run: ${installCommand}
`;
}

function action(name: Parameters<typeof pinned>[0], inputs: Readonly<Record<string, string>>): string {
  const lines = Object.entries(inputs).map(([key, value]) => `          ${key}: ${value}\n`);
  return `      - uses: ${pinned(name)}\n        with:\n${lines.join('')}`;
}

function setupJava({ version, toolchain }: Project): string {
  const inputs = { distribution: 'temurin', 'java-version': `'${version}'`, cache: toolchain };
  return action('actions/setup-java', inputs);
}

/** Sets up the server's language, with a cache of its packages where there is a usual one. */
const setups: Readonly<Record<Toolchain, (project: Project) => string>> = {
  go: ({ version }) => action('actions/setup-go', { 'go-version': `'${version}'` }),
  python: ({ version, file }) => {
    const inputs = { 'python-version': `'${version}'`, cache: 'pip', 'cache-dependency-path': file };
    return action('actions/setup-python', inputs);
  },
  maven: setupJava,
  gradle: setupJava,
  dotnet: ({ version }) => action('actions/setup-dotnet', { 'dotnet-version': `'${version}.x'` }),
  node: ({ version, build }) => {
    const cache: Readonly<Record<string, string>> =
      build === 'npm ci' ? { cache: 'npm' } : { 'package-manager-cache': 'false' };
    return action('actions/setup-node', { 'node-version': version, ...cache });
  },
  php: () => '      # PHP and Composer are part of the ubuntu-latest image.\n',
  rust: () => `      # Rust is part of the ubuntu-latest image.
      - uses: ${pinned('actions/cache')}
        with:
          path: |
            ~/.cargo/registry
            target
          key: cargo-\${{ runner.os }}-\${{ hashFiles('**/Cargo.lock') }}
`,
};
