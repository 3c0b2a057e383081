import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import resultsSchema from '../../contract/results.schema.json' with { type: 'json' };
import type { Results } from '../../contract/results.ts';
import { UserError } from '../../contract/user-error.ts';
import compareSchema from '../../load/compare/compare.schema.json' with { type: 'json' };
import type { CompareResults } from '../../load/compare/results.ts';
import loadSchema from '../../load/load.schema.json' with { type: 'json' };
import type { LoadResults } from '../../load/results.ts';
import gateSchema from '../gate/gate.schema.json' with { type: 'json' };
import type { GateResults } from '../gate/results.ts';
import { privateMode, writeWhole } from './files.ts';
import { reportHtml } from './html/page.ts';

/** What a report is made of: result files, whichever there are. */
export type Report = {
  readonly results?: Results;
  readonly gate?: GateResults;
  readonly load?: LoadResults;
  readonly compare?: CompareResults;
};

/** Writes `report.html` into a folder, and returns its path. */
export async function writeReport(folder: string, report: Report): Promise<string> {
  const file = join(folder, 'report.html');
  const mode = report.results?.secretsShown === true ? privateMode : undefined;
  await writeWhole(file, reportHtml(report), mode);
  return file;
}

/**
 * The ids of the cases that failed or ended in an error in the last full run of a folder.
 * @throws UserError (exit code 2) where there was none, or `results.json` is not what it should be.
 */
export async function readFailedIds(folder: string): Promise<readonly string[]> {
  const results = await readChecked<Results>(join(folder, 'results.json'), resultsSchema);
  if (results === undefined) {
    throw new UserError(
      `--failed runs what failed in the last full run, and "${folder}" has no results.json; run \`bindgate verify\` first`,
      2,
    );
  }
  return results.cases.filter(({ outcome }) => outcome === 'failed' || outcome === 'error').map(({ id }) => id);
}

/**
 * The result files of a folder: `results.json`, `gate.json`, `load.json` and `compare.json`, each held against its schema.
 * @throws UserError (exit code 2) where there is none, or one is not what it should be.
 */
export async function readReport(folder: string): Promise<Report> {
  const results = await readChecked<Results>(join(folder, 'results.json'), resultsSchema);
  const gate = await readChecked<GateResults>(join(folder, 'gate.json'), gateSchema);
  const load = await readChecked<LoadResults>(join(folder, 'load.json'), loadSchema);
  const compare = await readChecked<CompareResults>(join(folder, 'compare.json'), compareSchema);
  if ([results, gate, load, compare].every((file) => file === undefined)) {
    throw new UserError(
      `"${folder}" holds no results.json, gate.json, load.json or compare.json; run \`bindgate verify\` first`,
      2,
    );
  }
  return {
    ...(results === undefined ? {} : { results }),
    ...(gate === undefined ? {} : { gate }),
    ...(load === undefined ? {} : { load }),
    ...(compare === undefined ? {} : { compare }),
  };
}

async function readChecked<Value>(file: string, schema: object): Promise<Value | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const value = parsed(text);
  const validate = new Ajv2020({ allowUnionTypes: true }).compile<Value>(schema);
  if (validate(value)) return value;
  const [first] = validate.errors ?? [];
  const where = `${first?.instancePath || 'it'} ${first?.message ?? 'is not valid'}`;
  throw new UserError(
    `${file} is no file of this bindgate: ${where}; regenerate it with \`bindgate verify\`, \`gate\`, \`load\` or \`compare\``,
    2,
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
