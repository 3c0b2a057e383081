/** Does in a local folder what k6-operator 1.6 and a kubelet do with a TestRun: the same file tree, the same commands. */
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { segmentArguments } from '../../run/measure.ts';
import type { Manifest, Manifests, TestRun } from '../manifests.ts';

/** A command in a pod, with its paths below the pod's folder. */
export type PodCommand = { readonly args: readonly string[]; readonly env: Readonly<Record<string, string>> };

/** Builds the file system of a pod as a kubelet does: a link points to the current version of a ConfigMap or Secret. */
export async function mountPod(root: string, { testRun, scripts, secret }: Manifests): Promise<void> {
  const { volumes, volumeMounts } = testRun.spec.runner;
  for (const { name, mountPath } of volumeMounts) {
    const volume = volumes.find((other) => other.name === name);
    if (volume === undefined) throw new Error(`no volume ${name}`);
    const folder = join(root, mountPath);
    const version = join(folder, '..2026_11_25');
    await mkdir(version, { recursive: true });
    const files = volumeFiles(volume, scripts, secret);
    for (const [path, content] of files) {
      await mkdir(dirname(join(version, path)), { recursive: true });
      await writeFile(join(version, path), content);
    }
    if (files.length === 0) continue;
    await symlink('..2026_11_25', join(folder, '..data'));
    for (const top of new Set(files.map(([path]) => path.split('/')[0] ?? path))) {
      await symlink(join('..data', top), join(folder, top));
    }
  }
}

function volumeFiles(
  { configMap, secret: fromSecret }: TestRun['spec']['runner']['volumes'][number],
  scripts: Manifest,
  secret: Manifest,
): readonly (readonly [string, Buffer])[] {
  if (fromSecret !== undefined) {
    const held = readData(secret, fromSecret.secretName);
    return Object.entries(held).map(([key, value]) => [key, Buffer.from(value, 'base64')]);
  }
  if (configMap === undefined) return [];
  const data = readData(scripts, configMap.name);
  return configMap.items.map(({ key, path }) => {
    const text = data[key];
    if (text === undefined) throw new Error(`no key ${key}`);
    return [path, Buffer.from(text)];
  });
}

function readData({ metadata, ['data']: data }: Manifest, name: string): Readonly<Record<string, string>> {
  if (metadata.name !== name) throw new Error(`no object ${name}`);
  return data as Readonly<Record<string, string>>;
}

/** The initializer's two commands: it archives the script with all it reads, and asks k6 what the archive needs. */
export function initializerCommands(root: string, testRun: TestRun): readonly [PodCommand, PodCommand] {
  const { script, args, runner } = testRun.spec;
  const archive = `${root}/tmp/send.ts.archived.tar`;
  const env = Object.entries(podEnvironment(root, testRun)).flatMap(([name, value]) => ['-e', `${name}=${value}`]);
  const packed = ['archive', inPod(root, script.localFile, runner), ...env, '-O', archive, ...args];
  return [
    { args: packed, env: {} },
    { args: ['inspect', '--execution-requirements', archive], env: {} },
  ];
}

/** The command of a runner, counted from 1. Its control port is on loopback, which differs from a real pod. */
export function runnerCommand(root: string, testRun: TestRun, index: number, port: number): PodCommand {
  const { parallelism, script, args, runner } = testRun.spec;
  return {
    args: [
      'run',
      '--quiet',
      ...segmentArguments(index - 1, parallelism),
      ...args,
      inPod(root, script.localFile, runner),
      `--address=127.0.0.1:${port}`,
      '--paused',
      '--tag',
      `instance_id=${index}`,
      '--tag',
      `testrun_name=${testRun.metadata.name}`,
    ],
    env: podEnvironment(root, testRun),
  };
}

function podEnvironment(root: string, { spec: { runner } }: TestRun): Readonly<Record<string, string>> {
  return Object.fromEntries(runner.env.map(({ name, value }) => [name, inPod(root, value, runner)]));
}

function inPod(root: string, path: string, { volumeMounts }: TestRun['spec']['runner']): string {
  return volumeMounts.some(({ mountPath }) => path.startsWith(`${mountPath}/`)) ? join(root, path) : path;
}
