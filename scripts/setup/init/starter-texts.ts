import { stringify } from 'yaml';
import type { Operation, Setting } from '../../../spec/operation.ts';

/** What a starter configuration says of the server. */
export type Settings = { readonly url: string; readonly states: string };

/** A commented `bindgate.config.yaml`; what is commented out has its default, or is an example. */
export function configText({ url, states }: Settings, { settings }: Operation): string {
  const lines = (keys: readonly string[], mark: '' | '# '): string =>
    keys.flatMap((key) => dialectLines(key, settings[key], mark)).join('\n');
  return `# bindgate: which server is tested, and how.
# \${NAME} is read from the environment: keep secrets there, never in this file. Flags and the variables BINDGATE_URL,
# BINDGATE_STATES and BINDGATE_OUT override this file. Try it with: bindgate doctor

# Base URL of the server under test; the operation's path is appended.
url: ${scalar(url)}

# The provider states endpoint (docs/provider-states.md). Remove the header if the endpoint needs none.
states:
  url: ${scalar(states)}
  headers:
    Authorization: Bearer \${STATES_TOKEN}

# Cases that run at the same time; each has its own device.
concurrency: 12

# Folder for result files.
out: reports

# What the document leaves open. A setting that is given here is part of your contract: a difference fails. A setting that
# is commented out is only our reading: a difference warns, and the warning has the line to paste here.
dialect:
  # The page mentions these formats and does not define them; sibling pages of the API family do. Change them to the formats
  # of your server, or comment them out.
${lines(formatKeys, '')}
${lines(
  Object.keys(settings).filter((key) => !formatKeys.includes(key)),
  '# ',
)}

# The public key that checks your users' tokens. One attack attempt needs it: a token signed with the public key as if it
# were a password. Without the key, this case is skipped.
# tokenKeys:
#   publicKeyFile: token-public-key.pem

# What a run must show, in addition to no failure.
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
