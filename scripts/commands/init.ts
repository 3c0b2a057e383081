import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { type CommandUnknownOpts, Option } from '@commander-js/extra-typings';
import { UserError } from '../../contract/user-error.ts';
import { errorCode } from '../../spec/error-code.ts';
import type { CommandContext } from '../config/flags.ts';
import type { Project } from '../setup/init/detect-project.ts';
import type { Settings } from '../setup/init/starter-texts.ts';
import { processTerminal, type Terminal } from '../terminal.ts';

const config = 'bindgate.config.yaml';
const systems = ['github', 'gitlab', 'jenkins'] as const;

/** `bindgate init`: writes starter files into the current folder; replaces existing files only with `--force`. */
export function addInit(program: CommandUnknownOpts, { signal, end, chosen }: CommandContext): void {
  program
    .command('init')
    .description(
      'write starter files into this folder: a configuration, a CI file that runs the gate, lines in .gitignore',
    )
    .addOption(new Option('--ci <system>', 'CI system of the CI file').choices(systems).default('github' as const))
    .option('--yes', 'ask nothing')
    .option('--force', 'overwrite existing files')
    .action(async ({ ci, yes = false, force = false }) => {
      const { detectPort } = await import('../setup/init/detect-port.ts');
      const { detectProject } = await import('../setup/init/detect-project.ts');
      const { configText } = await import('../setup/init/starter-texts.ts');
      const { packageFile, startsServer } = await import('../setup/init/ci/plan.ts');
      const { ciSystems } = await import('../setup/init/ci/systems.ts');
      const { statesGuide } = await import('../reports/missing-states.ts');
      const { operation } = await chosen.operation();
      const terminal = processTerminal();
      const { out, note } = terminal;
      const folder = process.cwd();
      const project = detectProject(folder);
      const found = detectPort(folder);
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
      else out(`left   ${other} as it is; ${config} was not written, because only one of them is read`);
      const plan = { url: settings.url, project };
      const { file, text, next } = ciSystems[ci];
      out(await writeStarter(folder, file, text(plan), force));
      out(await ignoreFolders(folder));
      if (startsServer(plan)) out(startHint(project, file));
      out(`hint   an example of a states handler: ${statesGuide} of bindgate${handlerHint(project)}`);
      out(
        `next   commit ${basename(packageFile)} (made by npm run -s pack in the bindgate checkout), or set BINDGATE_PACKAGE in ${file} to its path`,
      );
      if (next !== undefined) out(`next   ${next}`);
      out(
        'next   export STATES_TOKEN=… (or remove the header from the configuration), then: bindgate doctor, bindgate gate',
      );
    });
}

function handlerHint(project: Project | undefined): string {
  if (project === undefined) return '';
  const { language } = project;
  if (['.NET', 'Rust'].includes(language)) return ' (the protocol is one POST, in any language)';
  return ` (${language === 'Node' ? 'Express' : language})`;
}

/** What the CI file does to start the server, or what it still lacks. */
function startHint(project: Project | undefined, file: string): string {
  if (project === undefined) return `todo   ${file}: write the commands that build and start your server`;
  const { file: from, build, start } = project;
  if (start === undefined) return `todo   ${file}: write the command that starts your server; ${from} does not tell it`;
  return `hint   ${file} builds with "${build}" and starts with "${start}" (from ${from}); correct it if that is wrong`;
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
  if (input.isTTY === true && output.isTTY === true) return askSettings(input, output, defaults, signal);
  note('bindgate: not a terminal, so nothing is asked (as with --yes)');
  return defaults;
}

/** Writes a file that is not there yet, or any with `force`; says what it did in one line. */
async function writeStarter(folder: string, name: string, text: string, force: boolean): Promise<string> {
  const path = join(folder, name);
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text, { flag: force ? 'w' : 'wx' });
    return `wrote  ${name}`;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return `left   ${name} as it is; --force overwrites it`;
    throw cannotWrite(name, error);
  }
}

/**
 * Adds to `.gitignore` the folders that must not be committed: the reports, the packages of the CI job and those of npm.
 * Says what it did in one line.
 */
async function ignoreFolders(folder: string): Promise<string> {
  const path = join(folder, '.gitignore');
  const names = ['reports/', '.bindgate/', ...(existsSync(join(folder, 'package.json')) ? ['node_modules/'] : [])];
  try {
    const text = existsSync(path) ? await readFile(path, 'utf8') : '';
    const ignored = text.split(/\r?\n/).map((line) => line.trim().replace(/^(?:(?:\*\*)?\/)?(.*?)\/?$/, '$1/'));
    const missing = names.filter((name) => !ignored.includes(name));
    if (missing.length === 0) return `left   .gitignore as it is: ${names.join(', ')} are in it`;
    await writeFile(path, `${text}${text === '' || text.endsWith('\n') ? '' : '\n'}${missing.join('\n')}\n`);
    return `wrote  ${missing.join(', ')} into .gitignore`;
  } catch (error) {
    throw cannotWrite('.gitignore', error);
  }
}

function cannotWrite(name: string, cause: unknown): UserError {
  const why = errorCode(cause);
  return new UserError(`${name} cannot be written (${why}); run init in a folder that you may write to`, 2, { cause });
}
