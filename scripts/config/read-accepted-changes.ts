import { type Document, LineCounter, parseDocument } from 'yaml';
import { inert } from '../../contract/inert.ts';
import { didYouMean } from '../../contract/nearest.ts';
import { readTextFile } from '../../contract/result-file.ts';
import { UserError } from '../../contract/user-error.ts';
import type { AcceptedChanges } from '../../spec/diff/accepted-changes.generated.ts';
import schema from '../../spec/diff/accepted-changes.schema.json' with { type: 'json' };
import { rules } from '../../spec/diff/change.ts';
import { isRecord } from '../../spec/is-record.ts';
import { refuseInvalid } from './refuse-invalid.ts';

const next = `write a YAML or JSON file with schema: ${schema.$id}, accept and severities`;

/**
 * Reads a file of accepted changes and severities, in YAML or JSON.
 * @throws UserError (exit code 2) if it cannot be read, is of another kind or version, or has an unknown key, an unknown
 * kind of change or a bad date.
 */
export function readAcceptedChanges(file: string): AcceptedChanges {
  const lines = new LineCounter();
  const document = parseDocument(readTextFile(file, next), { lineCounter: lines });
  const [error] = document.errors;
  if (error !== undefined) {
    const why = inert(error.message.split('\n')[0]?.replace(/:$/, '') ?? '');
    throw new UserError(`${file}:${lines.linePos(error.pos[0]).line}: this is not YAML: ${why}; ${next}`, 2);
  }
  const value: unknown = readValue(document, file);
  if (value === null || value === undefined) throw new UserError(`${file}: the file is empty; ${next}`, 2);
  const kind = isRecord(value) ? value['schema'] : undefined;
  if (kind !== schema.$id) {
    const got = typeof kind === 'string' ? `its schema is ${inert(kind, 60)}` : 'the file has no schema';
    throw new UserError(`${file}: ${got}; ${next}`, 2);
  }
  refuseInvalid(value, schema, file, 'the file');
  const accepted = value as AcceptedChanges;
  for (const [index, { rule }] of (accepted.accept ?? []).entries()) {
    refuseUnknownRule(rule, `${file}: accept.${index}.rule`);
  }
  for (const rule of Object.keys(accepted.severities ?? {})) refuseUnknownRule(rule, `${file}: severities`);
  return accepted;
}

/** The value of a document. YAML lets aliases grow without an end; the parser refuses that here. */
function readValue(document: Document, file: string): unknown {
  try {
    return document.toJS();
  } catch (cause) {
    throw new UserError(`${file}: its aliases cannot be read; ${next}`, 2, { cause });
  }
}

function refuseUnknownRule(rule: string, where: string): void {
  if (Object.hasOwn(rules, rule)) return;
  const hint = didYouMean(rule, Object.keys(rules), '`bindgate spec diff` shows it in brackets after each change');
  throw new UserError(`${where}: "${inert(rule)}" is not a kind of change; ${hint}`, 2);
}
