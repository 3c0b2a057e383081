import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { bodyFileName, type CurlPlace, curlCommand } from '../../contract/curl.ts';
import type { CaseResult } from '../../contract/run/outcome.ts';
import { privateMode, writeWhole } from './files.ts';

/** The folder with bodies for `curl` commands, inside the output folder. */
export const bodiesFolder = 'bodies';

/**
 * Writes the bodies that `curl` commands read from files. Removes those of an earlier run, which may contain unmasked secrets.
 * @param ids every case that an earlier run may have had.
 */
export async function writeBodies(
  cases: readonly CaseResult[],
  url: string,
  place: CurlPlace,
  { ids, showSecrets }: { readonly ids: readonly string[]; readonly showSecrets: boolean },
): Promise<void> {
  const left = await readdir(place.bodies).catch(() => []);
  const ours = new Set(ids.map(bodyFileName));
  for (const name of left.filter((one) => ours.has(one))) await rm(join(place.bodies, name));
  for (const result of cases.filter(({ outcome }) => outcome !== 'passed')) {
    const file = curlCommand(result, url, place)?.file;
    if (file === undefined) continue;
    await mkdir(place.bodies, { recursive: true });
    await writeWhole(file.path, file.bytes, showSecrets ? privateMode : undefined);
  }
}
