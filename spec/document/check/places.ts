import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isMap, isNode, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import type { Place } from './difference.ts';

/** The name by which messages call the contract's own file. */
export const openApiName = 'spec/pure-bt/openapi.yaml';

/** Finds the line of a JSON pointer (`/paths/…`) in the contract's text; of the nearest parent where it leads nowhere. */
export function yamlPlaces(yaml: string): (pointer: string) => Place {
  const lines = new LineCounter();
  const { contents } = parseDocument(yaml, { lineCounter: lines });
  return (pointer) => {
    let found: Found | undefined = { node: contents, offset: 0 };
    let offset = 0;
    for (const step of pointer.split('/').slice(1)) {
      found = below(found?.node, step.replaceAll('~1', '/').replaceAll('~0', '~'));
      offset = found?.offset ?? offset;
    }
    return { file: openApiName, line: lines.linePos(offset).line, pointer: `#${pointer}` };
  };
}

type Found = { readonly node: unknown; readonly offset: number | undefined };

/** What stands below a node under a key: a pair begins where its key does. */
function below(node: unknown, key: string): Found | undefined {
  if (isSeq(node)) {
    const item = node.items[Number(key)];
    return isNode(item) ? { node: item, offset: item.range?.[0] } : undefined;
  }
  if (!isMap(node)) return undefined;
  const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === key);
  return isScalar(pair?.key) ? { node: pair.value, offset: pair.key.range?.[0] } : undefined;
}

const catalogue = new URL('../../pure-bt/catalogue.ts', import.meta.url);

/** Finds the line of a code in the catalogue; that of the list's beginning for a code that is not in it. */
export function cataloguePlaces(): (code: number) => Place {
  const lines = readFileSync(catalogue, 'utf8').split('\n');
  const start = lines.findIndex((line) => line.includes('documentedCodes')) + 1;
  const file = `spec/pure-bt/${basename(fileURLToPath(catalogue))}`;
  return (code) => {
    const at = lines.findIndex((line) => new RegExp(`\\bcode: ${code}\\b`).test(line));
    return { file, line: at < 0 ? start : at + 1 };
  };
}
