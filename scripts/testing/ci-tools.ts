/**
 * Programs that check CI files, installed by .ci/run: actionlint, which runs shellcheck on every step, and check-jsonschema,
 * which contains the schemas of GitLab CI, Dependabot and GitHub's issue forms.
 */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const folders = (process.env['PATH'] ?? '').split(delimiter).filter(Boolean);

/** Whether a test with these tools is skipped; in CI it fails instead. */
export function without(...tools: readonly string[]): boolean {
  const missing = tools.filter((tool) => !folders.some((folder) => existsSync(join(folder, tool))));
  if (missing.length > 0) process.stderr.write(`not on the PATH: ${missing.join(', ')}; see .ci/run\n`);
  return missing.length > 0 && process.env['CI'] === undefined;
}

/** Runs a tool; returns its complaints, or an empty text. */
export function complaints(tool: string, args: readonly string[], cwd: string): Promise<string> {
  return new Promise((resolve) => {
    execFile(tool, args, { cwd }, (error, stdout, stderr) => {
      resolve(error === null ? '' : `${stdout}${stderr}` || error.message);
    });
  });
}

/** A workflow with its actions named by major release instead of commit: actionlint knows only the inputs of releases. */
export function byRelease(workflow: string): string {
  return workflow.replaceAll(/@[0-9a-f]{40} # (v\d+).*/g, '@$1');
}
