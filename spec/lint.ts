import type { LintProblem } from './lint-rules.ts';
import { parseOpenApi } from './openapi.ts';

export type { LintProblem } from './lint-rules.ts';

/** Redocly rules in addition to its strict recommended set. */
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
  // Every business error has HTTP status 200; the document has no 4xx response.
  'operation-4xx-response': 'off',
  // The vendor chooses paths and names.
  'no-path-trailing-slash': 'off',
  'no-ambiguous-paths': 'off',
  // The vendor's pages do not mention a licence.
  'info-license': 'off',
} as const;

/** Redocly's rules about the structure of the document. If one fails, the project's own rules cannot run. */
const shapeRules: ReadonlySet<string> = new Set([
  'struct',
  'no-unresolved-refs',
  'request-mime-type',
  'response-mime-type',
  'operation-2xx-response',
]);

/**
 * The problems of a specification under Redocly's strict recommended rules and the project's own rules.
 * Reads no configuration file and opens no connection. @throws YAMLParseError if the text is not YAML.
 * @param isSetting whether a dialect setting with this name exists, for `x-dialect`; an imported specification has none.
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
  // Slow to load; only lint needs it.
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
