import { github } from './github.ts';
import { gitlab } from './gitlab.ts';
import { jenkins } from './jenkins.ts';
import type { CiSystem } from './plan.ts';

/** The CI systems that `init --ci` writes a file for. */
export const ciSystems: Readonly<Record<'github' | 'gitlab' | 'jenkins', CiSystem>> = { github, gitlab, jenkins };
