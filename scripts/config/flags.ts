import {
  type Command,
  type CommandUnknownOpts,
  InvalidArgumentError,
  type OptionValues,
} from '@commander-js/extra-typings';
import { UserError } from '../../contract/user-error.ts';
import type { KnownOperation } from '../operations.ts';
import { readBetween, readTimingEffect, timeLimits, timingEffects } from './duration.ts';

/** The input of a command in addition to its arguments and flags. */
export type CommandContext = {
  /** Aborted by Ctrl-C and SIGTERM. */
  readonly signal: AbortSignal;
  /** Sets the exit code; `interrupted` says that an interruption is the usual end, so that it keeps this exit code. */
  readonly end: (exitCode: number, when?: 'interrupted') => void;
  readonly chosen: KnownOperation;
};

/** The flags that name a target. */
export type TargetFlags = {
  /** The id or the folder of the operation. */
  readonly operation?: string;
  readonly url?: string;
  readonly states?: string;
  readonly reference?: boolean;
  readonly image?: string;
  readonly imagePort?: number;
  readonly prism?: boolean;
} & ConnectionFlags;

/** The flags of a connection to a server; those for TLS are names of PEM files. */
export type ConnectionFlags = {
  readonly header?: readonly string[];
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  readonly config?: string;
};

/** The flags that select cases and settings of a verification. */
export type VerifyFlags = {
  readonly only?: readonly string[];
  readonly seed?: number;
  readonly dialect?: readonly string[];
  readonly runs?: number;
  readonly path?: string;
  readonly strict?: boolean;
  readonly baseline?: string;
  readonly har?: boolean;
  /** In seconds. */
  readonly timeLimit?: number;
  readonly timingEffect?: string;
  readonly showSecrets?: boolean;
  readonly out?: string;
  /** Only `verify` has these three. */
  readonly record?: string;
  readonly failFast?: boolean;
  readonly requireCoverage?: boolean;
};

/** The help of `--dialect`. */
export const dialectHelp =
  "how your server decides a point that the vendor's page leaves open, such as successCode=0; see docs/dialect.md";

/** Adds the flags that name a target to a command. */
export function targetCommand(program: CommandUnknownOpts, name: string): Command<[], TargetFlags> {
  const command = program
    .command(name)
    .option('--url <url>', "base URL of the server; the operation's path is appended")
    .option('--states <url>', 'provider states endpoint (with --reference and --image: a path, by default /_states)')
    .option('--reference', 'use the embedded reference server')
    .option('--image <name>', 'start this image as the server, in a container')
    .option('--image-port <number>', 'port of the server inside the container (default: 8080)', wholeNumber(1, 65_535))
    .option('--prism', 'test the built-in mock (Prism) instead of a server');
  return withConnectionFlags(command);
}

/** Adds the flags of a connection to a server, and the configuration that may have them too. */
export function withConnectionFlags<Arguments extends unknown[], Flags extends OptionValues>(
  command: Command<Arguments, Flags>,
): Command<Arguments, Flags & ConnectionFlags> {
  const added: CommandUnknownOpts = command;
  added
    .option('--header <header...>', 'a header for every request: "Name: value"')
    .option('--ca <file>', 'file of a certificate authority to trust (PEM)')
    .option(
      '--cert <file>',
      'file of a client certificate (PEM), for a server that asks for one; without --key, it has the key too',
    )
    .option('--key <file>', "file of the client certificate's private key (PEM)")
    .option('--config <file>', 'configuration file (default: bindgate.config.*)');
  return command as Command<Arguments, Flags & ConnectionFlags>;
}

/** Adds the flags of a target and of a verification to a command. */
export function verifyingCommand(program: CommandUnknownOpts, name: string): Command<[], TargetFlags & VerifyFlags> {
  return targetCommand(program, name)
    .option('--only <id...>', 'run only these cases: ids, groups (dk/) or patterns (*dk-too-long)')
    .option('--seed <number>', 'seed of all random values', seedArgument)
    .option('--dialect <key=value...>', dialectHelp)
    .option(
      '--runs <number>',
      'number of random requests in each case of the group property/ (default: 25)',
      wholeNumber(1, 1_000_000),
    )
    .option(
      '--path <path>',
      'repeat one random request: the numbers that a failed property case printed (with --only and --seed)',
    )
    .option('--strict', 'treat warnings as failures')
    .option('--baseline <file>', 'compare with a baseline file of --record; differences fail the run')
    .option('--har', 'write the traffic with the target to traffic.har')
    .option(
      '--time-limit <duration>',
      'end the contract run after this time with partial results, such as 90s or 10m (default: 10m)',
      durationArgument(...timeLimits),
    )
    .option(
      '--timing-effect <duration>',
      'the smallest difference of two response times that matters (default: 0.5ms on loopback, else 5ms)',
      timingEffectArgument,
    )
    .option('--show-secrets', 'do not mask secrets')
    .option('--out <dir>', 'folder for result files (default: reports)', folderArgument);
}

/** A flag as a user writes it: `--k6-out` for `k6Out`. */
export function flagName(name: string): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/** A commander argument parser for the folder of `--out`. */
export function folderArgument(text: string): string {
  if (text === '') throw new UserError('--out needs a folder name', 2);
  return text;
}

/** A commander argument parser for the path of the states endpoint on a server that bindgate starts. */
export function statesPathArgument(text: string): string {
  if (text.startsWith('/')) return text;
  throw new UserError(`--states must be a path such as /_states; "${text}" does not start with /`, 2);
}

function timingEffectArgument(text: string): string {
  if (readTimingEffect(text) !== undefined) return text;
  const bounds = timingEffects.join(' to ');
  throw new InvalidArgumentError(`It must be a duration from ${bounds} with its unit, such as 0.5ms.`);
}

/** A commander argument parser for a whole number within bounds. */
export function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
  };
}

/** A commander argument parser for a seed. */
export const seedArgument: (text: string) => number = wholeNumber(0, 2 ** 32 - 1);

/**
 * A commander argument parser for a duration from `least` to `most`, both given as durations. It returns seconds.
 * @throws InvalidArgumentError for another text; its message names the units and the bounds.
 */
export function durationArgument(least: string, most: string): (text: string) => number {
  return (text) => {
    const seconds = readBetween(text, least, most);
    if (seconds !== undefined) return seconds;
    throw new InvalidArgumentError(
      `It must be a duration from ${least} to ${most}, such as 20s, 2m, 1h, 1m30s or 1500ms; a number without a unit is in seconds.`,
    );
  };
}
