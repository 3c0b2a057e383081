import { severity } from '../../../contract/judge/clusters.ts';
import { notSelected } from '../../../contract/judge/coverage.ts';
import type { Results } from '../../../contract/results.ts';
import type { Outcome } from '../../../contract/run/outcome.ts';
import type { CompareResults } from '../../../load/compare/results.ts';
import { type LoadResults, loadExitCode } from '../../../load/results.ts';
import type { Operation } from '../../../spec/operation.ts';
import { plural } from '../../../spec/plural.ts';
import type { GateResults } from '../../gate/gate.generated.ts';
import { changedSettings, dateText, describeEnding, dialectFlags, durationText } from '../words.ts';
import { type Entry, exitLook, glance, icon } from './elements.ts';
import { type Content, html, joinContent, type Markup } from './html.ts';
import { verdicts } from './load/compare.ts';
import { endOfLoad } from './load/section.ts';
import { coverageLook } from './matrix.ts';

/** The input of a report: the existing result files, and their operation. */
export type Report = {
  readonly operation: Operation;
  readonly results?: Results;
  readonly gate?: GateResults;
  readonly load?: LoadResults;
  readonly compare?: CompareResults;
};

/** The summary: verdict, coverage, counts and the target. */
export function summarySection(report: Report): Markup {
  const { results } = report;
  const { look, title, reasons } = chooseHeadline(report);
  return html`<section class="hero ${look}" aria-labelledby="verdict">
    <div class="verdict">
      <span class="seal">${icon(look)}</span>
      <div>
        <h1 id="verdict" tabindex="-1">${title}</h1>
        ${reasons.map((reason) => html`<p class="reason">${reason}</p>`)}
      </div>
    </div>
    ${results && coverageRing(results)}
    ${results && counts(results)}
    ${glance(facts(report))}
  </section>
  ${results && notices(results)}`;
}

/** A ring with one segment for each code. */
function coverageRing({ codes }: Results): Markup {
  const covered = codes.filter(({ status }) => status === 'covered').length;
  const gap = 0.16;
  const segments = codes.map(
    (code, at) =>
      html`<circle class="${coverageLook(code)[0]}" cx="50" cy="50" r="43" pathLength="${codes.length}" stroke-dasharray="${1 - gap} ${codes.length - 1 + gap}" stroke-dashoffset="${-at - gap / 2}"/>`,
  );
  return html`<a class="coverage" href="#codes">
    <svg viewBox="0 0 100 100" aria-hidden="true"><g transform="rotate(-90 50 50)">${segments}</g></svg>
    <span class="figure"><strong>${covered}</strong><span> of ${codes.length}</span> codes covered</span>
  </a>`;
}

function counts({ summary }: Results): Markup {
  const { passed, failed, warned, skipped, errors } = summary;
  const count: Readonly<Record<Outcome, number>> = { passed, failed, warned, skipped, error: errors };
  const total = Math.max(1, passed + failed + warned + skipped + errors);
  let x = 0;
  const bars = severity.map((outcome) => {
    // Every outcome that occurred has a visible width.
    const width = count[outcome] === 0 ? 0 : Math.max(14, (count[outcome] / total) * 1000);
    const bar = html`<rect class="${outcome}" x="${x}" width="${width}" height="8"/>`;
    x += width;
    return width > 0 && bar;
  });
  return html`<div class="counts">
    <svg class="bar" viewBox="0 0 ${x} 8" preserveAspectRatio="none" aria-hidden="true">${bars}</svg>
    <ul>${severity.map(
      (outcome) =>
        html`<li><a class="count ${outcome}${count[outcome] === 0 && ' none'}" href="#cases?outcome=${outcome}">${icon(outcome)}<strong>${count[outcome]}</strong> ${outcome === 'error' ? 'errors' : outcome}</a></li>`,
    )}</ul>
  </div>`;
}

function facts({ operation, results, gate, load }: Report): readonly Entry[] {
  const started = gate?.startedAt ?? results?.startedAt;
  const target = results?.target ?? load?.target;
  const further = new Set(results?.codes.flatMap((code) => code.operation ?? []));
  const took = gate?.stations.reduce((sum, { durationMs }) => sum + durationMs, 0) ?? results?.summary.durationMs;
  return [
    ['target', target && html`<code>${target.url}</code> (${target.kind})`],
    [
      'operation',
      html`<code>${operation.method} ${operation.path}</code>${[...further].map((id) => html`, <code>${id}</code>`)}`,
    ],
    ...(results === undefined ? [] : resultFacts(results, operation)),
    ['took', took !== undefined && durationText(took)],
    ['started', started !== undefined && dateText(started)],
  ];
}

function resultFacts({ codes, dialect, seed, summary, tool }: Results, operation: Operation): readonly Entry[] {
  const changed = changedSettings(dialect, operation);
  const reading = changed.map(({ key, value }) => html`<code>${key}=${value}</code>`);
  const { requests, backedOff = 0 } = summary;
  const waited = backedOff > 0 ? `, waited after ${plural(backedOff, 'answer')} 429` : '';
  const partial = codes.some(({ reason }) => reason === notSelected);
  return [
    ['cases', partial && 'a part (not all cases were selected)'],
    ['seed', html`<code>${seed}</code>`],
    ['dialect', html`<a href="#dialect">${changed.length === 0 ? 'default' : joinContent(reading, ' ')}</a>`],
    ['requests', `${requests}${waited}`],
    ['bindgate', `${tool.version}, case list version ${tool.catalogue}`],
  ];
}

/** Notices that affect the whole report. */
function notices({ seemsToFollow, secretsShown, interrupted, policy }: Results): Content {
  const reading = dialectFlags(seemsToFollow ?? {}).map((flag) => html`<code>${flag}</code>`);
  return [
    reading.length > 0 &&
      html`<p class="notice warned">${icon('warned')}<span><strong>Another reading explains much of this.</strong> Valid requests bind with ${joinContent(reading, ' ')}. If the server follows this reading, run again with it.</span></p>`,
    policy?.notes.map((note) => html`<p class="notice warned">${icon('warned')}<span>${note}</span></p>`),
    interrupted &&
      html`<p class="notice error">${icon('error')}<span><strong>The run was interrupted.</strong> Partial results are below.</span></p>`,
    secretsShown === true &&
      html`<p class="notice warned">${icon('warned')}<span><strong>This report contains secrets</strong> (<code>--show-secrets</code>). Do not share it.</span></p>`,
  ];
}

/** The headline of a report. */
type Headline = { readonly look: Outcome; readonly title: string; readonly reasons: readonly string[] };

/** The verdict of the gate, or of the contract, the load or the comparison if there was no gate. */
export function chooseHeadline({ gate, results, load, compare }: Report): Headline {
  if (gate !== undefined) return gateHeadline(gate);
  if (results !== undefined) return contractHeadline(results);
  if (load !== undefined) return loadHeadline(load);
  if (compare === undefined) return { look: 'error', title: 'Nothing measured', reasons: [] };
  const { verdict, reasons } = compare;
  return { look: verdicts[verdict].status, title: `Comparison: ${verdict}`, reasons };
}

function gateHeadline({ exitCode, stations: steps }: GateResults): Headline {
  const passed = steps.length === 1 ? '1 step passed' : `all ${steps.length} steps passed`;
  if (exitCode === 0) return { look: 'passed', title: 'Gate passed', reasons: [passed] };
  const reasons = steps.filter((step) => step.exitCode !== 0).map(({ name, summary }) => `${name}: ${summary}`);
  return { look: exitLook(exitCode), title: exitCode === 130 ? 'Interrupted' : 'Gate failed', reasons };
}

function contractHeadline(results: Results): Headline {
  const { exitCode, reasons } = results.verdict;
  const { passed, warned, skipped } = results.summary;
  const { title } = describeEnding(results);
  const allPassed = `${passed === 1 ? 'the one case that ran' : `all ${passed} cases that ran`} passed`;
  return {
    look: exitLook(exitCode),
    title: title.charAt(0).toUpperCase() + title.slice(1),
    reasons: exitCode === 0 ? [warned > 0 || skipped > 0 ? 'nothing failed' : allPassed] : reasons,
  };
}

function loadHeadline(load: LoadResults): Headline {
  const exitCode = loadExitCode(load);
  const missed = load.objectives.filter(({ kept }) => !kept).map(({ name, detail }) => `${name}: ${detail}`);
  return {
    look: exitLook(exitCode),
    title: `Load ${endOfLoad[exitCode]}`,
    reasons: exitCode === 1 ? missed : load.reasons,
  };
}
