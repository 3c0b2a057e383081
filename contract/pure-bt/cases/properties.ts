import type { RuleId } from '../../../spec/pure-bt/rules.ts';
import { singleFaults } from '../property/faulty.ts';
import { tamperedRequests } from '../property/tampered.ts';
import { arbitraryDevice, validRequests } from '../property/valid.ts';
import type { Case, Property } from './steps.ts';
import { anyDevice, tested } from './steps.ts';

/** Properties of arbitrary requests; `--runs` sets the number of requests for each. */
export const propertyCases: readonly Case[] = [
  law('valid', 'binds any valid request', 'optional-fields', validRequests),
  { ...law('any-device', 'binds any well-formed dk and bindingCode', 'dk-format', arbitraryDevice), given: anyDevice },
  law('single-fault', 'answers any single fault with its code', 'codes-mean', singleFaults),
  law('tampered', 'rejects a signed request after a change of any character', 'tampering', tamperedRequests),
];

function law(name: string, title: string, rule: RuleId, property: Property): Case {
  return tested(`property/${name}`, title, rule, [], { takesLong: true, property });
}
