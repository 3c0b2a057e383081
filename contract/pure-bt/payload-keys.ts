import type { TokenKeys } from '../../generators/request.ts';

/** Why a request with a token of the issuer cannot be printed, by the key that it needs: only a run with a server has one. */
export const whyOnlyInRuns: { readonly [Key in keyof TokenKeys]?: string } = {
  publicKeyPem:
    'the token needs the public key of the token issuer; only `bindgate verify` sends it, with tokenKeys in the configuration',
  signingKeyPem:
    'only the token issuer can sign such a token; `bindgate verify` gets one from a provider state (docs/provider-states.md)',
};
