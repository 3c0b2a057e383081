import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { UserError } from '../../contract/user-error.ts';
import type { CommandContext } from '../config/flags.ts';
import type { Settings } from '../setup/init/starter-texts.ts';
import { processTerminal, type Terminal } from '../terminal.ts';

const config = 'bindgate.config.yaml';

/** `bindgate init`: writes starter files into the current folder; replaces existing files only with `--force`. */
export function addInit(program: CommandUnknownOpts, { signal, end, chosen }: CommandContext): void {
  program
    .command('init')
    .description('write starter files into this folder: a configuration, a CI pipeline and a line in .gitignore')
    .option('--yes', 'ask nothing')
    .option('--force', 'replace existing files')
    .action(async ({ yes = false, force = false }) => {
      const { detectPort, detectProject } = await import('../setup/init/detect.ts');
      const { configText, workflowText } = await import('../setup/init/starter-texts.ts');
      const { statesGuide } = await import('../reports/missing-states.ts');
      const { operation } = await chosen.operation();
      const terminal = processTerminal();
      const { out, note } = terminal;
      const folder = process.cwd();
      const project = await detectProject(folder);
      const found = await detectPort(folder);
      if (found !== undefined) out(`found  port ${found.port} in ${found.file}`);

      const url = `http://127.0.0.1:${found?.port ?? 8080}`;
      const settings = await readSettings(url, yes, terminal, signal);
      if (settings === undefined || signal.aborted) {
        note('bindgate: interrupted; nothing was written');
        return end(130);
      }
      // A configuration with another file extension would be loaded first.
      const other = (await readdir(folder)).find((name) => /^bindgate\.config\.(ts|mts|js|mjs|json|yml)$/.test(name));
      if (other === undefined) out(await writeStarter(folder, config, configText(settings, operation), force));
      else out(`kept   ${other}; ${config} was not written`);
      out(await writeStarter(folder, '.github/workflows/bindgate.yml', workflowText(project, settings.url), force));
      out(await ignoreFolder(folder, 'reports'));
      if (project !== undefined) {
        out(
          `hint   ${project.file}: the workflow starts the server with "${project.start}" after you uncomment and correct it`,
        );
      }
      const handler = project === undefined ? '' : ` (${project.handler})`;
      out(`hint   an example of a states handler: ${statesGuide} of bindgate${handler}`);
      out('next   export STATES_TOKEN=… (or remove the header), then run: bindgate doctor, bindgate gate');
    });
}

async function readSettings(
  url: string,
  yes: boolean,
  { note }: Terminal,
  signal: AbortSignal,
): Promise<Settings | undefined> {
  const { askSettings, defaultStatesUrl } = await import('../setup/init/ask.ts');
  const defaults = { url, states: defaultStatesUrl(url) };
  if (yes) return defaults;
  const { stdin: input, stdout: output } = process;
  if (input.isTTY === true && output.isTTY === true) return askSettings({ input, output }, defaults, signal);
  note('bindgate: not a terminal, so nothing is asked (as with --yes)');
  return defaults;
}

/** Writes a new file, or any file with `force`; returns a line about it. */
async function writeStarter(folder: string, name: string, text: string, force: boolean): Promise<string> {
  const path = join(folder, name);
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text, { flag: force ? 'w' : 'wx' });
    return `wrote  ${name}`;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return `kept   ${name}; --force replaces it`;
    throw cannotWrite(name, error);
  }
}

/** Adds a folder to `.gitignore`, once; returns a line about it. */
async function ignoreFolder(folder: string, name: string): Promise<string> {
  const path = join(folder, '.gitignore');
  try {
    const text = await readFile(path, 'utf8').catch((error: unknown) => {
      if (errorCode(error) === 'ENOENT') return '';
      throw error;
    });
    const ignored = text.split(/\r?\n/).some((line) => line.trim().replace(/^\//, '').replace(/\/$/, '') === name);
    if (ignored) return `kept   .gitignore: ${name}/ is already there`;
    await writeFile(path, `${text}${text === '' || text.endsWith('\n') ? '' : '\n'}${name}/\n`);
    return `wrote  ${name}/ into .gitignore`;
  } catch (error) {
    throw cannotWrite('.gitignore', error);
  }
}

function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

function cannotWrite(name: string, cause: unknown): UserError {
  return new UserError(
    `${name} cannot be written (${errorCode(cause)}); run init in a folder where you have write permission`,
    2,
    {
      cause,
    },
  );
}
