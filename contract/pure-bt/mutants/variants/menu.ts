import type { Variant } from '../../../mutants/mutant.ts';
import { codeVariants } from './codes.ts';
import { dialectVariants } from './dialects.ts';
import { leniencyVariants } from './leniency.ts';
import { orderVariants } from './orders.ts';
import { platformVariants } from './platforms.ts';
import { shapeVariants } from './shapes.ts';

/** Every server that differs from the reference and is right all the same. */
export const variants: readonly Variant[] = [
  ...orderVariants,
  ...shapeVariants,
  ...dialectVariants,
  ...codeVariants,
  ...leniencyVariants,
  ...platformVariants,
];
