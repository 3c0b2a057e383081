import { inert } from '../../contract/inert.ts';
import { findContradiction } from '../../contract/targets/fixture.ts';
import { UserError } from '../../contract/user-error.ts';
import { patternLengths } from '../../generators/pattern.ts';
import type { Dialect } from '../../spec/dialect.ts';
import { isPattern, makeDefaultDialect, readSettings, settingValue } from '../../spec/dialect.ts';
import type { Operation } from '../../spec/operation.ts';
import type { Config } from './config.ts';

/**
 * The dialect of `--dialect key=value…`, over the settings of a configuration.
 * @param base what holds where neither says anything.
 * @throws UserError (exit code 2) for what is no setting or no value of one.
 */
export function readDialectFlags<Known extends Dialect>(
  base: Known,
  flags: readonly string[] = [],
  configured: Readonly<Record<string, string | number>> = {},
): Known {
  const pairs = flags.map((text) => {
    const at = text.indexOf('=');
    if (at < 1) throw new UserError(`--dialect must be key=value; "${text}" is not`, 2);
    return [text.slice(0, at), text.slice(at + 1)] as const;
  });
  const reading = readSettings({ ...configured, ...Object.fromEntries(pairs) }, base);
  if ('problem' in reading) throw new UserError(reading.problem, 2);
  const { dialect } = reading;
  for (const [key, setting] of Object.entries(base.operation.settings)) {
    if (!isPattern(setting) || !dialect.declared.includes(key)) continue;
    // Nothing could ever be sent: not one case about the field would mean anything.
    const value = String(settingValue(key, dialect));
    if (patternLengths(value) !== undefined) continue;
    throw new UserError(`dialect ${key} ${JSON.stringify(value)} matches no text at all; correct it`, 2);
  }
  return dialect;
}

/**
 * The dialect of flags and a configuration.
 * @throws UserError (exit code 2) as `readDialectFlags` does, and for a fixture of the configuration that its formats refuse.
 */
export function readConfiguredDialect(
  flags: readonly string[] | undefined,
  config: Config,
  operation: Operation,
): Dialect {
  const dialect = readDialectFlags(makeDefaultDialect(operation), flags, config.dialect);
  refuseContradictions(config, dialect);
  return dialect;
}

/** Fixtures of the configuration that the formats of its own dialect refuse. */
function refuseContradictions({ fixtures = {} }: Config, dialect: Dialect): void {
  for (const [state, list] of Object.entries(fixtures)) {
    for (const [index, fixture] of list.entries()) {
      // Whether the fixture is complete, its reader sees to.
      const texts = Object.entries(fixture).filter(([, value]) => typeof value === 'string');
      const contradiction = findContradiction(Object.fromEntries(texts), dialect);
      if (contradiction !== undefined) throw new UserError(`fixtures["${inert(state)}"][${index}] ${contradiction}`, 2);
    }
  }
}
