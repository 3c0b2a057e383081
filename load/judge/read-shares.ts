import { inert } from '../../contract/inert.ts';
import { parseResult } from '../../contract/result-file.ts';
import { UserError } from '../../contract/user-error.ts';
import { shareMarker } from '../run/plan.ts';
import type { Share } from '../run/share.ts';
import schema from '../share.schema.json' with { type: 'json' };
import { readObjective } from './objectives.ts';

/**
 * The shares that a file holds: one as JSON, or each that stands in a pod's log behind its marker, among whatever else it said.
 * @param file its name, for messages.
 * @throws UserError (exit code 2) where there is none, or one is not whole.
 */
export function readShares(file: string, bytes: Uint8Array): readonly [Share, ...Share[]] {
  const text = decodeText(file, bytes);
  if (text.trim() === '') return refuse(file, 'is empty; was the run still going, or its log not kept?');
  const [first, ...others] = text.split('\n').flatMap((line, index) => {
    const at = line.indexOf(shareMarker);
    return at === -1 ? [] : [shareIn(`${file}:${index + 1}`, line.slice(at + shareMarker.length))];
  });
  if (first !== undefined) return [first, ...others];
  if (text.trimStart().startsWith('{')) return [shareIn(file, text)];
  return refuse(
    file,
    `holds no share: neither the JSON of a load-share-N.json, nor a log with a line that says "${shareMarker.trim()}"`,
  );
}

function decodeText(file: string, bytes: Uint8Array): string {
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
  const name = `load merge: ${inert(where)}`;
  const share = parseResult<Share>(
    json,
    schema,
    name,
    'give the load-share-N.json files of a run, or the logs of its pods',
  );
  for (const text of share.run.objectives) {
    try {
      readObjective(text);
    } catch {
      return refuse(where, `is a damaged share: "${inert(text, 80)}" is no objective`);
    }
  }
  return share;
}

function refuse(where: string, why: string): never {
  throw new UserError(`load merge: ${inert(where)} ${why}`, 2);
}
