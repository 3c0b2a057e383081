import type { Place } from '../model.ts';

/** Reports a guess: something that an OpenAPI document needs but the page does not say, and the place where it is missing. */
export type Guess = (at: Place, text: string) => void;
