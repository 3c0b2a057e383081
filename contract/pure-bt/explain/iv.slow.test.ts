import { testWrongIvs } from './testing/iv-laws.ts';

testWrongIvs((all) => all.map((one) => [one]));
