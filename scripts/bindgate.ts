/** The command line. Commands are imported when they are called, so that `--version` and `--help` cost nothing. */

import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { inert } from '../contract/inert.ts';
import { addSpecCommands } from './commands/spec/menu.ts';
import { durationArgument } from './duration.ts';
import { exitCodeOf, failureDetails, failureLine } from './failure.ts';
import { version } from './version.ts';

const interrupted = new AbortController();
let exitCode = 0;

const program = new Command('bindgate')
  .description('Contract-test and load-test toolkit for binding a pure-Bluetooth device.')
  .version(version())
  .showSuggestionAfterError()
  .exitOverride()
  .configureOutput({ outputError: (text, write) => write(usageLine(text)) });

withVerifying(withTarget(program.command('gate')))
  .description(
    'spec, mock, contract and a short load in order; one summary, one exit code; fails where a documented code is not covered',
  )
  .option('--skip <station...>', 'leave out a station: spec, mock, contract, load')
  .option('--document <file>', "the vendor's page; the contract must say what it says")
  .action(async (flags) => {
    exitCode = await (await import('./commands/gate.ts')).gateCommand(flags, interrupted.signal);
  });

withVerifying(withTarget(program.command('verify')))
  .description('the contract on a target')
  .option('--json', 'results.json on standard output, and nothing else there')
  .option('--record <file>', 'keep what the server did, and which of two faults wins, as a text for review')
  .option('--failed', 'run what failed in the last full run of --out')
  .option('--require-coverage', 'fail where a documented code is not covered, as the gate does')
  .option('--fail-fast', 'end the run after the first failed case')
  .option('--list', 'show every case and stop')
  .action(async (flags) => {
    exitCode = await (await import('./commands/verify.ts')).verifyCommand(flags, interrupted.signal);
  });

withTarget(program.command('load'))
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
    if (profile === 'merge') {
      exitCode = await (await import('./commands/load-merge.ts')).loadMergeCommand(files, flags);
      return;
    }
    if (flags.kubernetes === true) {
      const { loadKubernetesCommand } = await import('./commands/load-kubernetes.ts');
      exitCode = await loadKubernetesCommand(profile, files, flags, interrupted.signal);
      return;
    }
    exitCode = await (await import('./commands/load.ts')).loadCommand(profile, files, flags, interrupted.signal);
  });

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
  .addOption(new Option('--inconclusive <as>', 'let INCONCLUSIVE end with exit code 0').choices(['pass']))
  .option('--dialect <key=value...>', 'a reading of what the document leaves open')
  .option('--header <header...>', 'a header for every request: "Name: value"')
  .option('--config <file>', 'configuration file (default: bindgate.config.*)')
  .option('--out <dir>', 'folder for result files (default: reports)')
  .option('--json', 'compare.json on standard output, and nothing else there')
  .action(async (files, flags) => {
    exitCode = await (await import('./commands/compare.ts')).compareCommand(files, flags, interrupted.signal);
  });

program
  .command('report')
  .argument('[folder]', 'where the result files are (default: reports)')
  .description('report.html anew, from results.json, gate.json and load.json')
  .option('--config <file>', 'configuration file (default: bindgate.config.*)')
  .action(async (folder, flags) => {
    exitCode = await (await import('./commands/report.ts')).reportCommand(folder, flags);
  });

program
  .command('init')
  .description('starter files for this folder: a configuration, a GitHub Actions workflow, a line of .gitignore')
  .option('--yes', 'ask nothing')
  .option('--force', 'replace what stands already')
  .action(async (flags) => {
    exitCode = await (await import('./commands/init.ts')).initCommand(flags, interrupted.signal);
  });

program
  .command('doctor')
  .description('what is installed, what is missing, the line that gets it; and whether a target can be used')
  .option('--get', 'bring k6 now: downloaded, or built with Go')
  .option('--url <url>', "base URL of a server to try; the operation's path is appended")
  .option('--states <url>', 'provider states endpoint')
  .option('--header <header...>', 'a header for every request: "Name: value"')
  .option('--config <file>', 'configuration file (default: bindgate.config.*)')
  .option('--json', 'the findings as JSON on standard output, and nothing else there')
  .action(async (flags) => {
    exitCode = await (await import('./commands/doctor.ts')).doctorCommand(flags, interrupted.signal);
  });

program
  .command('reference')
  .description('the embedded reference server, until interrupted')
  .option('--port <number>', 'port to listen on; 0 takes a free one', wholeNumber(0, 65_535))
  .option('--host <address>', 'address to listen on; 0.0.0.0 for all (default: 127.0.0.1)')
  .option('--states <path>', 'path of its provider states (default: /_states)')
  .option('--mutant <id>', 'start it as a mutant or a conforming variant of `bindgate mutants`')
  .action(async (flags) => {
    exitCode = await (await import('./commands/reference.ts')).referenceCommand(flags, interrupted.signal);
  });

program
  .command('mutants')
  .description('how much the suite sees: broken servers that it must fail, and conforming ones that it must not')
  .option(
    '--readings <number>',
    'random conforming servers alone: how many, each with an order of checks and readings of its own',
    wholeNumber(1, 1_000_000),
  )
  .option('--seed <number>', 'seed of everything random (default: 42)', wholeNumber(0, 2 ** 32 - 1))
  .option('--only <id...>', 'these mutants and variants alone: ids, groups (dk/) or patterns (*word)')
  .option('--json', 'mutants.json on standard output, and nothing else there')
  .option('--out <dir>', 'folder for result files (default: reports)')
  .action(async (flags) => {
    exitCode = await (await import('./commands/mutants.ts')).mutantsCommand(flags, interrupted.signal);
  });

program
  .command('mock')
  .description("Prism behind a thin front that answers with the document's codes, until interrupted")
  .option('--port <number>', 'port to listen on; 0 takes a free one', wholeNumber(0, 65_535))
  .option('--plain', 'bare Prism: its own answers, its own log')
  .option('--document <file>', "mock the operation of this page of the vendor's in place of the contract's")
  .option('--operation <path>', 'of several operations on that page, the one with this path')
  .action(async (flags) => {
    exitCode = await (await import('./commands/mock.ts')).mockCommand(flags, interrupted.signal);
  });

program
  .command('payload')
  .argument('[name]', 'a named fault or form; a plain correct request without one')
  .description('signed requests on standard output')
  .option('--fixture <file>', 'a fixture (JSON) to make them from; made up without one')
  .option('--count <number>', 'how many', wholeNumber(1, 1_000_000))
  .option('--seed <number>', 'seed of everything random', wholeNumber(0, 2 ** 32 - 1))
  .addOption(new Option('--format <format>').choices(['json', 'ndjson', 'curl']).default('json'))
  .option('--url <url>', 'base URL for --format curl')
  .option('--list', 'show every fault and form and stop')
  .action(async (name, flags) => {
    exitCode = await (await import('./commands/payload.ts')).payloadCommand(name, flags);
  });

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
    exitCode = (await import('./commands/explain.ts')).explainCommand(file, flags);
  });

addSpecCommands(program, (code) => {
  exitCode = code;
});

function withTarget(command: Command): Command {
  return command
    .option('--url <url>', "base URL of the server; the operation's path is appended")
    .option('--states <url>', 'provider states endpoint (with --reference and --image: a path, by default /_states)')
    .option('--reference', 'the embedded reference server')
    .option('--image <name>', 'a server in a container, started for the run')
    .option('--image-port <number>', 'the port it listens on inside (default: 8080)', wholeNumber(1, 65_535))
    .option('--prism', 'the Prism mock: every example of the contract')
    .option('--header <header...>', 'a header for every request: "Name: value"')
    .option('--config <file>', 'configuration file (default: bindgate.config.*)');
}

function withVerifying(command: Command): Command {
  return command
    .option('--only <id...>', 'run these cases alone: ids, groups (dk/) or patterns (*dk-too-long)')
    .option('--seed <number>', 'seed of everything random', wholeNumber(0, 2 ** 32 - 1))
    .option('--dialect <key=value...>', 'a reading of what the document leaves open')
    .option(
      '--runs <number>',
      'arbitrary requests each property is tried with (default: 25)',
      wholeNumber(1, 1_000_000),
    )
    .option('--path <path>', 'the way to one arbitrary request, as a failure printed it')
    .option('--strict', 'a warning is a failure')
    .option(
      '--baseline <file>',
      'what the server did before, as --record wrote it: what it does otherwise is a finding',
    )
    .option('--har', 'keep the traffic with the target as traffic.har')
    .option(
      '--time-limit <duration>',
      'end the contract run after this time with what was measured, such as 90s or 10m (default: 10m)',
      durationArgument('1s', '24h'),
    )
    .option('--show-secrets', 'write secrets as they are')
    .option('--out <dir>', 'folder for result files (default: reports)');
}

function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
  };
}

/** Commander's message as one inert line: it repeats what the user typed. */
function usageLine(text: string): string {
  const oneLine = text.trimEnd().replace(/\n(?=\(Did you mean [^\n]*\?\)$)/, ' ');
  return `${inert(oneLine.replace(/^error: /, 'bindgate: '), 500)}\n`;
}

let interruptedAt = 0;

/**
 * The first signal ends the work in hand and writes what there is; a second one ends at once.
 * Within half a second it is the same one: npm and the launcher forward what a terminal has sent to all.
 */
function interrupt(): void {
  if (interrupted.signal.aborted && performance.now() - interruptedAt > 500) process.exit(130);
  if (!interrupted.signal.aborted) interruptedAt = performance.now();
  interrupted.abort();
}

process.on('SIGINT', interrupt);
process.on('SIGTERM', interrupt);
// A reader that has seen enough (`| head`) is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(exitCode);
});

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    exitCode = error.exitCode === 0 ? 0 : 2;
  } else {
    exitCode = exitCodeOf(error);
    process.stderr.write(`bindgate: ${failureLine(error)}\n${failureDetails(error)}`);
  }
}
process.exitCode = interrupted.signal.aborted && exitCode !== 0 ? 130 : exitCode;
// All is written and given back by now. What was given up, a pull of an image, say, cannot be stopped and must not be waited for.
if (interrupted.signal.aborted) setTimeout(() => process.exit(), 1_000).unref();
