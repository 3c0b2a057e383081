import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { ensureK6, findK6, k6Places } from '../../load/k6-binary.ts';
import { k6Version } from '../../load/k6-version.ts';
import { failureLine } from '../failure.ts';
import { processTerminal } from '../terminal.ts';
import { version } from '../version.ts';

type Finding = { readonly name: string; readonly ok: boolean; readonly says: string };

/** `bindgate doctor`: what is installed, what is missing and the line that gets it. Returns the exit code. */
export async function doctorCommand({ get }: { readonly get?: boolean }, signal: AbortSignal): Promise<number> {
  const terminal = processTerminal();
  const places = k6Places((text) => terminal.note(`bindgate: ${text}`), signal);
  if (get === true) await ensureK6(places);
  const findings: readonly Finding[] = [
    { name: 'bindgate', ok: true, says: version() },
    { name: 'node', ok: true, says: process.versions.node },
    await k6Finding(places),
    await program(
      'docker',
      ['info', '--format', '{{.ServerVersion}}'],
      'only for targets in containers: install and start a Docker engine',
    ),
    await program(
      'go',
      ['env', 'GOVERSION'],
      'only to build k6 where it cannot be downloaded: install Go 1.25 or newer',
    ),
  ];
  for (const { name, ok, says } of findings) {
    terminal.out(`${terminal.style(ok ? 'green' : 'yellow', ok ? 'ok     ' : 'missing')}  ${name.padEnd(9)} ${says}`);
  }
  // Docker and Go are for what not everybody does; without k6 the gate has a hole.
  return findings.some(({ name, ok }) => name === 'k6' && !ok) ? 3 : 0;
}

async function k6Finding(places: Parameters<typeof findK6>[0]): Promise<Finding> {
  try {
    const k6 = await findK6(places);
    if (k6 !== undefined) return { name: 'k6', ok: true, says: `${k6.version} (${k6.from}: ${k6.file})` };
    return {
      name: 'k6',
      ok: false,
      says: `run \`bindgate doctor --get\` to bring ${k6Version}, or install it and set K6_BIN`,
    };
  } catch (error) {
    return { name: 'k6', ok: false, says: failureLine(error) };
  }
}

async function program(name: string, args: readonly string[], next: string): Promise<Finding> {
  const said = await promisify(execFile)(name, args, { timeout: 10_000 }).catch(() => undefined);
  const text = said?.stdout.trim() ?? '';
  return text === '' ? { name, ok: false, says: next } : { name, ok: true, says: text };
}
