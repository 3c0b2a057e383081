import { countChanges } from '../../../contract/baseline/compare-behaviour.ts';
import { clusterResults } from '../../../contract/judge/clusters.ts';
import type { Results } from '../../../contract/results.ts';
import { assets } from './assets.ts';
import type { RunSettings } from './case-details.ts';
import { casesSection } from './cases.ts';
import { changesSection } from './changes.ts';
import { clusterSection, skippedSection } from './clusters.ts';
import type { Markup } from './html.ts';
import { asMarkup, html, htmlText } from './html.ts';
import { iconShapes } from './icons.ts';
import { compareSection } from './load/compare.ts';
import { loadSection } from './load/section.ts';
import { matrixSection } from './matrix.ts';
import { precedenceSection } from './precedence.ts';
import { dialectSection, gateSection, undocumentedSection } from './sections.ts';
import type { Report } from './summary.ts';
import { chooseHeadline, summarySection } from './summary.ts';

/** A part of the page with its entry in the list of sections. */
type Part = { readonly id: string; readonly name: string; readonly count?: number; readonly content: Markup };

/** The report as one self-contained HTML page. */
export function reportHtml(report: Report): string {
  const { style, script, policy } = assets();
  const { title } = chooseHeadline(report);
  const parts = listParts(report);
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
<nav aria-label="Sections"><ul>${parts.map(({ id, name, count }) => html`<li><a href="#${id}">${name}${count !== undefined && html` <span class="tally">${count}</span>`}</a></li>`)}</ul></nav>
<main id="main" tabindex="-1">
${summarySection(report)}
${parts.map(({ content }) => content)}
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

function listParts({ operation, gate, results, load, compare }: Report): readonly Part[] {
  const after = [
    ...(load === undefined ? [] : [{ id: 'load', name: 'Load', content: loadSection(load, operation) }]),
    ...(compare === undefined ? [] : [{ id: 'compare', name: 'Comparison', content: compareSection(compare) }]),
  ];
  return [
    ...(gate === undefined ? [] : [{ id: 'gate', name: 'Gate', content: gateSection(gate) }]),
    ...(results === undefined
      ? after
      : [...findingParts({ ...results, operation }), ...after, ...recordParts({ ...results, operation })]),
  ];
}

/** The findings, failures first: on a small screen, the codes fill several pages. */
function findingParts(results: Results & RunSettings): readonly Part[] {
  const { cases, summary, baseline } = results;
  const clusters = clusterResults(cases);
  const ofOutcome = (outcome: 'failed' | 'error' | 'warned', name: string): readonly Part[] => {
    const chosen = clusters.filter((cluster) => cluster.outcome === outcome);
    const count = chosen.reduce((sum, cluster) => sum + cluster.results.length, 0);
    return count === 0 ? [] : [{ id: outcome, name, count, content: clusterSection(outcome, chosen, results) }];
  };
  const skipped = clusters.filter(({ outcome }) => outcome === 'skipped');
  return [
    ...ofOutcome('failed', 'Failures'),
    ...(baseline === undefined
      ? []
      : [
          { id: 'changes', name: 'Changes', count: countChanges(baseline), content: changesSection(baseline, results) },
        ]),
    ...ofOutcome('error', 'Errors'),
    { id: 'codes', name: 'Codes', content: matrixSection(results) },
    ...ofOutcome('warned', 'Warnings'),
    ...(skipped.length === 0
      ? []
      : [{ id: 'skipped', name: 'Skipped', count: summary.skipped, content: skippedSection(skipped) }]),
  ];
}

/** Settings and observations. The table of all cases is last, because it is very long. */
function recordParts(results: Results & RunSettings): readonly Part[] {
  const { cases, undocumented, precedence = [] } = results;
  return [
    ...(undocumented.length === 0
      ? []
      : [{ id: 'undocumented', name: 'Not in the document', content: undocumentedSection(undocumented) }]),
    ...(precedence.length === 0
      ? []
      : [{ id: 'precedence', name: 'Order of checks', content: precedenceSection(precedence) }]),
    { id: 'dialect', name: 'Dialect', content: dialectSection(results, results.operation) },
    { id: 'cases', name: 'All cases', count: cases.length, content: casesSection(results) },
  ];
}
