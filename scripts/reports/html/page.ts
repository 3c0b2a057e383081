import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { clusterResults } from '../../../contract/judge/clusters.ts';
import { casesSection } from './cases.ts';
import { changesSection } from './changes.ts';
import { clusterSection, skippedSection } from './clusters.ts';
import { iconShapes, type Section } from './elements.ts';
import { asMarkup, html, htmlText } from './html.ts';
import { compareSection } from './load/compare.ts';
import { loadSection } from './load/section.ts';
import { matrixSection } from './matrix.ts';
import { precedenceSection } from './precedence.ts';
import { dialectSection, gateSection, undocumentedSection } from './sections.ts';
import { chooseHeadline, type Report, summarySection } from './summary.ts';

/** In the order of the page. Rules for narrow screens, print and forced colours come after the rules that they change. */
const styleSheets =
  'base frame status tables summary matrix clusters changes precedence filters cases details charts marks print'.split(
    ' ',
  );

/** The report as one self-contained HTML page. Its Content Security Policy allows only its own style and script, by hash. */
export function reportHtml(report: Report): string {
  const style = styleSheets.map((name) => readAsset(`./style/${name}.css`)).join('');
  const script = readAsset('./client/client.js');
  const policy = [
    "default-src 'none'",
    `style-src ${sha256(style)}`,
    `script-src ${sha256(script)}`,
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
  ].join('; ');
  const { title } = chooseHeadline(report);
  const sections = listSections(report);
  const target = report.results?.target.url ?? report.load?.target.url ?? report.compare?.b.name;
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${title}${target !== undefined && ` · ${target}`} · bindgate</title>
<style>${asMarkup(style)}</style>
</head>
<body>
${iconShapes()}
<a class="skip" href="#main">Skip to the report</a>
<header class="top">
  <p class="brand">bind<b>gate</b> <span>report</span></p>
  <button type="button" id="theme" class="scripted" aria-pressed="false">Dark</button>
</header>
<div class="frame">
<nav aria-label="Sections"><ul>${sections.map(({ id, title: name, count }) => html`<li><a href="#${id}">${name}${count !== undefined && html` <span class="tally">${count}</span>`}</a></li>`)}</ul></nav>
<main id="main" tabindex="-1">
${summarySection(report)}
${sections.map(({ markup }) => markup)}
</main>
</div>
<footer><p>Text of the target is shown unchanged, except for escaped control characters. ${report.results?.secretsShown === true ? 'Secrets are shown.' : 'Secrets are replaced by their names.'} <a href="#main">To the top</a></p></footer>
<p id="said" class="unseen" role="status"></p>
<script>${asMarkup(script)}</script>
</body>
</html>
`;
  return htmlText(page);
}

function readAsset(path: string): string {
  return readFileSync(new URL(path, import.meta.url), 'utf8');
}

function sha256(text: string): string {
  return `'sha256-${hash('sha256', text, 'base64')}'`;
}

/** Failures first: on a small screen, the codes fill several pages. The table of all cases is last, because it is very long. */
function listSections({ operation, gate, results, load, compare }: Report): readonly Section[] {
  const measured = [load && loadSection(load, operation), compare && compareSection(compare)];
  const run = results && { ...results, operation };
  const clusters = clusterResults(results?.cases ?? []);
  const sections =
    run === undefined
      ? measured
      : [
          clusterSection('failed', clusters, run),
          run.baseline && changesSection(run.baseline, run),
          clusterSection('error', clusters, run),
          matrixSection(run),
          clusterSection('warned', clusters, run),
          skippedSection(clusters),
          ...measured,
          undocumentedSection(run),
          precedenceSection(run),
          dialectSection(run),
          casesSection(run),
        ];
  return [gate && gateSection(gate), ...sections].filter((section) => section !== undefined);
}
