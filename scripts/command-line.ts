import { Command, CommanderError, type CommandUnknownOpts, Option } from '@commander-js/extra-typings';
import { inert } from '../contract/inert.ts';
import { nearest } from '../contract/nearest.ts';
import { UserError } from '../contract/user-error.ts';
import { version } from '../contract/version.ts';
import { profiles } from '../load/profiles.ts';
import { addDoctor } from './commands/doctor.ts';
import { addGate } from './commands/gate.ts';
import { addInit } from './commands/init.ts';
import { addMock } from './commands/mock.ts';
import { addOperationCommands } from './commands/operation/operation-commands.ts';
import { addPayload } from './commands/payload.ts';
import { addProxy } from './commands/proxy.ts';
import { addReference } from './commands/reference.ts';
import { addReport } from './commands/report.ts';
import { addSpecCommands } from './commands/spec/spec-commands.ts';
import { addVectors } from './commands/vectors.ts';
import { addVerify } from './commands/verify.ts';
import { chosenOperation, withOperationFlag } from './config/chosen-operation.ts';
import {
  type CommandContext,
  dialectHelp,
  durationArgument,
  folderArgument,
  seedArgument,
  targetCommand,
  wholeNumber,
  withConnectionFlags,
} from './config/flags.ts';
import { failureDetails, failureLine, findExitCode } from './failure.ts';

/**
 * Runs a command line and returns its exit code: 130 if it was interrupted. It writes to standard output and standard error.
 * Each command imports what it needs when it runs, so that `--version` and `--help` are fast.
 * @param signal interrupts the command.
 */
export async function runCommandLine(args: readonly string[], signal: AbortSignal): Promise<number> {
  let exitCode = 0;
  let complete = false;
  const end: CommandContext['end'] = (code, when) => {
    exitCode = code;
    complete = when === 'interrupted';
  };
  const whenEnded = (code: number): number => (signal.aborted && code !== 0 && !complete ? 130 : code);
  try {
    const chosen = await chosenOperation(args);
    await createProgram({ signal, end, chosen }).parseAsync(args, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    process.stderr.write(`bindgate: ${failureLine(error)}\n${failureDetails(error)}`);
    return whenEnded(findExitCode(error));
  }
  return whenEnded(exitCode);
}

function createProgram(context: CommandContext): CommandUnknownOpts {
  const program: CommandUnknownOpts = new Command('bindgate')
    .description('Contract-test and load-test toolkit for operations that answer with a business code.')
    .version(version())
    .showSuggestionAfterError()
    .exitOverride()
    .addHelpText('beforeAll', ({ command }) => refuseUnknownCommand(command));
  addGate(program, context);
  addVerify(program, context);
  addLoad(program, context);
  addCompare(program, context);
  addReport(program, context);
  addInit(program, context);
  addDoctor(program, context);
  addReference(program, context);
  addMutants(program, context);
  addMock(program, context);
  addProxy(program, context);
  addPayload(program, context);
  addVectors(program, context);
  addExplain(program, context);
  addSpecCommands(program, context);
  addOperationCommands(program, context);
  withOperationFlag(program);
  for (const command of [program, ...program.commands.flatMap((child) => [child, ...child.commands])]) {
    command.configureOutput({ outputError: (text, write) => write(usageLine(text, command)) });
  }
  return program;
}

function addLoad(program: CommandUnknownOpts, context: CommandContext): void {
  targetCommand(program, 'load')
    .argument('<profile>', 'a profile below, or: merge')
    .argument('[files...]', 'with merge: the shares of one run')
    .description('load test with k6: counts business codes and rejects invalid measurements')
    .option('--rate <number>', 'requests started per second', wholeNumber(1, 100_000))
    .option(
      '--duration <time>',
      'how long: 20s, 2m, 1h, 1m30s; a number without a unit is in seconds',
      durationArgument('1s', '24h'),
    )
    .option('--processes <number>', 'number of k6 processes that share the load', wholeNumber(1, 64))
    .option('--kubernetes', 'do not run; write manifests for k6-operator, to run in a cluster')
    .option('--parallelism <number>', 'with --kubernetes: number of pods that share the load', wholeNumber(1, 300))
    .option('--namespace <name>', "with --kubernetes: namespace of the run (default: kubectl's current one)")
    .option(
      '--runner-image <name>',
      'with --kubernetes: pinned image of k6 (default: grafana/k6 in the version used here)',
    )
    .option('--k6-out <output...>', 'a further output of k6, such as opentelemetry or experimental-prometheus-rw')
    .option('--dialect <key=value...>', dialectHelp)
    .option('--out <dir>', 'folder for result files (default: reports)', folderArgument)
    .option('--json', 'print only load.json on standard output')
    .addHelpText('after', () =>
      ['', 'Profiles:', ...profiles.map(({ name, about }) => `  ${name.padEnd(11)} ${about}`)].join('\n'),
    )
    .action(async (profile, files, flags) => {
      const { end } = context;
      const { loadCommand, loadMergeCommand } = await import('./commands/load.ts');
      if (profile === 'merge') return end(await loadMergeCommand(files, flags, context));
      if (files.length > 0) throw new UserError(`load ${profile} takes no files; only "load merge" does`, 2);
      if (flags.kubernetes !== true) return end(await loadCommand(profile, flags, context));
      const { loadKubernetesCommand } = await import('./commands/load-kubernetes.ts');
      end(await loadKubernetesCommand(profile, flags, context));
    });
}

function addCompare(program: CommandUnknownOpts, context: CommandContext): void {
  const command = program
    .command('compare')
    .argument(
      '[files...]',
      'BEFORE and AFTER: two load.json files (a trend: PASS or INCONCLUSIVE, never FAIL), or two baselines or results.json files',
    )
    .description(
      'compare the speed of two servers or two stored load runs, or the behaviour in two baselines or results',
    )
    .option('--a <url>', "base URL of server A, the reference; the operation's path is appended")
    .option('--b <url>', 'base URL of server B, which may be slower')
    .option('--a-states <url>', 'provider states endpoint of A (default: that of the configuration)')
    .option('--b-states <url>', 'provider states endpoint of B (default: that of the configuration)')
    .option('--rate <number>', 'requests started per second (default: 200)', wholeNumber(1, 100_000))
    .option(
      '--windows <number>',
      'number of windows, A and B together; a multiple of 4 (default: 40)',
      wholeNumber(1, 1_000),
    )
    .option('--window-seconds <seconds>', 'length of a window in seconds (default: 2)', wholeNumber(1, 60))
    .addOption(
      new Option('--inconclusive <as>', '"pass" makes INCONCLUSIVE end with exit code 0').choices(['pass'] as const),
    )
    .option('--dialect <key=value...>', dialectHelp);
  withConnectionFlags(command)
    .option('--out <dir>', 'folder for result files (default: reports)', folderArgument)
    .option('--json', 'print only compare.json on standard output')
    .action(async (files, flags) => {
      context.end(await (await import('./commands/compare.ts')).compareCommand(files, flags, context));
    });
}

function addMutants(program: CommandUnknownOpts, context: CommandContext): void {
  program
    .command('mutants')
    .description('mutation testing of the suite: it must fail broken servers and pass conforming ones')
    .option(
      '--readings <number>',
      'only random conforming servers, this many; each has a random order of checks and random readings',
      wholeNumber(1, 1_000_000),
    )
    .option('--seed <number>', 'seed of all random values (default: 42)', seedArgument)
    .option('--only <id...>', 'only these mutants and variants: ids, groups (dk/) or patterns (*word)')
    .option('--json', 'print only mutants.json on standard output')
    .option('--out <dir>', 'folder for result files (default: reports)', folderArgument)
    .action(async (flags) => {
      context.end(await (await import('./commands/mutants.ts')).mutantsCommand(flags, context));
    });
}

function addExplain(program: CommandUnknownOpts, { end, chosen }: CommandContext): void {
  program
    .command('explain')
    .argument('<file>', 'a file with the request, in any form that docs/explain.md lists; - reads standard input')
    .description('explain why a signature or a ciphertext does not match, and what to change')
    .option(
      '--fixture <file>',
      'a JSON file with ps and userDomainSecret: a fixture, a list or a map of them; or BINDGATE_PS, BINDGATE_USER_DOMAIN_SECRET',
    )
    .option('--entry <number>', 'the number of one request if the file contains several', wholeNumber(1, 1_000_000))
    .option('--dialect <key=value...>', dialectHelp)
    .option('--json', 'print only the explanation as JSON on standard output')
    .option('--show-secrets', 'do not mask secrets, the text to sign and the expected values')
    .action(async (file, flags) => {
      await chosen.explain();
      end((await import('./commands/explain.ts')).explainCommand(file, flags));
    });
}

/** Commander shows the help of the parent for `help verfy` and `spec create --help`, and says nothing about the name. */
function refuseUnknownCommand(command: CommandUnknownOpts): string {
  const known = command.commands.map((child) => child.name());
  const name = command.args.find((word) => word !== 'help' && !word.startsWith('-'));
  if (name === undefined || known.length === 0 || known.includes(name)) return '';
  const meant = nearest(name, known);
  return command.error(`error: unknown command '${name}'${meant === undefined ? '' : ` (Did you mean ${meant}?)`}`);
}

/** Commander's message as one inert line, because it repeats user input. */
function usageLine(text: string, command: CommandUnknownOpts): string {
  const oneLine = text.trimEnd().replace(/\n(?=\(Did you mean [^\n]*\?\)$)/, ' ');
  const names = command.parent?.parent ? `${command.parent.name()} ${command.name()}` : command.name();
  const more = oneLine.startsWith('error: missing required argument') ? `; see bindgate ${names} --help` : '';
  return `${inert(oneLine.replace(/^error: /, 'bindgate: '), 500)}${more}\n`;
}
