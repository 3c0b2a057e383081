import type { Project } from './project.ts';

/** A GitHub Actions workflow that runs the gate; how the server is started is left to the project. */
export function workflowText(project: Project | undefined, url: string): string {
  const start = project?.start ?? 'your-server';
  return `name: bindgate
on:
  push:
    branches: [main]
  pull_request:

permissions:
  contents: read

jobs:
  gate:
    runs-on: ubuntu-latest
    timeout-minutes: 15
    # What the server needs beside it:
    # services:
    #   database:
    #     image: postgres:17
    #     env: { POSTGRES_PASSWORD: only-for-tests }
    #     ports: ['5432:5432']
    steps:
      - uses: actions/checkout@v4
        with:
          persist-credentials: false
      - uses: actions/setup-node@v4
        with:
          node-version: 24
      # Start the server under test with its provider states, in the background, and wait until it answers:
      # - run: (${start}) &
      # - run: timeout 60 sh -c 'until curl -s -o /dev/null ${url}; do sleep 1; done'
      # bindgate as a development dependency with a lockfile; --no-install below runs that one or none.
      - run: npm ci
      # The gate annotates the job and writes its summary by itself.
      - run: npx --no-install bindgate gate
        env:
          STATES_TOKEN: \${{ secrets.STATES_TOKEN }}
      - uses: actions/upload-artifact@v4
        if: always()
        with:
          name: bindgate-reports
          path: reports/
          if-no-files-found: ignore
`;
}
