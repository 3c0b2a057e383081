import { github } from './github.ts';
import { gitlab } from './gitlab.ts';
import { jenkins } from './jenkins.ts';
import type { CiSystem } from './plan.ts';

/** What `init --ci` takes. */
export type CiName = 'github' | 'gitlab' | 'jenkins';

/** The CI systems that `init --ci` writes a file for. */
export const ciSystems: Readonly<Record<CiName, CiSystem>> = { github, gitlab, jenkins };
