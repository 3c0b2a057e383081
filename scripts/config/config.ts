import { readFileSync, statSync } from 'node:fs';
import { basename, extname, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ErrorObject } from 'ajv/dist/2020.js';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { lilconfig } from 'lilconfig';
import { parse as parseYaml } from 'yaml';
import { decodeText } from '../../contract/decode-text.ts';
import { inert } from '../../contract/inert.ts';
import { nearest } from '../../contract/nearest.ts';
import { UserError } from '../../contract/user-error.ts';
import { definedOnly } from '../../spec/defined-only.ts';
import type { Config } from './config.generated.ts';
import schema from './config.schema.json' with { type: 'json' };
import { readDuration } from './duration.ts';

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
      '.json': (path) => parseConfig(path, () => JSON.parse(decodeText(readFileSync(path))) as unknown),
      '.yaml': (path) => parseConfig(path, () => parseYaml(decodeText(readFileSync(path))) as unknown),
      '.yml': (path) => parseConfig(path, () => parseYaml(decodeText(readFileSync(path))) as unknown),
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
  refuseInvalid(value, file);
  const config = value as Config;
  refuseBadTimeLimit(config, file);
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

function parseConfig(path: string, parse: () => unknown): unknown {
  try {
    return parse();
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

function refuseInvalid(config: unknown, file: string): void {
  const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true, verbose: true });
  const validate = ajv.compile(schema);
  if (validate(config)) return;
  // Of several alternatives, the user probably meant the one with the deepest error and the right type.
  const last = ({ keyword }: ErrorObject): number => ['type', 'anyOf'].indexOf(keyword);
  const errors = [...(validate.errors ?? [])].sort((a, b) => pathDepth(b) - pathDepth(a) || last(a) - last(b));
  const error = errors.find(({ keyword }) => keyword === 'additionalProperties') ?? errors[0];
  if (error === undefined) throw new UserError(`${file}: is not valid`, 2);
  const missing = errors.find(
    ({ keyword, instancePath }) => keyword === 'required' && instancePath === error.instancePath,
  );
  const both = missing === undefined ? [error] : [...new Set([missing, error])];
  throw new UserError(`${file}: ${both.map(describe).join('; ')}`, 2);
}

function refuseBadTimeLimit({ timeLimit }: Config, file: string): void {
  if (timeLimit === undefined) return;
  const seconds = readDuration(String(timeLimit)) ?? 0;
  if (seconds >= 1 && seconds <= 86_400) return;
  const shown = inert(String(timeLimit), 60);
  throw new UserError(`${file}: "timeLimit" ${shown} must be a duration from 1s to 24h, such as 90s or 10m`, 2);
}

function pathDepth({ instancePath }: ErrorObject): number {
  return instancePath.split('/').length;
}

function describe({ instancePath, keyword, params, message, data, parentSchema }: ErrorObject): string {
  const key = instancePath.slice(1).replaceAll('/', '.');
  if (keyword === 'additionalProperties') {
    const unknown = String(params['additionalProperty']);
    const known = Object.keys((parentSchema as { properties?: object }).properties ?? {});
    const meant = nearest(unknown, known);
    const hint = meant === undefined ? `the keys are ${known.join(', ')}` : `did you mean "${meant}"?`;
    return `unknown key "${inert(key === '' ? unknown : `${key}.${unknown}`)}"; ${hint}`;
  }
  if (keyword === 'dependentRequired') {
    return `"${params['property']}" is given without "${params['missingProperty']}"; give both, or neither`;
  }
  if (keyword === 'required') return `"${key}" has no "${params['missingProperty']}"`;
  if (key === '' && keyword === 'type') {
    return `the configuration must be keys and values, such as url: http://…; this file is ${whatIs(data)}`;
  }
  const rule = ruleText(keyword, params) ?? message ?? 'is not valid';
  return typeof data === 'string' ? `"${key}" ${rule}` : `"${key}" is ${whatIs(data)}; it ${rule}`;
}

/** What is in a file. A text, a list and an object may contain a secret, so only other values are shown. */
function whatIs(data: unknown): string {
  if (data === null) return 'empty';
  if (Array.isArray(data)) return 'a list';
  if (typeof data === 'object') return typeNames.object;
  return typeof data === 'string' ? typeNames.string : String(data);
}

const typeNames = {
  string: 'a text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'keys and values',
};

/** A rule of the schema in words; undefined for a rule that the message of the validator explains. */
function ruleText(keyword: string, params: ErrorObject['params']): string | undefined {
  const { type, limit } = params;
  switch (keyword) {
    case 'type': {
      const names = [type].flat().map((name) => typeNames[name as keyof typeof typeNames]);
      return `must be ${names.join(' or ')}`;
    }
    case 'minimum':
      return `must be at least ${limit}`;
    case 'maximum':
      return `must be at most ${limit}`;
    case 'minLength':
    case 'minItems':
      return 'must not be empty';
    default:
      return undefined;
  }
}
