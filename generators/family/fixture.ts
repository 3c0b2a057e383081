import type { Fixture } from '../../spec/family/states.ts';
import type { Random } from '../random.ts';
import { bindingCode, bindingSecret, macDk, productKey, productSecret, userDomainSecret } from './devices.ts';

/**
 * An invented device with everything a request needs, for payloads and tests without a server.
 * @param token the user's access token. It is never invented; bad tokens are made from it.
 */
export function madeUpFixture(random: Random, token: string): Fixture & { readonly oldBindingSecret: string } {
  return {
    token,
    pk: productKey(random),
    ps: productSecret(random),
    dk: macDk(random),
    bindingCode: bindingCode(random),
    bindingSecret: bindingSecret(random),
    userDomainSecret: userDomainSecret(random),
    oldBindingSecret: bindingSecret(random),
    fid: `f${random.string.numeric(10)}`,
    frid: `r${random.string.numeric(10)}`,
  };
}
