/** The file `compare.json`, as far as a report needs it: how B stands to A. */
export type CompareFile = {
  readonly schema: 'bindgate.compare/1';
  readonly verdict: CompareVerdict;
  readonly metrics: readonly MetricRatio[];
  readonly reasons: readonly string[];
  /** Two servers in one session, or two files of other days. */
  readonly kind?: 'live' | 'stored';
  readonly valid?: boolean;
  readonly a?: { readonly name: string };
  readonly b?: { readonly name: string };
  readonly settings?: {
    readonly confidence?: number;
    /** By metric, what may be worse without a change of the verdict, as a share. */
    readonly limits?: Readonly<Record<string, { readonly tolerance: number }>>;
  };
};

/** How a comparison, or one metric of it, ended. */
export type CompareVerdict = 'PASS' | 'FAIL' | 'INCONCLUSIVE';

/** One metric of B over that of A with its interval; null where neither can be read. */
export type MetricRatio = {
  readonly name: string;
  readonly ratio: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly verdict: CompareVerdict;
  readonly a?: number;
  readonly b?: number;
};

const verdict = { enum: ['PASS', 'FAIL', 'INCONCLUSIVE'] };
const ratio = { type: ['number', 'null'], exclusiveMinimum: 0 };
const side = { type: 'object', required: ['name'], properties: { name: { type: 'string' } } };

/** The JSON Schema of that part. */
export const compareFileSchema: object = {
  type: 'object',
  required: ['schema', 'verdict', 'metrics', 'reasons'],
  properties: {
    schema: { const: 'bindgate.compare/1' },
    verdict,
    metrics: {
      type: 'array',
      items: {
        type: 'object',
        required: ['name', 'ratio', 'low', 'high', 'verdict'],
        properties: {
          name: { type: 'string' },
          ratio,
          low: ratio,
          high: ratio,
          verdict,
          a: { type: 'number' },
          b: { type: 'number' },
        },
      },
    },
    reasons: { type: 'array', items: { type: 'string' } },
    kind: { enum: ['live', 'stored'] },
    valid: { type: 'boolean' },
    a: side,
    b: side,
    settings: {
      type: 'object',
      properties: {
        confidence: { type: 'number', minimum: 0, maximum: 1 },
        limits: {
          type: 'object',
          additionalProperties: {
            type: 'object',
            required: ['tolerance'],
            properties: { tolerance: { type: 'number', minimum: 0, maximum: 1 } },
          },
        },
      },
    },
  },
};
