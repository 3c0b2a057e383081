import type { Operation } from '../../spec/operation.ts';

/** The settings of a dialect, from a run or from a result file. */
type Settings = Readonly<Record<string, unknown>>;

/** The settings that differ from the default. */
export function changedSettings(
  dialect: Settings,
  { settings }: Operation,
): readonly { readonly key: string; readonly value: string }[] {
  return Object.entries(settings)
    .filter(([key, setting]) => dialect[key] !== setting.default)
    .map(([key]) => ({ key, value: String(dialect[key]) }));
}

/** The same on one line: `successCode=0 refusalStatus=any`, or `default`. */
export function dialectText(dialect: Settings, operation: Operation): string {
  return (
    changedSettings(dialect, operation)
      .map(({ key, value }) => `${key}=${value}`)
      .join(' ') || 'default'
  );
}

/** The settings of a dialect as flags, ready to paste. */
export function dialectFlags(settings: Settings): readonly string[] {
  return Object.entries(settings).map(([key, value]) => `--dialect ${key}=${String(value)}`);
}
