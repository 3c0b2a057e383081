import type { Reading } from '../server.ts';
import { fieldReadings } from './fields.ts';
import { httpReadings } from './http.ts';
import { proofReadings } from './proofs.ts';
import { recordReadings } from './records.ts';

/** Every reading that a random conforming server may have, by question. */
export const readings: readonly Reading[] = [...fieldReadings, ...proofReadings, ...recordReadings, ...httpReadings];
