import { Command, CommanderError, type CommandUnknownOpts, Option } from '@commander-js/extra-typings';
import { inert } from '../contract/inert.ts';
import { version } from '../contract/version.ts';
import { addDoctor } from './commands/doctor.ts';
import { addGate } from './commands/gate.ts';
import { addInit } from './commands/init.ts';
import { addMock } from './commands/mock.ts';
import { addPayload } from './commands/payload.ts';
import { addReference } from './commands/reference.ts';
import { addReport } from './commands/report.ts';
import { addSpecCommands } from './commands/spec/spec-commands.ts';
import { addVerify } from './commands/verify.ts';
import type { CommandContext } from './config/flags.ts';
import { durationArgument, seedArgument, targetCommand, wholeNumber } from './config/flags.ts';
import { failureDetails, failureLine, findExitCode } from './failure.ts';
import { operations } from './operations.ts';

/**
 * Runs a command line, which writes to standard output and standard error, and returns its exit code.
 * What a command needs is imported when it is called, so that `--version` and `--help` cost nothing.
 * @param signal interrupts the command.
 */
export async function runCommandLine(args: readonly string[], signal: AbortSignal): Promise<number> {
  let exitCode = 0;
  const end = (code: number): void => {
    exitCode = code;
  };
  try {
    await createProgram({ signal, end, chosen: operations[0] }).parseAsync(args, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    process.stderr.write(`bindgate: ${failureLine(error)}\n${failureDetails(error)}`);
    return findExitCode(error);
  }
  return exitCode;
}

function createProgram(context: CommandContext): CommandUnknownOpts {
  const program: CommandUnknownOpts = new Command('bindgate')
    .description('Contract-test and load-test toolkit for binding a pure-Bluetooth device.')
    .version(version())
    .showSuggestionAfterError()
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(usageLine(text)) });
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
  addPayload(program, context);
  addExplain(program, context);
  addSpecCommands(program, context);
  return program;
}

function addLoad(program: CommandUnknownOpts, context: CommandContext): void {
  targetCommand(program, 'load')
    .argument('<profile>', 'smoke, average, stress, spike, soak, breakpoint or stages; or: merge')
    .argument('[files...]', 'with merge: the shares of one run')
    .description('load with k6: business codes counted, numbers that mean nothing refused')
    .option('--rate <number>', 'requests started per second', wholeNumber(1, 100_000))
    .option(
      '--duration <time>',
      'how long: 20s, 2m, 1h, 1m30s; a number without a unit is in seconds',
      durationArgument('1s', '24h'),
    )
    .option('--processes <number>', 'k6 processes that share the load', wholeNumber(1, 64))
    .option('--kubernetes', 'run nothing: write what k6-operator needs to run it in a cluster')
    .option('--parallelism <number>', 'with --kubernetes: pods that share the load', wholeNumber(1, 300))
    .option('--namespace <name>', "with --kubernetes: where it is run (default: kubectl's)")
    .option(
      '--runner-image <name>',
      'with --kubernetes: image of k6, pinned (default: grafana/k6 at the version used here)',
    )
    .option('--k6-out <output...>', "an output of k6's own, such as opentelemetry or experimental-prometheus-rw")
    .option('--dialect <key=value...>', 'a reading of what the document leaves open')
    .option('--out <dir>', 'folder for result files (default: reports)')
    .option('--json', 'load.json on standard output, and nothing else there')
    .action(async (profile, files, flags) => {
      const { end } = context;
      if (profile === 'merge') {
        end(await (await import('./commands/load-merge.ts')).loadMergeCommand(files, flags, context));
      } else if (flags.kubernetes === true) {
        const { loadKubernetesCommand } = await import('./commands/load-kubernetes.ts');
        end(await loadKubernetesCommand(profile, files, flags, context));
      } else {
        end(await (await import('./commands/load.ts')).loadCommand(profile, files, flags, context));
      }
    });
}

function addCompare(program: CommandUnknownOpts, context: CommandContext): void {
  program
    .command('compare')
    .argument(
      '[files...]',
      'BEFORE and AFTER: two load.json files (a trend and a warning), or two baselines or results.json files',
    )
    .description(
      'is B slower than A? two live servers in one session, or two stored runs; or does it do otherwise than before?',
    )
    .option('--a <url>', "base URL of the server to compare with; the operation's path is appended")
    .option('--b <url>', 'base URL of the server that may have become slower')
    .option('--a-states <url>', "A's provider states endpoint (default: the configuration's)")
    .option('--b-states <url>', "B's provider states endpoint (default: the configuration's)")
    .option('--rate <number>', 'requests started per second (default: 200)', wholeNumber(1, 100_000))
    .option('--windows <number>', 'windows of A and B together, a multiple of 4 (default: 40)', wholeNumber(1, 1_000))
    .option('--window-seconds <seconds>', 'how long a window is (default: 2)', wholeNumber(1, 60))
    .addOption(new Option('--inconclusive <as>', 'let INCONCLUSIVE end with exit code 0').choices(['pass'] as const))
    .option('--dialect <key=value...>', 'a reading of what the document leaves open')
    .option('--header <header...>', 'a header for every request: "Name: value"')
    .option('--config <file>', 'configuration file (default: bindgate.config.*)')
    .option('--out <dir>', 'folder for result files (default: reports)')
    .option('--json', 'compare.json on standard output, and nothing else there')
    .action(async (files, flags) => {
      context.end(await (await import('./commands/compare.ts')).compareCommand(files, flags, context));
    });
}

function addMutants(program: CommandUnknownOpts, context: CommandContext): void {
  program
    .command('mutants')
    .description('how much the suite sees: broken servers that it must fail, and conforming ones that it must not')
    .option(
      '--readings <number>',
      'random conforming servers alone: how many, each with an order of checks and readings of its own',
      wholeNumber(1, 1_000_000),
    )
    .option('--seed <number>', 'seed of everything random (default: 42)', seedArgument)
    .option('--only <id...>', 'these mutants and variants alone: ids, groups (dk/) or patterns (*word)')
    .option('--json', 'mutants.json on standard output, and nothing else there')
    .option('--out <dir>', 'folder for result files (default: reports)')
    .action(async (flags) => {
      context.end(await (await import('./commands/mutants.ts')).mutantsCommand(flags, context));
    });
}

function addExplain(program: CommandUnknownOpts, { end }: CommandContext): void {
  program
    .command('explain')
    .argument('<file>', 'a request: JSON, a curl command or a HAR file; - is standard input')
    .description('why a signature or a ciphertext does not match, and what to change')
    .option(
      '--fixture <file>',
      'a fixture (JSON) with ps and userDomainSecret; or BINDGATE_PS, BINDGATE_USER_DOMAIN_SECRET',
    )
    .option('--entry <number>', 'of several requests in the file, this one', wholeNumber(1, 1_000_000))
    .option('--dialect <key=value...>', 'a reading of what the document leaves open')
    .option('--json', 'the explanation as JSON on standard output, and nothing else there')
    .option('--show-secrets', 'write secrets, the text to sign and the expected values as they are')
    .action(async (file, flags) => {
      end((await import('./commands/explain.ts')).explainCommand(file, flags));
    });
}

/** Commander's message as one inert line: it repeats what the user typed. */
function usageLine(text: string): string {
  const oneLine = text.trimEnd().replace(/\n(?=\(Did you mean [^\n]*\?\)$)/, ' ');
  return `${inert(oneLine.replace(/^error: /, 'bindgate: '), 500)}\n`;
}
