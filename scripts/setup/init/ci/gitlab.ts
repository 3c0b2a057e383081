import type { Project, Toolchain } from '../detect-project.ts';
import {
  type CiPlan,
  type CiSystem,
  gateElsewhere,
  indented,
  installCommand,
  localScript,
  packageComment,
  packageFile,
  readPort,
  startsServer,
} from './plan.ts';

const file = '.gitlab/bindgate.yml';

/** GitLab CI: one job, in a file that the project's .gitlab-ci.yml includes. */
export const gitlab: CiSystem = {
  file,
  text: pipeline,
  next: `add to .gitlab-ci.yml: include: [{ local: ${file} }]`,
};

/** Has Node for bindgate already. */
const nodeImage = 'node:24';

function pipeline(plan: CiPlan): string {
  const local = startsServer(plan);
  const image = local ? chooseImage(plan.project) : nodeImage;
  const isGuess = local && plan.project === undefined;
  return `# Tests the server with bindgate. Written by "bindgate init"; docs/ci.md of bindgate explains every part.
# To use it, add to .gitlab-ci.yml:
#   include:
#     - local: ${file}

bindgate:
  stage: test
${isGuess ? '  # Use an image with the language of your server.\n' : ''}  image: ${image}
${local ? '' : tokenRule}  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"${local ? '' : ' && $STATES_TOKEN'}
    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH
  timeout: 30 minutes
  interruptible: true
${local ? services : ''}  variables:
${packageComment('    # ')}
    BINDGATE_PACKAGE: ${packageFile}
${local ? `    PORT: '${readPort(plan)}'\n` : ''}  # Packages of npm, and k6, kept from run to run.
  cache:
    key: bindgate
    paths:
      - .bindgate/cache/
  script:
${script(plan, image, local)}
  artifacts:
    when: always
    paths:
      - reports/
      - server.log
    reports:
      junit: reports/junit.xml
`;
}

const tokenRule = `  # A merge request from a fork runs in the fork's project, without the variables of this one: then the job is left out.
`;

const services = `  # What the server needs, such as a database:
  # services:
  #   - name: postgres:17
  #     alias: database
`;

function script(plan: CiPlan, image: string, local: boolean): string {
  const cache = 'export XDG_CACHE_HOME="$PWD/.bindgate/cache" npm_config_cache="$PWD/.bindgate/cache/npm"';
  const install = [cache, ...(image === nodeImage ? [] : ownNode)];
  // The image of PHP lacks them.
  const composer = 'apt-get update && apt-get install -y --no-install-recommends composer git unzip';
  const build = plan.project?.toolchain === 'php' ? [composer] : [];
  const parts = local
    ? localScript(plan, 'A CI/CD variable STATES_TOKEN is used if the project has one.', { build, install })
    : ([
        ['Install bindgate.', [...install, installCommand]],
        ['Run the gate.', gateElsewhere],
      ] as const);
  return parts.map(([comment, lines]) => `    # ${comment}\n    - |\n${indented(6, lines)}`).join('\n');
}

/** The newest Node 24, unpacked once and cached: the image of another language has none, or an older one. */
const ownNode: readonly string[] = [
  'if [ ! -x .bindgate/cache/node/bin/node ]; then',
  '  mkdir -p .bindgate/cache/node',
  '  archive="$(curl -fsSL https://nodejs.org/dist/latest-v24.x/SHASUMS256.txt | grep -o "node-.*-linux-x64.tar.gz")"',
  '  curl -fsSL "https://nodejs.org/dist/latest-v24.x/$archive" | tar -xz --strip-components=1 -C .bindgate/cache/node',
  'fi',
  'export PATH="$PWD/.bindgate/cache/node/bin:$PATH"',
];

const images: Readonly<Record<Toolchain, (version: string) => string>> = {
  maven: (version) => `maven:3-eclipse-temurin-${version}`,
  gradle: (version) => `gradle:jdk${version}`,
  go: (version) => `golang:${version}`,
  python: (version) => `python:${version}`,
  php: (version) => `php:${version}-cli`,
  dotnet: (version) => `mcr.microsoft.com/dotnet/sdk:${version}`,
  rust: (version) => `rust:${version}`,
  node: (version) => `node:${version}`,
};

function chooseImage(project: Project | undefined): string {
  if (project === undefined) return nodeImage;
  const { toolchain, version, build } = project;
  // A wrapper brings its own Maven or Gradle.
  return /^\.\/(mvn|gradle)w /.test(build) ? `eclipse-temurin:${version}` : images[toolchain](version);
}
