import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * Programs that check CI files, brought by .ci/run: actionlint, which runs shellcheck on every step, and check-jsonschema,
 * which carries the schemas of GitLab CI, Dependabot and GitHub's issue forms. An example server is built with Go.
 */
export type CiTool = 'actionlint' | 'shellcheck' | 'check-jsonschema' | 'go';

const folders = (process.env['PATH'] ?? '').split(delimiter).filter(Boolean);

/** Whether a test of these tools is skipped; with CI set it fails instead, since a skipped test proves nothing. */
export function without(...tools: readonly CiTool[]): boolean {
  const missing = tools.filter((tool) => !folders.some((folder) => existsSync(join(folder, tool))));
  if (missing.length > 0) process.stderr.write(`not on the PATH: ${missing.join(', ')}; see .ci/run\n`);
  return missing.length > 0 && process.env['CI'] === undefined;
}

/** Runs a tool; returns what it complains about, the empty text if nothing. */
export function complaints(tool: CiTool, args: readonly string[], cwd: string): Promise<string> {
  return new Promise((resolve) => {
    execFile(tool, args, { cwd }, (error, stdout, stderr) => {
      resolve(error === null ? '' : `${stdout}${stderr}` || error.message);
    });
  });
}

/** A workflow with its actions named by major release, of which actionlint knows the inputs; a commit says nothing to it. */
export function byRelease(workflow: string): string {
  return workflow.replaceAll(/@[0-9a-f]{40} # (v\d+).*/g, '@$1');
}
