import type * as FastCheck from 'fast-check';
import type { Arbitrary } from 'fast-check';
import type { Volley } from '../run/case.ts';

/** fast-check itself, which is loaded when a property is run: it costs as much as a hundred requests. */
export type Check = typeof FastCheck;

/** One arbitrary request with the outcomes that are right for what it has become: a shrunk request is classified anew. */
export type Sample = Volley;

/** A law over arbitrary requests. */
export type Property = { readonly samples: (check: Check) => Arbitrary<Sample> };
