import { stripVTControlCharacters } from 'node:util';
import { inert } from '../../inert.ts';
import type { Mask } from '../../mask.ts';
import type { Container } from './engine.ts';

const shownLines = 20;

/** The last lines of a container's log, inert and masked. The engine still has them after the container has ended. */
export async function lastLines(container: Container, mask: Mask): Promise<readonly string[]> {
  const kept = await container.logs({ stdout: true, stderr: true, tail: 2 * shownLines }).catch(() => undefined);
  return kept === undefined ? [] : readableLines(mask(decodeFrames(kept)));
}

/** The last lines of a text, inert and without colours. */
export function readableLines(text: string): readonly string[] {
  return stripVTControlCharacters(text)
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .slice(-shownLines)
    .map((line) => inert(line.replaceAll('\t', '  ').trimEnd(), 300));
}

/** Reads the text of log frames: 1 byte stream, 3 zero bytes, 4 bytes length, then the content (Docker Engine API, attach). */
export function decodeFrames(frames: Buffer): string {
  const pieces: Buffer[] = [];
  for (let at = 0; at + 8 <= frames.length; at += 8 + frames.readUInt32BE(at + 4)) {
    pieces.push(frames.subarray(at + 8, at + 8 + frames.readUInt32BE(at + 4)));
  }
  return Buffer.concat(pieces).toString('utf8');
}
