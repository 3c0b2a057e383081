import { stringify } from 'yaml';
import { dialectKeys, dialectSettings } from '../../spec/dialect.ts';

/** What a starter configuration says of the server. */
export type Settings = { readonly url: string; readonly states: string };

/** A commented `bindgate.config.yaml`; what is commented out has its default, or is an example. */
export function configText({ url, states }: Settings): string {
  return `# bindgate: which server is held to the contract, and how.
# \${NAME} is read from the environment: secrets stand there, never here. Flags and BINDGATE_URL, BINDGATE_STATES and
# BINDGATE_OUT go before this file. Try it with: bindgate doctor

# Base URL of the server under test; the operation's path is appended.
url: ${scalar(url)}

# The provider states endpoint (docs/provider-states.md). Take the header out where the endpoint wants none.
states:
  url: ${scalar(states)}
  headers:
    Authorization: Bearer \${STATES_TOKEN}

# Cases under way at once; each has a device of its own.
concurrency: 12

# Folder for result files.
out: reports

# What the document leaves open, with its default. Uncomment what your server means to do otherwise.
# dialect:
${dialectKeys.map(dialectLines).join('\n')}

# What the run must show in addition to a kept contract.
policy:
  # How many of the 24 documented codes must be covered; fewer fail the run. Lower it while your states endpoint lacks
  # states, and raise it as you add them: what is not covered is not tested.
  minimumCoverage: 24
  # mustCover: [200, 5032, 5049, 5412]
  # tolerate:
  #   - case: home/common-list-fails
  #     until: 2030-01-31
  #     owner: the team that fixes it
  #     reason: why it may wait
`;
}

function dialectLines(key: (typeof dialectKeys)[number]): string {
  const { question, choices, default: value } = dialectSettings[key];
  return `#   # ${question} ${choices}\n#   ${key}: ${scalar(value)}`;
}

function scalar(value: string | number): string {
  return stringify(value, { lineWidth: 0 }).trim();
}
