/** One business code of the operation, as the document's status table lists it. */
export type DocumentedCode = {
  readonly code: number;
  /** The status table's description. */
  readonly meaning: string;
  /** How a caller meets it, for people. */
  readonly when: string;
};

/**
 * The 24 documented codes, in the order of the document's status table.
 */
export const documentedCodes: readonly DocumentedCode[] = [
  {
    code: 200,
    meaning: 'Pure Bluetooth device binding successful',
    when: 'a correct request for a device that is ready to bind',
  },
  {
    code: 5032,
    meaning: 'Token verification failed',
    when: 'the token is expired, forged, malformed, not yet valid, a refresh token or for another audience',
  },
  { code: 5041, meaning: 'No permission', when: 'a permission is missing; nothing tells this code from 5327 and 5358' },
  {
    code: 5049,
    meaning: 'Device already bound',
    when: 'the user has bound the device already, or sends the same request again',
  },
  { code: 5052, meaning: 'Device not bound', when: 'an old bindingSecret is sent for a device that is not bound' },
  { code: 5066, meaning: 'Please enter Product Key', when: '`pk` is absent, null or empty' },
  { code: 5067, meaning: 'Please enter Device Key', when: '`dk` is absent, null or empty' },
  { code: 5106, meaning: 'Please enter token', when: 'the Authorization header is missing or blank' },
  { code: 5179, meaning: 'Please enter bindingCode', when: 'neither form of the bindingCode is given' },
  {
    code: 5213,
    meaning: 'Incorrect bindingCode format',
    when: 'the bindingCode has a wrong format, or an encryptedBindingCode holds none',
  },
  {
    code: 5229,
    meaning: 'User domain not authorized for this product',
    when: "the product is not linked to the caller's app",
  },
  {
    code: 5314,
    meaning: 'Device query failed in cloud platform',
    when: 'the cloud cannot look the device up, or does not know the product',
  },
  {
    code: 5327,
    meaning: 'No permission for this product',
    when: 'a permission is missing; nothing tells this code from 5041 and 5358',
  },
  {
    code: 5333,
    meaning: 'Device name exceeds length limit',
    when: '`deviceName` is too long; the page names no limit',
  },
  { code: 5357, meaning: 'Incorrect pwd format', when: '`pwd` has a wrong format; the page names none' },
  {
    code: 5358,
    meaning: 'No product permission',
    when: 'a permission is missing; nothing tells this code from 5041 and 5327',
  },
  { code: 5361, meaning: 'Incorrect DK format', when: '`dk` has a wrong format; the page names none' },
  {
    code: 5412,
    meaning: 'Product binding mode is unique, cannot bind repeatedly',
    when: 'binding mode single, and another user of the same app has bound the device',
  },
  { code: 5624, meaning: 'Home mode not enabled', when: "`fid` is given and the user's home mode is off" },
  { code: 5636, meaning: 'Please enter family ID', when: "the user's home mode is on and `fid` is missing" },
  {
    code: 5669,
    meaning: 'Regular user has no permission to bind device',
    when: 'the caller is an ordinary member of the home',
  },
  {
    code: 5893,
    meaning: 'Failed to add common device',
    when: 'the common-device list cannot be written; whether the bind stays is open',
  },
  { code: 6040, meaning: 'Already accepted device sharing', when: 'the caller has accepted the sharing of the device' },
  {
    code: 6083,
    meaning: 'Bound device does not belong to current data center',
    when: 'the device is registered in another data centre',
  },
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
