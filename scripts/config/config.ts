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
import { readTimeLimit, readTimingEffect, timeLimits, timingEffects } from './duration.ts';
import type { TargetFlags, VerifyFlags } from './flags.ts';
import { refuseInvalid } from './refuse-invalid.ts';
import { pairTlsFlags } from './tls-files.ts';

export type { Config } from './config.generated.ts';

/** A configuration, and the name of its file for messages. */
export type LoadedConfig = { readonly config: Config; readonly file: string };

/** The flags that override the configuration, and the one that names its file. */
export type ConfigFlags = Pick<TargetFlags, 'config' | 'ca' | 'cert' | 'key'> &
  Pick<VerifyFlags, 'out' | 'seed' | 'runs' | 'strict' | 'timeLimit' | 'timingEffect'> & { readonly document?: string };

const endings = ['.yaml', '.yml', '.json', '.js', '.mjs', '.ts', '.mts'];
const searched = endings.toReversed().map((ending) => `bindgate.config${ending}`);

/**
 * The configuration of `--config`, or of the nearest `bindgate.config.*`, or an empty one. The environment overrides the
 * file, and flags override both.
 * @throws UserError (exit code 2) for a file that cannot be read, an unset variable, an unknown key or a bad value.
 */
export async function loadConfig(
  flags: ConfigFlags = {},
  environment: NodeJS.ProcessEnv = process.env,
): Promise<LoadedConfig> {
  const { config: file } = flags;
  if (file !== undefined) refuseUnreadable(file);
  const loaders = Object.fromEntries(endings.map((ending) => [ending, readConfigFile]));
  const loader = lilconfig('bindgate', { searchPlaces: searched, loaders });
  const found = await (file === undefined ? loader.search() : loader.load(file)).catch((error: unknown) => {
    const why = error instanceof Error ? firstLine(error.message) : 'it cannot be read';
    throw new UserError(`the configuration${file === undefined ? '' : ` ${file}`} cannot be loaded: ${why}`, 2, {
      cause: error,
    });
  });
  const name = found === null ? 'bindgate.config' : relative(process.cwd(), found.filepath) || found.filepath;
  const content: unknown = found === null || found.isEmpty === true ? {} : found.config;
  const { image, ...others } = checkConfig(expandVariables(content, name, environment, []), name);
  const { BINDGATE_URL: url, BINDGATE_STATES: states, BINDGATE_OUT: out } = environment;
  const changed = definedOnly({ url: url || undefined, states: states || undefined, out: out || undefined });
  // A URL in the environment replaces an image in the file.
  const kept = changed.url === undefined ? definedOnly({ image }) : {};
  return { config: withFlags({ ...others, ...kept, ...changed }, flags), file: name };
}

/**
 * A configuration with the flags that override it.
 * @throws UserError (exit code 2) for a certificate without its key, or a key without its certificate.
 */
export function withFlags(config: Config, flags: ConfigFlags): Config {
  const { ca, out, document, seed, runs, strict, timeLimit, timingEffect } = flags;
  const others = definedOnly({ ca, out, document, seed, runs, strict, timeLimit, timingEffect });
  return { ...config, ...pairTlsFlags(flags), ...others };
}

/**
 * Checks that a value is a configuration.
 * @param file its source, for messages.
 * @throws UserError (exit code 2) for an unknown key or a bad value.
 */
export function checkConfig(value: unknown, file: string): Config {
  refuseInvalid(value, schema, file, 'the configuration');
  const config = value as Config;
  const durations = [
    ['timeLimit', readTimeLimit, `${timeLimits.join(' to ')}, such as 90s or 10m`],
    ['timingEffect', readTimingEffect, `${timingEffects.join(' to ')} with its unit, such as 0.5ms`],
  ] as const;
  for (const [key, read, bounds] of durations) {
    const given = config[key];
    if (given === undefined || read(String(given)) !== undefined) continue;
    throw new UserError(`${file}: "${key}" ${inert(String(given), 60)} must be a duration from ${bounds}`, 2);
  }
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

/** The content of a configuration file. Its errors name the file, which may have been searched for. */
async function readConfigFile(path: string): Promise<unknown> {
  try {
    if (/\.m?[jt]s$/.test(path)) return await importDefault(path);
    const text = decodeText(readFileSync(path));
    return path.endsWith('.json') ? JSON.parse(text) : parseYaml(text);
  } catch (error) {
    throw new Error(`${basename(path)}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

async function importDefault(path: string): Promise<unknown> {
  const module = await (import(pathToFileURL(path).href) as Promise<{ default?: unknown }>);
  if (module.default === undefined) throw new Error('there is no default export');
  return module.default;
}

/** The first line of a parser's message; a colon at its end would point at lines that are not shown. */
function firstLine(message: string): string {
  return inert((message.split('\n')[0] ?? '').replace(/:$/, ''));
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
