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
  // A Linux agent with Node 24.18 or newer${local ? `, curl and ${plan.project?.language ?? 'the language of your server'}` : ''}.
  agent any
  options {
    timeout(time: 30, unit: 'MINUTES')
    disableConcurrentBuilds(abortPrevious: true)
  }
  environment {
${packageComment('    // ')}
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
  const token =
    "To use a credential of Jenkins instead of a new one, add\n# STATES_TOKEN = credentials('bindgate-states-token') to the environment above.";
  const parts = localScript(plan, token, { start: ["trap 'kill $!' EXIT"] });
  const lines = parts.flatMap(([comment, part], at) => [
    ...(at === 0 ? [] : ['']),
    ...`# ${comment}`.split('\n'),
    ...part,
  ]);
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
