import type { CiPlan, CiSystem } from './plan.ts';
import {
  buildCommand,
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
  toolchainNames,
  waitCommand,
} from './plan.ts';

const file = 'Jenkinsfile.bindgate';

/** Jenkins: a declarative pipeline of its own, so that an existing Jenkinsfile stays as it is. */
export const jenkins: CiSystem = {
  file,
  text: pipeline,
  next: `in Jenkins, make a pipeline job with the script path ${file}`,
};

function pipeline(plan: CiPlan): string {
  const local = startsServer(plan);
  return `// Tests the server with bindgate. Written by "bindgate init"; docs/ci.md of bindgate explains every part.
// To use it, make a multibranch pipeline job with the script path ${file}, or copy the stage into your own pipeline.
pipeline {
  // A Linux agent with Node 24.18 or newer${local ? `, curl and ${nameLanguage(plan)}` : ''}.
  agent any
  options {
    timeout(time: 30, unit: 'MINUTES')
    disableConcurrentBuilds(abortPrevious: true)
  }
  environment {
${indented(
  4,
  packageComment.map((line) => `// ${line}`),
)}
    BINDGATE_PACKAGE = '${packageFile}'
${local ? `    PORT = '${readPort(plan)}'\n` : ''}  }
  stages {
    stage('bindgate') {
${local ? localStage(plan) : remoteStage()}
    }
  }
  post {
    always {
      junit allowEmptyResults: true, testResults: 'reports/junit.xml'
      archiveArtifacts allowEmptyArchive: true, artifacts: 'reports/**, server.log'
    }
  }
}
`;
}

function localStage(plan: CiPlan): string {
  const lines = [
    '# Build the server.',
    buildCommand(plan),
    '',
    '# The states endpoint and bindgate must use the same token. To use a credential of Jenkins instead of a new one, add',
    "# STATES_TOKEN = credentials('bindgate-states-token') to the environment above.",
    `export STATES_TOKEN="\${STATES_TOKEN:-$(${makeToken})}"`,
    '',
    '# Start the server and its states endpoint. The server reads STATES_TOKEN and PORT.',
    ...startCommand(plan),
    "trap 'kill $!' EXIT",
    '',
    '# Install bindgate.',
    installCommand,
    '',
    '# Wait until the server answers.',
    ...waitCommand(plan),
    '',
    '# Run the gate.',
    gateCommand,
  ];
  return `      steps {
        // One script: Jenkins may end a background process with the step that started it.
        sh '''#!/bin/sh -eu
${indented(10, lines)}
        '''
      }`;
}

function remoteStage(): string {
  return `      // A pull request from a fork must not reach the credential: for it the stage is skipped.
      when { expression { env.CHANGE_FORK == null } }
      steps {
        withCredentials([string(credentialsId: 'bindgate-states-token', variable: 'STATES_TOKEN')]) {
          sh '''#!/bin/sh -eu
${indented(12, [installCommand, ...gateElsewhere])}
          '''
        }
      }`;
}

function nameLanguage({ project }: CiPlan): string {
  return project === undefined ? 'the language of your server' : toolchainNames[project.toolchain];
}
