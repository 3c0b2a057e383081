import { stringify } from 'yaml';
import type { Operation, Setting } from '../../../spec/operation.ts';

/** What a starter configuration says of the server. */
export type Settings = { readonly url: string; readonly states: string };

/** A commented `bindgate.config.yaml`; what is commented out has its default, or is an example. */
export function configText({ url, states }: Settings, { settings }: Operation): string {
  const lines = (keys: readonly string[], mark: '' | '# '): string =>
    keys.flatMap((key) => dialectLines(key, settings[key], mark)).join('\n');
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

# What the document leaves open. A setting that is given here is your contract: what differs from it fails. A setting
# that is commented out is a reading: what differs from it only warns, with the line to paste here.
dialect:
  # The page names these formats and gives none; sibling pages of the API family do. Correct them to your server's own,
  # or comment them out.
${lines(formatKeys, '')}
${lines(
  Object.keys(settings).filter((key) => !formatKeys.includes(key)),
  '# ',
)}

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

/** The formats that a starter configuration declares: without them, a malformed dk or bindingCode only warns. */
const formatKeys: readonly string[] = ['dkPattern', 'bindingCodePattern', 'deviceNameLimit'];

function dialectLines(key: string, setting: Setting | undefined, mark: '' | '# '): readonly string[] {
  if (setting === undefined) return [];
  const { question, choices, default: value, source } = setting;
  return [`  # ${question} ${choices} (${source})`, `  ${mark}${key}: ${scalar(value)}`];
}

function scalar(value: string | number): string {
  return stringify(value, { lineWidth: 0 }).trim();
}
