import { didYouMean } from '../../contract/nearest.ts';
import { UserError } from '../../contract/user-error.ts';
import type { Row } from './row.ts';

/**
 * The rows with these ids, in the order of the table; all rows if no id is given.
 * @throws UserError (exit code 2) for an unknown id.
 */
export function selectRows(rows: readonly Row[], ids: readonly string[]): readonly Row[] {
  const known = rows.map(({ id }) => id);
  for (const id of ids) {
    if (!known.includes(id)) {
      throw new UserError(`no row is called "${id}"; ${didYouMean(id, known, `there are ${known.join(', ')}`)}`, 2);
    }
  }
  return ids.length === 0 ? rows : rows.filter(({ id }) => ids.includes(id));
}
