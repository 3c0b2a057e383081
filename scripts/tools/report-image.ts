/** `npm run docs:image`: the picture of the report in README.md, of a server that lets a second user take a device over. */
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { startBrowser } from '../reports/testing/browser.ts';
import { openStage } from '../testing/guides/play.ts';
import { project } from '../testing/guides/read-guide.ts';

const path = join(project, 'docs', 'images', 'report.png');
const size = { width: 1200, height: 820 };

await using stage = await openStage();
await stage.play('bindgate reference --port 8080 --mutant code/bound-by-another-as-success');
const { exitCode, lines } = await stage.play(
  'bindgate verify --url http://127.0.0.1:8080 --states http://127.0.0.1:8080/_states --seed 42',
);
if (exitCode !== 1) throw new Error(`expected a failed run, got exit code ${exitCode}:\n${lines.join('\n')}`);
const browser = await startBrowser();
try {
  const page = await browser.newPage({ viewport: size, colorScheme: 'light' });
  await page.goto(pathToFileURL(join(stage.folder, 'reports', 'report.html')).href);
  await mkdir(dirname(path), { recursive: true });
  await page.screenshot({ path, clip: { x: 0, y: 0, ...size } });
} finally {
  await browser.close();
}
