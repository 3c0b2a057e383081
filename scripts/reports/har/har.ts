import { closeSync, openSync, renameSync, writeSync } from 'node:fs';
import { harLog } from '../../../contract/har.ts';
import type { growingMask } from '../../../contract/mask.ts';
import { showEverything } from '../../../contract/mask.ts';
import type { TrafficObserver } from '../../../contract/targets/recording.ts';
import { privateMode } from '../files.ts';
import { toHarEntry } from './entry.ts';

/**
 * Records the traffic with a target as an HTTP Archive (HAR 1.2), in a file that only its owner may read. It is complete after
 * disposal. Entries are written immediately, so a long run needs memory only for the secrets that it masks.
 * @param url base URL of the target. `about` is added to the comment of the archive, and `known` is the mask of the run.
 */
export function openHar(
  file: string,
  {
    url,
    showSecrets,
    known,
    about = '',
  }: {
    readonly url: string;
    readonly showSecrets: boolean;
    readonly known: ReturnType<typeof growingMask>;
    readonly about?: string;
  },
): TrafficObserver & Disposable {
  const temporary = `${file}.${process.pid}.tmp`;
  const output = openSync(temporary, 'w', privateMode);
  const hide = { mask: showSecrets ? showEverything : known.mask, isExact: known.isExact, showSecrets };
  const comment = `Headers and certificates of the configuration are not included.${about}`;
  const head = asciiJson({ ...harLog(), comment }).slice(0, -1);
  let between = `{"log":${head},"entries":[\n`;
  const write = (text: string): void => {
    writeSync(output, between + text);
    between = ',\n';
  };
  return {
    onFixture: known.learn,
    onExchange: (request, exchange, sentAt) => write(asciiJson(toHarEntry(request, exchange, { url, sentAt, hide }))),
    [Symbol.dispose]: () => {
      between = between === ',\n' ? '\n' : between;
      write(']}}\n');
      closeSync(output);
      renameSync(temporary, file);
    },
  };
}

/** JSON in ASCII: text of a target is unchanged, but harmless for a terminal. */
function asciiJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[\u007f-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
