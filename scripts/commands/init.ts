import { askSettings, statesOf } from '../init/ask.ts';
import type { Settings } from '../init/config-text.ts';
import { configText } from '../init/config-text.ts';
import { ignoreFolder, otherConfig, writeStarter } from '../init/files.ts';
import { detectPort } from '../init/port.ts';
import { detectProject } from '../init/project.ts';
import { workflowText } from '../init/workflow-text.ts';
import { statesGuide } from '../reports/missing-states.ts';
import { processTerminal } from '../terminal.ts';

/** Flags of `bindgate init`. */
export type InitFlags = { readonly yes?: boolean; readonly force?: boolean };

const config = 'bindgate.config.yaml';

/** `bindgate init`: starter files in the current folder; nothing that stands there is replaced. Returns the exit code. */
export async function initCommand({ yes, force = false }: InitFlags, signal: AbortSignal): Promise<number> {
  const { out, note } = processTerminal();
  const folder = process.cwd();
  const project = await detectProject(folder);
  const found = await detectPort(folder);
  const url = `http://127.0.0.1:${found?.port ?? 8080}`;
  if (found !== undefined) out(`found  port ${found.port} in ${found.file}`);

  const settings = await readSettings(yes === true, { url, states: statesOf(url) }, note, signal);
  if (settings === undefined || signal.aborted) {
    note('bindgate: interrupted; nothing was written');
    return 130;
  }
  const other = await otherConfig(folder);
  out(
    other === undefined
      ? await writeStarter(folder, config, configText(settings), force)
      : `left   ${other} as it is; no ${config} beside it`,
  );
  out(await writeStarter(folder, '.github/workflows/bindgate.yml', workflowText(project, settings.url), force));
  out(await ignoreFolder(folder, 'reports'));
  if (project !== undefined) {
    out(
      `hint   ${project.file}: the workflow starts the server with "${project.start}", once uncommented and corrected`,
    );
  }
  out(
    `hint   a states handler to begin with: ${statesGuide} of bindgate${project === undefined ? '' : ` (${project.handler})`}`,
  );
  out('next   export STATES_TOKEN=… (or take the header out), then: bindgate doctor, bindgate gate');
  return 0;
}

async function readSettings(
  yes: boolean,
  defaults: Settings,
  note: (text: string) => void,
  signal: AbortSignal,
): Promise<Settings | undefined> {
  if (yes) return defaults;
  if (process.stdin.isTTY === true && process.stdout.isTTY === true) {
    return askSettings({ input: process.stdin, output: process.stdout }, defaults, signal);
  }
  note('bindgate: not a terminal, so nothing is asked (as with --yes)');
  return defaults;
}
