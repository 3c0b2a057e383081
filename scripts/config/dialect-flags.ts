import { inert } from '../../contract/inert.ts';
import { contradictionOf } from '../../contract/targets/fixture.ts';
import { UserError } from '../../contract/user-error.ts';
import { lengthsOf } from '../../generators/pattern.ts';
import type { Dialect } from '../../spec/pure-bt/dialect.ts';
import { patternKeys, readDialect } from '../../spec/pure-bt/dialect.ts';
import type { Config } from './config.ts';

/**
 * The dialect of `--dialect key=value…`, over the settings of a configuration.
 * @throws UserError (exit code 2) for what is no setting or no value of one.
 */
export function readDialectFlags(
  flags: readonly string[] = [],
  configured: Readonly<Record<string, string | number>> = {},
): Dialect {
  const pairs = flags.map((text) => {
    const at = text.indexOf('=');
    if (at < 1) throw new UserError(`--dialect must be key=value; "${text}" is not`, 2);
    return [text.slice(0, at), text.slice(at + 1)] as const;
  });
  const reading = readDialect({ ...configured, ...Object.fromEntries(pairs) });
  if ('problem' in reading) throw new UserError(reading.problem, 2);
  const { dialect } = reading;
  for (const key of patternKeys) {
    // Nothing could ever be sent: not one case about the field would mean anything.
    if (dialect.declared.includes(key) && lengthsOf(dialect[key]) === undefined) {
      throw new UserError(`dialect ${key} ${JSON.stringify(dialect[key])} matches no text at all; correct it`, 2);
    }
  }
  return dialect;
}

/**
 * The dialect of flags and a configuration.
 * @throws UserError (exit code 2) as `readDialectFlags` does, and for a fixture of the configuration that its formats refuse.
 */
export function readConfiguredDialect(flags: readonly string[] | undefined, config: Config): Dialect {
  const dialect = readDialectFlags(flags, config.dialect);
  refuseContradictions(config, dialect);
  return dialect;
}

/** Fixtures of the configuration that the formats of its own dialect refuse. */
function refuseContradictions({ fixtures = {} }: Config, dialect: Dialect): void {
  for (const [state, list] of Object.entries(fixtures)) {
    for (const [index, { dk, bindingCode }] of (list as readonly { dk?: unknown; bindingCode?: unknown }[]).entries()) {
      // Whether the fixture is complete, its reader sees to.
      if (typeof dk !== 'string' || typeof bindingCode !== 'string') continue;
      const contradiction = contradictionOf({ dk, bindingCode }, dialect);
      if (contradiction !== undefined) throw new UserError(`fixtures["${inert(state)}"][${index}] ${contradiction}`, 2);
    }
  }
}
