import { inert } from '../../contract/inert.ts';
import { parseResult } from '../../contract/result-file.ts';
import { UserError } from '../../contract/user-error.ts';
import { shareMarker } from '../run/plan.ts';
import type { Share } from '../run/share.ts';
import schema from '../share.schema.json' with { type: 'json' };
import { readObjective } from './objectives.ts';

/**
 * The shares in a file: one share as JSON, or the lines of a pod's log that begin with the marker.
 * @param file its name, for messages.
 * @throws UserError (exit code 2) if there is no share, or a share is damaged.
 */
export function readShares(file: string, bytes: Uint8Array): readonly [Share, ...Share[]] {
  const text = decodeText(file, bytes);
  if (text.trim() === '') return refuse(file, 'is empty; did the run end before you saved the log?');
  const [first, ...others] = text.split('\n').flatMap((line, index) => {
    const at = line.indexOf(shareMarker);
    return at === -1 ? [] : [shareIn(`${file}:${index + 1}`, line.slice(at + shareMarker.length))];
  });
  if (first !== undefined) return [first, ...others];
  if (text.trimStart().startsWith('{')) return [shareIn(file, text)];
  return refuse(
    file,
    `contains no share: it is not a load-share-N.json file, and not a log that has a line with "${shareMarker.trim()}"`,
  );
}

function decodeText(file: string, bytes: Uint8Array): string {
  // Windows PowerShell writes UTF-16 for `kubectl logs … > FILE`.
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8';
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    if (!text.includes('\0')) return text;
  } catch {
    // Reported below.
  }
  return refuse(file, 'is not a text file; a share is JSON, or a line of a log');
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
      return refuse(where, `is a damaged share: "${inert(text, 80)}" is not an objective`);
    }
  }
  return share;
}

function refuse(where: string, why: string): never {
  throw new UserError(`load merge: ${inert(where)} ${why}`, 2);
}
