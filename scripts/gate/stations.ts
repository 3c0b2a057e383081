import { contractStation } from './contract.ts';
import type { Station } from './gate.ts';
import { loadStation } from './load.ts';
import { mockStation } from './mock.ts';
import { specStation } from './spec.ts';

/** The stations of the gate, in order. */
export const stations: readonly Station[] = [specStation, mockStation, contractStation, loadStation];
