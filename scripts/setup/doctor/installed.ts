import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { type Finding, okFinding } from '../../../contract/run/preflight/clocks.ts';
import { version } from '../../../contract/version.ts';
import { findK6, type K6Places, k6Version } from '../../../load/run/k6-binary.ts';
import { failureLine } from '../../failure.ts';

const browsers = ['chromium', 'chromium-browser', 'google-chrome'];

/** The installed tools, and how to get the missing ones. */
export async function installed(places: K6Places): Promise<readonly Finding[]> {
  const found = await Promise.all([
    k6Finding(places),
    program(
      'docker',
      [['docker', 'info', '--format', '{{.ServerVersion}}']],
      'only for targets in containers: install and start a Docker engine',
    ),
    program(
      'go',
      [['go', 'env', 'GOVERSION']],
      'only to build k6 if it cannot be downloaded: install Go 1.25 or newer',
    ),
    program(
      'browser',
      [process.env['CHROMIUM_BIN'] ?? '', ...browsers].filter(Boolean).map((name) => [name, '--version']),
      'only to view report.html: install Chromium, or set CHROMIUM_BIN',
    ),
  ]);
  return [okFinding('bindgate', version()), okFinding('node', process.versions.node), ...found];
}

async function k6Finding(places: K6Places): Promise<Finding> {
  try {
    const k6 = await findK6(places);
    if (k6 !== undefined) return okFinding('k6', `${k6.version} (${k6.from}: ${k6.file})`);
    const says = `run \`bindgate doctor --get\` to install ${k6Version}, or install it yourself and set K6_BIN`;
    return { name: 'k6', state: 'missing', says, blocks: true };
  } catch (error) {
    return { name: 'k6', state: 'wrong', says: failureLine(error), blocks: true };
  }
}

/** The output of the first command that works. Docker, Go and a browser are optional. */
async function program(name: string, commands: readonly (readonly string[])[], next: string): Promise<Finding> {
  for (const [file = '', ...args] of commands) {
    const said = await promisify(execFile)(file, args, { timeout: 10_000 }).catch(() => undefined);
    const text = said?.stdout.trim().split('\n', 1)[0] ?? '';
    if (text !== '') return okFinding(name, text);
  }
  return { name, state: 'missing', says: next };
}
