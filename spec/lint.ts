import type { LintProblem } from './lint-rules.ts';
import { parseOpenApi } from './openapi.ts';

export type { LintProblem } from './lint-rules.ts';

/** Beyond Redocly's strict recommendation: what a contract for other people's servers should not lack. */
const redoclyRules = {
  'operation-description': 'error',
  'operation-tag-defined': 'error',
  'operation-singular-tag': 'error',
  'scalar-property-missing-example': 'error',
  'component-name-unique': 'error',
  'spec-strict-refs': 'error',
  'spec-example-values': 'error',
  'path-params-defined': 'error',
  'request-mime-type': {
    severity: 'error',
    allowedValues: ['application/json', 'application/x-www-form-urlencoded', 'multipart/form-data'],
  },
  'response-mime-type': { severity: 'error', allowedValues: ['application/json'] },
  // Every business error comes with HTTP status 200; the document has no 4xx response.
  'operation-4xx-response': 'off',
  // Paths and names are the vendor's, whatever they are like.
  'no-path-trailing-slash': 'off',
  'no-ambiguous-paths': 'off',
  // A page of the vendor's says nothing about a licence.
  'info-license': 'off',
} as const;

/** Redocly's rules about the shape of the document: our rules cannot walk one that breaks these. */
const shapeRules: ReadonlySet<string> = new Set([
  'struct',
  'no-unresolved-refs',
  'request-mime-type',
  'response-mime-type',
  'operation-2xx-response',
]);

/**
 * What is wrong with a specification by Redocly's strict recommended rules and by ours; empty when it is clean.
 * Reads no configuration file and opens no connection. Throws where the text is no YAML.
 * @param isSetting whether there is a dialect setting of a name, for `x-dialect`; an imported specification names none.
 */
export async function lintSpec(
  yaml: string,
  isSetting: (name: string) => boolean = () => false,
): Promise<readonly LintProblem[]> {
  const found = await redoclyProblems(yaml);
  if (found.some(({ rule }) => shapeRules.has(rule))) return found;
  const { ownProblems } = await import('./lint-rules.ts');
  return [...found, ...ownProblems(parseOpenApi(yaml), isSetting)];
}

async function redoclyProblems(yaml: string): Promise<readonly LintProblem[]> {
  // Slow to load, and only lint needs it.
  const { createConfig, lintFromString } = await import('@redocly/openapi-core');
  const config = await createConfig({ extends: ['recommended-strict'], rules: redoclyRules });
  const found = await lintFromString({ source: yaml, absoluteRef: 'openapi.yaml', config });
  return found.map(({ ruleId, message, severity, location }) => ({
    rule: ruleId,
    location: location[0]?.pointer ?? '#/',
    message,
    severity,
  }));
}
