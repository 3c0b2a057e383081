import { Ajv2020 } from 'ajv/dist/2020.js';
import { inert } from '../../contract/inert.ts';
import { UserError } from '../../contract/user-error.ts';
import { shareMarker } from '../run/plan.ts';
import type { Share } from '../run/share.ts';
import schema from '../share.schema.json' with { type: 'json' };
import { readObjective } from './objectives.ts';

const isShare = new Ajv2020({ allowUnionTypes: true }).compile<Share>(schema);

/**
 * The shares that a file holds: one as JSON, or each that stands in a pod's log behind its marker, among whatever else it said.
 * @param file its name, for messages.
 * @throws UserError (exit code 2) where there is none, or one is not whole.
 */
export function readShares(file: string, bytes: Uint8Array): readonly [Share, ...Share[]] {
  const text = textOf(file, bytes);
  if (text.trim() === '') return refuse(file, 'is empty; was the run still going, or its log not kept?');
  const [first, ...others] = text.split('\n').flatMap((line, index) => {
    const at = line.indexOf(shareMarker);
    return at === -1 ? [] : [shareIn(`${file}:${index + 1}`, line.slice(at + shareMarker.length))];
  });
  return first === undefined ? [shareIn(file, text)] : [first, ...others];
}

function textOf(file: string, bytes: Uint8Array): string {
  // What Windows PowerShell makes of `kubectl logs … > FILE`.
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8';
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    if (!text.includes('\0')) return text;
  } catch {
    // Said below.
  }
  return refuse(file, 'is no text; a share is JSON, or a line of a log');
}

function shareIn(where: string, json: string): Share {
  const value = parsed(where, json);
  const named = typeof value === 'object' && value !== null && 'schema' in value ? value.schema : undefined;
  if (named === 'bindgate.load/1') {
    return refuse(where, 'is the result of a run (load.json), and no share of one; give its load-share-N.json files');
  }
  if (named !== 'bindgate.load-share/1') {
    return refuse(where, `is no share: its "schema" is ${named === undefined ? 'missing' : shown(named)}`);
  }
  if (!isShare(value)) {
    const [error] = isShare.errors ?? [];
    return refuse(where, `is a damaged share: ${inert(error?.instancePath ?? '')} ${error?.message ?? 'is not valid'}`);
  }
  const { objectives } = value.run;
  for (const text of objectives) {
    try {
      readObjective(text);
    } catch {
      return refuse(where, `is a damaged share: "${inert(text, 80)}" is no objective`);
    }
  }
  return value;
}

function parsed(where: string, json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    const began = json.trimStart().startsWith('{');
    return refuse(
      where,
      began
        ? 'holds a share that is cut off or damaged: it is no whole JSON'
        : `holds no share: neither the JSON of a load-share-N.json, nor a log with a line that says "${shareMarker.trim()}"`,
    );
  }
}

function shown(value: unknown): string {
  return inert(JSON.stringify(value), 80);
}

function refuse(where: string, why: string): never {
  throw new UserError(`load merge: ${inert(where)} ${why}`, 2);
}
