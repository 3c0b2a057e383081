import { testWrongIvs } from './testing/iv-laws.ts';

// Every alphabet with every wrong IV takes 20 seconds; iv.slow.test.ts tries them.
testWrongIvs((all) => [all]);
