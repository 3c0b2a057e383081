import { readFileSync, statSync } from 'node:fs';
import { basename, extname, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { lilconfig } from 'lilconfig';
import { parse as parseYaml } from 'yaml';
import { decodeText } from '../../contract/decode-text.ts';
import { inert } from '../../contract/inert.ts';
import { UserError } from '../../contract/user-error.ts';
import { definedOnly } from '../../spec/defined-only.ts';
import type { Config } from './config.generated.ts';
import schema from './config.schema.json' with { type: 'json' };
import { readDuration, readTimingEffect, timingEffects } from './duration.ts';
import { refuseInvalid } from './refuse-invalid.ts';

export type { Config } from './config.generated.ts';

/** A configuration, and the name of its file for messages. */
export type LoadedConfig = { readonly config: Config; readonly file: string };

const endings = ['.yaml', '.yml', '.json', '.js', '.mjs', '.ts', '.mts'];
const searched = endings.toReversed().map((ending) => `bindgate.config${ending}`);

/**
 * The configuration of a file, or of the nearest `bindgate.config.*`; empty if no file is found.
 * @throws UserError (exit code 2) for a file that cannot be read, an unset variable, an unknown key or a bad value.
 */
export async function loadConfig(file?: string, environment: NodeJS.ProcessEnv = process.env): Promise<LoadedConfig> {
  if (file !== undefined) refuseUnreadable(file);
  const loader = lilconfig('bindgate', {
    searchPlaces: searched,
    loaders: {
      '.ts': importDefault,
      '.mts': importDefault,
      '.js': importDefault,
      '.mjs': importDefault,
      '.json': (path) => parseConfig(path, JSON.parse),
      '.yaml': (path) => parseConfig(path, parseYaml),
      '.yml': (path) => parseConfig(path, parseYaml),
    },
  });
  const found = await (file === undefined ? loader.search() : loader.load(file)).catch((error: unknown) => {
    const why = error instanceof Error ? firstLine(error.message) : 'it cannot be read';
    throw new UserError(`the configuration${file === undefined ? '' : ` ${file}`} cannot be loaded: ${why}`, 2, {
      cause: error,
    });
  });
  const name = found === null ? 'bindgate.config' : relative(process.cwd(), found.filepath) || found.filepath;
  const content: unknown = found === null || found.isEmpty === true ? {} : found.config;
  const { image, ...others } = checkConfig(expandVariables(content, name, environment, []), name);
  // The environment overrides the file, and flags override both.
  const { BINDGATE_URL: url, BINDGATE_STATES: states, BINDGATE_OUT: out } = environment;
  const changed = definedOnly({ url: url || undefined, states: states || undefined, out: out || undefined });
  // A URL in the environment replaces an image in the file.
  const kept = changed.url === undefined ? definedOnly({ image }) : {};
  return { config: { ...others, ...kept, ...changed }, file: name };
}

/**
 * Checks that a value is a configuration.
 * @param file its source, for messages.
 * @throws UserError (exit code 2) for an unknown key or a bad value.
 */
export function checkConfig(value: unknown, file: string): Config {
  refuseInvalid(value, schema, file, 'the configuration');
  const config = value as Config;
  refuseBadTimeLimit(config, file);
  refuseBadTimingEffect(config, file);
  return config;
}

function refuseUnreadable(file: string): void {
  const found = statSync(file, { throwIfNoEntry: false });
  if (found === undefined) {
    throw new UserError(`${file}: there is no such file; correct --config, or run bindgate init`, 2);
  }
  if (found.isDirectory()) throw new UserError(`${file}: it is a folder; give the file with --config`, 2);
  if (endings.includes(extname(file))) return;
  throw new UserError(`${file}: a configuration must be ${endings.slice(0, -1).join(', ')} or ${endings.at(-1)}`, 2);
}

async function importDefault(path: string): Promise<unknown> {
  const module = await (import(pathToFileURL(path).href) as Promise<{ default?: unknown }>).catch((error: unknown) => {
    throw namedError(path, error);
  });
  if (module.default === undefined) throw new Error(`${basename(path)} has no default export`);
  return module.default;
}

function parseConfig(path: string, parse: (text: string) => unknown): unknown {
  try {
    return parse(decodeText(readFileSync(path)));
  } catch (error) {
    throw namedError(path, error);
  }
}

/** The first line of a parser's message; a colon at its end would point at lines that are not shown. */
function firstLine(message: string): string {
  return inert((message.split('\n')[0] ?? '').replace(/:$/, ''));
}

/** Adds the name of the file that was found to an error. */
function namedError(path: string, error: unknown): Error {
  return new Error(`${basename(path)}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
}

/** Replaces `${NAME}` in any text by the environment variable, so that secrets need no flag. */
function expandVariables(
  value: unknown,
  file: string,
  environment: NodeJS.ProcessEnv,
  path: readonly string[],
): unknown {
  if (typeof value === 'string') {
    return value.replace(/\$\{(\w+)\}/g, (_, name: string) => {
      const content = environment[name];
      if (content === undefined || content === '') {
        throw new UserError(
          `${file}: ${path.join('.')} uses \${${name}}, which is not set; export ${name} and run again`,
          2,
        );
      }
      return content;
    });
  }
  if (Array.isArray(value))
    return value.map((item, index) => expandVariables(item, file, environment, [...path, String(index)]));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) => [key, expandVariables(child, file, environment, [...path, key])]),
  );
}

function refuseBadTimingEffect({ timingEffect }: Config, file: string): void {
  if (timingEffect === undefined || readTimingEffect(timingEffect) !== undefined) return;
  const [least, most] = timingEffects;
  throw new UserError(
    `${file}: "timingEffect" ${inert(timingEffect, 60)} must be a duration from ${least} to ${most} with its unit, such as 0.5ms`,
    2,
  );
}

function refuseBadTimeLimit({ timeLimit }: Config, file: string): void {
  if (timeLimit === undefined) return;
  const seconds = readDuration(String(timeLimit)) ?? 0;
  if (seconds >= 1 && seconds <= 86_400) return;
  const shown = inert(String(timeLimit), 60);
  throw new UserError(`${file}: "timeLimit" ${shown} must be a duration from 1s to 24h, such as 90s or 10m`, 2);
}
