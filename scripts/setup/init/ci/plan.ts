import { version } from '../../../../contract/version.ts';
import type { Project } from '../detect-project.ts';

/** What a CI file is written for. */
export type CiPlan = {
  /** Base URL of the server under test. */
  readonly url: string;
  /** The server in this repository, if one was found. */
  readonly project: Project | undefined;
};

/** One CI system: the file it reads, and how the file gets into use. */
export type CiSystem = {
  readonly file: string;
  readonly text: (plan: CiPlan) => string;
  /** What the user does after the file was written; undefined if the system finds it by itself. */
  readonly next: string | undefined;
};

/** The value of BINDGATE_PACKAGE in a new file: a tarball in the repository, since no registry has the package yet. */
export const packageFile: string = `./bindgate-${version()}.tgz`;

/** The comment above BINDGATE_PACKAGE, with an indent and a mark before each line. */
export function packageComment(mark: string): string {
  return `Where npm gets bindgate from: a tarball in this repository, or its URL. No registry has bindgate yet. To make the
tarball, run "npm run -s pack" in a checkout of bindgate, copy it here and commit it.
Once bindgate is published, write bindgate@${version()} instead.`.replace(/^/gm, mark);
}

/** Installs bindgate next to the project, without install scripts: it needs none. */
export const installCommand =
  'npm install --prefix .bindgate --ignore-scripts --no-audit --no-fund "$BINDGATE_PACKAGE"';

/** Runs the gate that `installCommand` installed. */
export const gateCommand = '.bindgate/node_modules/.bin/bindgate gate';

/** Runs the gate on a server elsewhere: load is sent only to hosts that the configuration allows. */
export const gateElsewhere: readonly string[] = [
  '# To send load as well, name the host in allowHosts of bindgate.config.yaml and remove "--skip load".',
  `${gateCommand} --skip load`,
];

/** Prints a token that no one can guess. */
export const makeToken = 'cat /proc/sys/kernel/random/uuid';

/** How long a server may take to answer, in seconds. */
export const startTimeout = 60;

/** Whether the CI job starts the server: it does if the URL is on the machine itself. */
export function startsServer({ url }: CiPlan): boolean {
  return ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(url).hostname);
}

/** The port that the server must listen on. */
export function readPort({ url }: CiPlan): string {
  const { port, protocol } = new URL(url);
  return port || (protocol === 'https:' ? '443' : '80');
}

/** Builds the server. */
export function buildCommand({ project }: CiPlan): string {
  return project?.build ?? 'echo "Write the command that builds your server here."';
}

/** Starts the server in the background, its output in server.log; fails, and says why, if the files do not tell how. */
export function startCommand({ project }: CiPlan): readonly string[] {
  if (project?.start !== undefined) return [`${project.start} > server.log 2>&1 &`];
  return [
    '# Replace the next line by the command that starts your server on $PORT: your-server > server.log 2>&1 &',
    'echo "bindgate: write the command that starts the server into this file." >&2; exit 1',
  ];
}

/** Waits until the server answers anything; shows its output if it does not. */
export function waitCommand({ url }: CiPlan, errorMark = ''): readonly string[] {
  const { origin } = new URL(url);
  return [
    `timeout ${startTimeout} sh -c 'until curl --silent --output /dev/null ${origin}; do sleep 1; done' || {`,
    `  echo "${errorMark}The server did not answer at ${origin} within ${startTimeout} s. Its output:"`,
    '  cat server.log',
    '  exit 1',
    '}',
  ];
}

/**
 * A script that builds and starts the server, and runs the gate: each part is a comment and its lines.
 * @param token where a CI system keeps the token of the states endpoint.
 * @param more lines before the build and the installation, and after the start.
 */
export function localScript(
  plan: CiPlan,
  token: string,
  { build = [], start = [], install = [] }: Partial<Record<'build' | 'start' | 'install', readonly string[]>>,
): readonly (readonly [comment: string, lines: readonly string[]])[] {
  return [
    ['Build the server.', [...build, buildCommand(plan)]],
    [
      `The states endpoint and bindgate must use the same token. ${token}`,
      [`export STATES_TOKEN="\${STATES_TOKEN:-$(${makeToken})}"`],
    ],
    [
      'Start the server and its states endpoint. The server reads STATES_TOKEN and PORT.',
      [...startCommand(plan), ...start],
    ],
    ['Install bindgate.', [...install, installCommand]],
    ['Wait until the server answers.', waitCommand(plan)],
    ['Run the gate.', [gateCommand]],
  ];
}

/** Lines, each indented by a number of spaces. */
export function indented(spaces: number, lines: readonly string[]): string {
  return lines.map((line) => (line === '' ? '' : `${' '.repeat(spaces)}${line}`)).join('\n');
}
