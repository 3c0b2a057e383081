import type { SharedDecision } from './attempt.ts';

/** Decisions from the format of fields that several operations share, before anything is looked up. */
export const sharedFormats: {
  readonly [Name in 'pkGiven' | 'dkGiven' | 'dkFormat' | 'deviceNameFormat']: SharedDecision;
} = {
  pkGiven: ({ fields }) => (fields.pk ? undefined : 'pkMissing'),
  dkGiven: ({ fields }) => (fields.dk ? undefined : 'dkMissing'),
  dkFormat: ({ fields, behaviour }) => (behaviour.dkPattern.test(fields.dk ?? '') ? undefined : 'dkFormat'),
  // The unit of the limit is open; this server counts UTF-16 units.
  deviceNameFormat: ({ fields, behaviour }) =>
    (fields.deviceName ?? '').length <= behaviour.deviceNameLimit ? undefined : 'deviceNameTooLong',
};
