import { pattern } from '../dialect.ts';
import type { Setting } from '../operation.ts';

/** Open questions about fields that several operations of the family have. */
export const platformSettings: {
  readonly dkPattern: Setting<string>;
  readonly bindingCodePattern: Setting<string>;
  readonly deviceNameLimit: Setting<number>;
} = {
  dkPattern: pattern(
    '[0-9A-Za-z]{4,32}',
    'Which dk is well formed (5361)?',
    'sibling pages: 4 to 32 letters and digits; this page names no format',
  ),
  bindingCodePattern: pattern(
    '[0-9A-F]{16}',
    'Which bindingCode is well formed (5213)?',
    'sibling pages: 16 characters 0-9A-F; this page names no format',
  ),
  deviceNameLimit: {
    default: 254,
    choices: '254 | a whole number from 1 to 100000',
    question: 'How many characters may a deviceName have (5333)?',
    source: 'sibling code 5069 names 254; the unit is open, so only ASCII names test the limit',
    read: (text) => (/^[1-9]\d{0,5}$/.test(text) && Number(text) <= 100_000 ? Number(text) : undefined),
  },
};
