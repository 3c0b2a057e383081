import { inert } from '../../contract/inert.ts';
import { didYouMean } from '../../contract/nearest.ts';
import { findContradiction } from '../../contract/targets/fixture.ts';
import { UserError } from '../../contract/user-error.ts';
import { patternLengths } from '../../generators/pattern.ts';
import {
  type Dialect,
  isPattern,
  makeDefaultDialect,
  readSettings,
  settingNames,
  settingValue,
} from '../../spec/dialect.ts';
import type { Operation } from '../../spec/operation.ts';
import type { Config } from './config.ts';

/**
 * Reads the dialect from `--dialect key=value…`, in addition to the settings of a configuration.
 * @param base the settings that neither changes.
 * @throws UserError (exit code 2) for an unknown setting or an invalid value.
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
  refuseUnknownSetting(Object.keys(configured), base, 'the configuration: ');
  const named = pairs.map(([key]) => key);
  refuseUnknownSetting(named, base, '');
  const reading = readSettings({ ...configured, ...Object.fromEntries(pairs) }, base);
  if ('problem' in reading) throw new UserError(reading.problem, 2);
  const { dialect } = reading;
  for (const [key, setting] of Object.entries(base.operation.settings)) {
    if (!isPattern(setting) || !dialect.declared.includes(key)) continue;
    // No valid value of the field would exist, so no case about it could be sent.
    const value = String(settingValue(key, dialect));
    if (patternLengths(value) !== undefined) continue;
    throw new UserError(`dialect ${key} ${JSON.stringify(value)} matches no text at all; correct the pattern`, 2);
  }
  return dialect;
}

/**
 * The dialect from flags and a configuration.
 * @throws UserError (exit code 2) like `readDialectFlags`, and for a fixture of the configuration that its formats refuse.
 */
export function readConfiguredDialect(
  flags: readonly string[] | undefined,
  config: Config,
  operation: Operation,
): Dialect {
  const dialect = readDialectFlags(makeDefaultDialect(operation), flags, config.dialect);
  for (const [state, list] of Object.entries(config.fixtures ?? {})) {
    for (const [index, fixture] of list.entries()) {
      // The reader of the fixture checks whether it is complete.
      const texts = Object.entries(fixture).filter(([, value]) => typeof value === 'string');
      const contradiction = findContradiction(Object.fromEntries(texts), dialect);
      if (contradiction !== undefined) throw new UserError(`fixtures["${inert(state)}"][${index}] ${contradiction}`, 2);
    }
  }
  return dialect;
}

/** @param where its source, for the message. */
function refuseUnknownSetting(keys: readonly string[], base: Dialect, where: string): void {
  const known = settingNames(base);
  const unknown = keys.find((key) => !known.includes(key));
  if (unknown === undefined) return;
  const hint = didYouMean(unknown, known, `the settings are ${known.join(', ')}`);
  throw new UserError(`${where}unknown dialect setting "${inert(unknown)}"; ${hint}`, 2);
}
