import type { Place } from '../model.ts';

/** Tells of something that the page does not say and an OpenAPI document must; the place is where it would have been said. */
export type Guess = (at: Place, text: string) => void;
