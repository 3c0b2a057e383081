// Generated from the JSON Schema next to it by openapi-typescript. Do not edit: change that, then run `npm run generate`.


export interface components {
    schemas: {
        /** bindgate vectors.json */
        readonly Vectors: {
            /** @constant */
            readonly schema: "bindgate.vectors/1";
            /** @description Method and path. */
            readonly operation: string;
            /** @description The document's formulas, by the field that they make. */
            readonly formulas: {
                readonly [key: string]: string;
            };
            /** @description What each flag of a test means. */
            readonly flags: {
                readonly [key: string]: string;
            };
            readonly groups: {
                readonly signature: {
                    readonly about: string;
                    readonly tests: readonly components["schemas"]["SignatureTest"][];
                };
                readonly encryptedBindingCode: components["schemas"]["CipherGroup"];
                readonly bindingSecret: components["schemas"]["CipherGroup"];
                readonly request: {
                    readonly about: string;
                    readonly tests: readonly components["schemas"]["RequestTest"][];
                };
            };
        };
        readonly CipherGroup: {
            readonly about: string;
            readonly tests: readonly components["schemas"]["CipherTest"][];
        };
        readonly SignatureTest: {
            readonly id: components["schemas"]["Id"];
            readonly comment: string;
            /** @description Whether received is right. It is if it equals result. */
            readonly valid: boolean;
            readonly flags: components["schemas"]["Flags"];
            readonly input: {
                readonly pk: string;
                readonly dk: string;
                /** @description The bindingCode as it is sent: plain, or the text of encryptedBindingCode. */
                readonly bindingCode: string;
                /** @description Absent, null and empty mean the same. */
                readonly pwd?: string | null;
                readonly userDomainSecret: string;
            };
            readonly textToSign: string;
            /** @description The bytes that are hashed: textToSign in UTF-8. */
            readonly textToSignHex: string;
            /** @description The right signature for the input. */
            readonly result: string;
            /** @description The signature to check. */
            readonly received: string;
            /** @description The wrong text that received was made from, if that is the mistake. */
            readonly signedText?: string;
            readonly reason?: components["schemas"]["Reason"];
            readonly codes?: components["schemas"]["Codes"];
        };
        readonly CipherTest: {
            readonly id: components["schemas"]["Id"];
            readonly comment: string;
            /** @description Whether received is right. It is if it equals result. */
            readonly valid: boolean;
            readonly flags: components["schemas"]["Flags"];
            readonly input: {
                readonly bindingCode?: string;
                readonly pk?: string;
                readonly dk?: string;
                readonly bindingSecret?: string;
                readonly ps: string;
                readonly random: string;
            };
            /** @description The AES key: the 16 characters of ps as bytes. */
            readonly keyHex: string;
            /** @description The initialisation vector: the 16 characters of random as bytes. */
            readonly ivHex: string;
            readonly plaintext: string;
            /** @description The plaintext in UTF-8. */
            readonly plaintextHex: string;
            /** @description The plaintext with its PKCS#5 padding. */
            readonly paddedHex: string;
            /** @description The right ciphertext for the input, in Base64. */
            readonly result: string;
            /** @description The ciphertext to check. */
            readonly received: string;
            readonly reason?: components["schemas"]["Reason"];
            readonly codes?: components["schemas"]["Codes"];
        };
        readonly RequestTest: {
            readonly id: components["schemas"]["Id"];
            readonly comment: string;
            readonly valid: boolean;
            readonly flags: components["schemas"]["Flags"];
            /** @description What client and server know. The token is taken as valid if it is sent. */
            readonly secrets: {
                readonly ps: string;
                readonly userDomainSecret: string;
                readonly pk: string;
                readonly dk: string;
                readonly bindingCode: string;
                readonly bindingSecret: string;
                readonly oldBindingSecret: string;
            };
            readonly request: {
                readonly method: string;
                readonly path: string;
                readonly headers: {
                    readonly [key: string]: string;
                };
                readonly body: {
                    readonly [key: string]: string | number | boolean | null;
                };
            };
            /** @description The plaintext of each ciphertext of a valid request. */
            readonly plaintexts?: {
                readonly [key: string]: string;
            };
            /** @description The text to sign for the fields as they are sent. */
            readonly textToSign: string;
            /** @description The right signature for the fields as they are sent. */
            readonly result: string;
            readonly reason?: components["schemas"]["Reason"];
            readonly codes: components["schemas"]["Codes"];
        };
        /** @description Stable: group and name, such as signature/plain. */
        readonly Id: string;
        readonly Flags: readonly string[];
        /** @description The mistake of an invalid test. In whole requests it is a name that `bindgate payload` takes, if it has that fault. */
        readonly Reason: string;
        /** @description The documented codes that are right: 200 for a valid request. Empty if the document has no code for the mistake; any refusal is right then. */
        readonly Codes: readonly number[];
        /** @description What a client made of the tests, for `bindgate vectors --check`. */
        readonly Answers: {
            /** @constant */
            readonly schema: "bindgate.vectors/1";
            /** @description By id: the signature or ciphertext that was computed from the input, or "valid" or "invalid" for what was received. */
            readonly results: {
                readonly [key: string]: string;
            };
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type Vectors = components['schemas']['Vectors'];
export type CipherGroup = components['schemas']['CipherGroup'];
export type SignatureTest = components['schemas']['SignatureTest'];
export type CipherTest = components['schemas']['CipherTest'];
export type RequestTest = components['schemas']['RequestTest'];
export type Id = components['schemas']['Id'];
export type Flags = components['schemas']['Flags'];
export type Reason = components['schemas']['Reason'];
export type Codes = components['schemas']['Codes'];
export type Answers = components['schemas']['Answers'];
