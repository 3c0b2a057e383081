/** One business code of the operation, as the document's status table lists it. */
export type DocumentedCode = {
  readonly code: number;
  /** The status table's description. */
  readonly meaning: string;
  /** How firmly the condition is known: see `mark` in the table of the 24 codes. */
  readonly basis: 'document' | 'inferred';
};

/**
 * The 24 documented codes, in the order of the document's status table.
 *
 * `basis` says how a caller is known to meet the code: `document` where the page or a sibling page of the
 * family says so (or only one reading is sensible), `inferred` where nothing tells codes apart.
 */
export const documentedCodes: readonly DocumentedCode[] = [
  { code: 200, meaning: 'Pure Bluetooth device binding successful', basis: 'document' },
  { code: 5032, meaning: 'Token verification failed', basis: 'document' },
  { code: 5041, meaning: 'No permission', basis: 'inferred' },
  { code: 5049, meaning: 'Device already bound', basis: 'document' },
  { code: 5052, meaning: 'Device not bound', basis: 'document' },
  { code: 5066, meaning: 'Please enter Product Key', basis: 'document' },
  { code: 5067, meaning: 'Please enter Device Key', basis: 'document' },
  { code: 5106, meaning: 'Please enter token', basis: 'document' },
  { code: 5179, meaning: 'Please enter bindingCode', basis: 'document' },
  { code: 5213, meaning: 'Incorrect bindingCode format', basis: 'document' },
  { code: 5229, meaning: 'User domain not authorized for this product', basis: 'document' },
  { code: 5314, meaning: 'Device query failed in cloud platform', basis: 'document' },
  { code: 5327, meaning: 'No permission for this product', basis: 'inferred' },
  { code: 5333, meaning: 'Device name exceeds length limit', basis: 'document' },
  { code: 5357, meaning: 'Incorrect pwd format', basis: 'document' },
  { code: 5358, meaning: 'No product permission', basis: 'inferred' },
  { code: 5361, meaning: 'Incorrect DK format', basis: 'document' },
  { code: 5412, meaning: 'Product binding mode is unique, cannot bind repeatedly', basis: 'document' },
  { code: 5624, meaning: 'Home mode not enabled', basis: 'document' },
  { code: 5636, meaning: 'Please enter family ID', basis: 'document' },
  { code: 5669, meaning: 'Regular user has no permission to bind device', basis: 'document' },
  { code: 5893, meaning: 'Failed to add common device', basis: 'document' },
  { code: 6040, meaning: 'Already accepted device sharing', basis: 'document' },
  { code: 6083, meaning: 'Bound device does not belong to current data center', basis: 'document' },
];

/**
 * Codes of sibling pages for faults this page has no code for, by the fault they name.
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

/** The subject a sibling code names. */
export type SiblingSubject = keyof typeof siblingCodes;

const byCode: ReadonlyMap<number, DocumentedCode> = new Map(documentedCodes.map((entry) => [entry.code, entry]));
const siblings: ReadonlySet<number> = new Set(Object.values(siblingCodes).flat());

/** The catalogue's entry for a code, or undefined where the document has none. */
export function documentedCode(code: number): DocumentedCode | undefined {
  return byCode.get(code);
}

/** Whether a sibling page uses this code (and this page does not). */
export function isSiblingCode(code: number): boolean {
  return siblings.has(code);
}
