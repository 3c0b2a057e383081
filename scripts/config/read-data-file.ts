import { readFileSync } from 'node:fs';
import type * as Yaml from 'yaml';
import { decodeText } from '../../contract/decode-text.ts';
import { UserError } from '../../contract/user-error.ts';
import { whyUnreadable } from '../../spec/error-code.ts';
import { loadLater } from '../../spec/load-later.ts';

/** It has 70 modules, and most commands read no YAML. */
const yaml = loadLater<typeof Yaml>('yaml');

/**
 * Reads a JSON or YAML file that a user wrote, in UTF-8 or UTF-16.
 * @param name the file in messages: `the fixture "a.json"`.
 * @param next the next step, for messages.
 * @throws UserError (exit code 2) if the file cannot be read or has another form.
 */
export function readDataFile(file: string, form: 'JSON' | 'JSON or YAML', name: string, next: string): unknown {
  let text = '';
  try {
    text = decodeText(readFileSync(file));
    return form === 'JSON' ? JSON.parse(text) : yaml().parse(text);
  } catch (error) {
    // A system error has a code; each parser has its own kind of error.
    const damaged = text.trim() === '' ? 'it is empty' : `it is not valid ${form}`;
    const why = error instanceof Error && 'syscall' in error ? whyUnreadable(error) : damaged;
    throw new UserError(`${name}: ${why}; ${next}`, 2, { cause: error });
  }
}
