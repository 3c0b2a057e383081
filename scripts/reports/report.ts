import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type ResultSchema, readResultFile } from '../../contract/result-file.ts';
import resultsSchema from '../../contract/results.schema.json' with { type: 'json' };
import type { Results } from '../../contract/results.ts';
import { UserError } from '../../contract/user-error.ts';
import compareSchema from '../../load/compare/compare.schema.json' with { type: 'json' };
import type { CompareResults } from '../../load/compare/results.ts';
import loadSchema from '../../load/load.schema.json' with { type: 'json' };
import type { LoadResults } from '../../load/results.ts';
import { definedOnly } from '../../spec/defined-only.ts';
import type { Operation } from '../../spec/operation.ts';
import type { GateResults } from '../gate/gate.generated.ts';
import gateSchema from '../gate/gate.schema.json' with { type: 'json' };
import { privateMode, writeWhole } from './files.ts';
import { reportHtml } from './html/page.ts';
import type { Report } from './html/summary.ts';

/** Writes `report.html` into a folder and returns its path. */
export async function writeReport(folder: string, report: Report): Promise<string> {
  const file = join(folder, 'report.html');
  const mode = report.results?.secretsShown === true ? privateMode : undefined;
  await writeWhole(file, reportHtml(report), mode);
  return file;
}

/**
 * The ids of the cases that failed or ended in an error in the last full run of a folder.
 * @throws UserError (exit code 2) if `results.json` is missing or not valid.
 */
export function readFailedIds(folder: string): readonly string[] {
  const results = readIfPresent<Results>(folder, 'results.json', resultsSchema);
  if (results === undefined) {
    throw new UserError(
      `--failed needs the results of a full run, but "${folder}" has no results.json; run \`bindgate verify\` first`,
      2,
    );
  }
  return results.cases.filter(({ outcome }) => outcome === 'failed' || outcome === 'error').map(({ id }) => id);
}

/**
 * The result files of a folder: `results.json`, `gate.json`, `load.json` and `compare.json`, each validated by its schema.
 * @throws UserError (exit code 2) if there is no file, or one is not valid.
 */
export function readReport(folder: string, operation: Operation): Report {
  const files = definedOnly({
    results: readIfPresent<Results>(folder, 'results.json', resultsSchema),
    gate: readIfPresent<GateResults>(folder, 'gate.json', gateSchema),
    load: readIfPresent<LoadResults>(folder, 'load.json', loadSchema),
    compare: readIfPresent<CompareResults>(folder, 'compare.json', compareSchema),
  });
  if (Object.keys(files).length > 0) return { operation, ...files };
  if (statSync(folder, { throwIfNoEntry: false })?.isFile() === true) {
    throw new UserError(`"${folder}" is a file; give the folder with results.json`, 2);
  }
  throw new UserError(
    `"${folder}" contains no results.json, gate.json, load.json or compare.json; run \`bindgate verify\` first`,
    2,
  );
}

function readIfPresent<Value>(folder: string, name: string, schema: ResultSchema): Value | undefined {
  const file = join(folder, name);
  const next = 'regenerate it with `bindgate verify`, `gate`, `load` or `compare`';
  return existsSync(file) ? readResultFile(file, schema, next) : undefined;
}
