import type { DocumentedCode } from '../operation.ts';
import { codes } from './catalogue.generated.ts';

/**
 * The 24 documented codes, in the order of the document's status table: `x-codes` of openapi.yaml.
 *
 * `basis` says how it is known when a server uses the code: `document` if the page or a sibling page says so (or only one
 * reading makes sense), `inferred` if the code is not distinguishable from others.
 */
export const documentedCodes: readonly DocumentedCode[] = codes;

/**
 * Codes of sibling pages for faults that this page has no code for, by fault.
 * The default dialect accepts them for that fault and reports them as not in the document.
 */
export const siblingCodes = {
  signature: [5420, 5421],
  signatureMissing: [5550],
  bindingSecret: [5458, 5459, 5465],
  bindingCode: [5460, 5461, 5462],
  pwd: [5353],
  unknownDevice: [5313, 5339, 5493, 5553],
  service: [5000],
} as const;

/** The subject of a sibling code. */
export type SiblingSubject = keyof typeof siblingCodes;
