import { join } from 'node:path';
import { expect, test } from 'vitest';
import { operations } from '../operations.ts';
import { testFolder } from '../testing/folder.ts';
import { type Config, loadConfig } from './config.ts';
import type { TargetFlags } from './flags.ts';
import { readImage } from './image.ts';
import { namedTarget, openTarget } from './open-target.ts';

async function load(content: object, environment: NodeJS.ProcessEnv = {}): ReturnType<typeof loadConfig> {
  const config = join(testFolder({ 'bindgate.config.json': JSON.stringify(content) }), 'bindgate.config.json');
  return loadConfig({ config }, environment);
}

test('replaces only the name of an image by a flag', () => {
  const config: Config = { image: { name: 'app:1', port: 7000, sidecars: [{ name: 'db', image: 'postgres:17' }] } };
  expect(readImage({ image: 'app:2' }, config, 'f')).toMatchObject({
    name: 'app:2',
    port: 7000,
    sidecars: [{ name: 'db' }],
  });
  expect(readImage({ imagePort: 9090 }, { image: 'app:1' }, 'f')).toEqual({ name: 'app:1', port: 9090 });
  expect(readImage({}, {}, 'f')).toBeUndefined();
});

test('inserts environment variables into an image', async () => {
  const image = { name: '${REPOSITORY}/app:1', environment: { KEY: '${KEY}', PORT: 80, DEBUG: true } };
  const { config } = await load({ image }, { REPOSITORY: 'r', KEY: 'k' });
  expect(config.image).toEqual({ name: 'r/app:1', environment: { KEY: 'k', PORT: 80, DEBUG: true } });
});

test.each<[string, TargetFlags, object, NodeJS.ProcessEnv, string | undefined]>([
  ['a flag before the file', { url: 'http://a' }, { image: 'app' }, {}, 'url'],
  ['an image before a URL of the file', { image: 'app' }, { url: 'http://a' }, {}, 'image'],
  ['the embedded server before an image of the file', { reference: true }, { image: 'app' }, {}, 'reference'],
  ['a URL of the environment before an image of the file', {}, { image: 'app' }, { BINDGATE_URL: 'http://a' }, 'url'],
  ['an image of the file', {}, { image: { name: 'app' } }, {}, 'image'],
  ['none', {}, {}, {}, undefined],
])('chooses %s', async (_, flags, config, environment, kind) => {
  expect(namedTarget(flags, await load(config, environment))?.kind).toBe(kind);
});

const sidecar = { name: 'db', image: 'x' };

test.each<[string, TargetFlags, object, RegExp]>([
  ['two flags', { image: 'app', url: 'http://a' }, {}, /^--url and --image each name a target; give only one$/],
  ['two keys', {}, { image: 'app', url: 'http://a' }, /"url" and "image" each name a target; keep only one$/],
  ['a port of nothing', { imagePort: 80 }, {}, /^--image-port needs --image NAME/],
  ['no name', {}, { image: { port: 80 } }, /"image" has no "name"$/],
  ['an empty name', {}, { image: '' }, /"image" must not be empty$/],
  ['a fixture of no state', {}, { image: 'app', fixtures: { nothing: [] } }, /fixtures: unknown state "nothing"/],
  ['states without a path', { states: '_states' }, { image: 'app' }, /"_states" is not an http or https URL/],
])('refuses in one line: %s', async (_, flags, config, message) => {
  await expectRefusal(flags, config, message);
});

test.each<[object, RegExp]>([
  [{ port: 70_000 }, /"image.port" is 70000; it must be at most 65535$/],
  [{ health: 'up' }, /"image.health" must match pattern "\^\/"/],
  [{ comand: [] }, /unknown key "image.comand"; did you mean "command"\?/],
  [{ command: 'serve' }, /"image.command" must be a list$/],
  [{ environment: { A: [] } }, /"image.environment.A" is a list; it must be a text or a number or true/],
  [{ files: [{ source: 'a', target: 'b' }] }, /"image.files.0.target" must match/],
  [{ sidecars: [{ name: 'db' }] }, /"image.sidecars.0" has no "image"$/],
  [{ sidecars: [{ ...sidecar, name: 'd b' }] }, /"image.sidecars.0.name" must match pattern/],
  [{ sidecars: [sidecar, sidecar] }, /two of "image.sidecars" are called "db"; rename one/],
  [
    { files: [{ source: 'none.yaml', target: '/app.yaml' }] },
    /"image.files.0.source" is .*none\.yaml, which cannot be read; correct the path/,
  ],
])('refuses the image %j', async (image, message) => {
  await expectRefusal({}, { image: { name: 'app', ...image } }, message);
});

async function expectRefusal(flags: TargetFlags, config: object, message: RegExp): Promise<void> {
  const opening = load(config).then((loaded) => openTarget(flags, loaded, operations[0]));
  await expect(opening).rejects.toMatchObject({ exitCode: 2, message: expect.stringMatching(message) });
}
