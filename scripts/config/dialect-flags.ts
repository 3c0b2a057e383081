import { UserError } from '../../contract/user-error.ts';
import { lengthsOf } from '../../generators/pattern.ts';
import type { Dialect } from '../../spec/pure-bt/dialect.ts';
import { patternKeys, readDialect } from '../../spec/pure-bt/dialect.ts';

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
