// Generated from openapi.yaml by openapi-typescript. Do not edit it: edit openapi.yaml, then run `npm run generate`.

export interface paths {
    "/v2/binding/enduserapi/deviceBindingByPureBt": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Pure Bluetooth device binding
         * @description The caller names a device by pk and dk and sends its bindingCode and its new bindingSecret. The bindingSecret is
         *     encrypted with the product's secret (PS). The request is signed with the secret of the caller's user domain
         *     (userDomainSecret). PS and userDomainSecret are never sent.
         *
         *     The signature covers pk, dk, the bindingCode as transmitted and pwd. It does not cover the other fields.
         */
        post: operations["deviceBindingByPureBt"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * BindDevicePureBtParam
         * @description The page says about bindingCode and encryptedBindingCode: choose one. So a request must have exactly one of them.
         *     It is open what a server does with both; this schema is for callers.
         */
        BindingRequest: components["schemas"]["PlainBindingRequest"] | components["schemas"]["EncryptedBindingRequest"];
        /** @description A request with the bindingCode in clear. */
        PlainBindingRequest: {
            bindingCode: components["schemas"]["bindingCode"];
            encryptedBindingCode?: components["schemas"]["otherFormUnused"];
            capabilitiesBitmask?: components["schemas"]["capabilitiesBitmask"];
            deviceName?: components["schemas"]["deviceName"];
            dk: components["schemas"]["dk"];
            encryptedNewBindingSecret: components["schemas"]["encryptedNewBindingSecret"];
            encryptedOldBindingSecret?: components["schemas"]["encryptedOldBindingSecret"];
            fid?: components["schemas"]["fid"];
            frid?: components["schemas"]["frid"];
            isCommonDevice?: components["schemas"]["isCommonDevice"];
            pk: components["schemas"]["pk"];
            pwd?: components["schemas"]["pwd"];
            random: components["schemas"]["random"];
            signature: components["schemas"]["signature"];
        };
        /** @description A request with the bindingCode encrypted. */
        EncryptedBindingRequest: {
            bindingCode?: components["schemas"]["otherFormUnused"];
            encryptedBindingCode: components["schemas"]["encryptedBindingCode"];
            capabilitiesBitmask?: components["schemas"]["capabilitiesBitmask"];
            deviceName?: components["schemas"]["deviceName"];
            dk: components["schemas"]["dk"];
            encryptedNewBindingSecret: components["schemas"]["encryptedNewBindingSecret"];
            encryptedOldBindingSecret?: components["schemas"]["encryptedOldBindingSecret"];
            fid?: components["schemas"]["fid"];
            frid?: components["schemas"]["frid"];
            isCommonDevice?: components["schemas"]["isCommonDevice"];
            pk: components["schemas"]["pk"];
            pwd?: components["schemas"]["pwd"];
            random: components["schemas"]["random"];
            signature: components["schemas"]["signature"];
        };
        /**
         * @description bindingCode: the code that a device gives to a user who may bind it. 16 upper-case hex digits; any other format is
         *     answered with 5213. If neither this nor encryptedBindingCode is given, the answer is 5179.
         * @example 3F9A0C5D71E2B864
         */
        bindingCode: string;
        /**
         * @description Encrypted bindingCode: BASE64_ENCODE(AES_128_CBC(PKCS5Padding(bindingCode), key=PS, iv=random)). 16 characters
         *     and their padding make 32 bytes, which are 44 characters of padded Base64. If the plaintext is not a bindingCode,
         *     the answer is 5213 (a reading, not the page's words).
         * @example dJZltEcNegmonoFRTj3Z34QT3NqHT1ohq6yrlvBgJwg=
         */
        encryptedBindingCode: string;
        /**
         * @description The form of the bindingCode that this request does not use. Absent or null.
         * @example null
         */
        otherFormUnused: null;
        /**
         * Format: int32
         * @description Device network capabilities, the sum of 1 WAN, 2 LAN (WiFi), 4 BLE and 8 Matter. The page lists 1 to 15; its
         *     example has 0, so 0 is allowed here.
         * @example 4
         */
        capabilitiesBitmask: number | null;
        /**
         * @description Device name. A longer name is answered with 5333. The limit is from code 5069 of a sibling page; its unit is open,
         *     so only ASCII names are certain near the limit.
         * @example Kitchen scale
         */
        deviceName: string | null;
        /**
         * @description Device Key: 4 to 32 letters and digits, such as a MAC address without colons or an IMEI. A missing dk is answered
         *     with 5067, any other format with 5361.
         * @example A4C138F20B7E
         */
        dk: string;
        /**
         * @description New encrypted bindingSecret: BASE64_ENCODE(AES_128_CBC(PKCS5Padding(PK,DK,bindingSecret), key=PS, iv=random)),
         *     with the English commas in the plaintext. It is not signed: only the PK and DK inside connect it to the request.
         *     At least one AES block, which is 24 characters.
         * @example Rrf5k9A2/gjCPcSZ9oFaNp4/Ply1hM5z8ExpKmDsIx2SaanBamOw0yzRM/GUxTG5
         */
        encryptedNewBindingSecret: string;
        /**
         * @description Old encrypted bindingSecret, made like the new one. It proves that the same device was bound before (a reading,
         *     not the page's words).
         * @example Rrf5k9A2/gjCPcSZ9oFaNpkNL93L8Rx0Eyc+S2rHYNLKfqEz0OGjQbCK7EOXpoMG
         */
        encryptedOldBindingSecret: string | null;
        /**
         * @description Family ID. If home mode is on, a missing fid is answered with 5636. If home mode is off, a given fid is answered
         *     with 5624. Not signed.
         * @example f2041993355
         */
        fid: string | null;
        /**
         * @description Room ID, a room of the family. Not signed.
         * @example r7300185216
         */
        frid: string | null;
        /**
         * @description In home mode, whether to add to common device list (added by default).
         * @default true
         * @example true
         */
        isCommonDevice: boolean | null;
        /**
         * @description Product Key. A missing or empty pk is answered with 5066. Real ones are `p1` and four letters or digits; others are
         *     not refused here.
         * @example p1k7Qz
         */
        pk: string;
        /**
         * @description pwd: the device's password, if it has one; a wrong format is answered with 5357. Absent, null and empty have the
         *     same signature. The page gives no format: 1 to 64 printable ASCII characters is a reading, not the page's words.
         * @example k3ttle-42
         */
        pwd: string | null;
        /**
         * @description random: the initialisation vector of every ciphertext in the request, as the raw bytes of its characters.
         *     AES-CBC needs 16 bytes; letters and digits are a reading. Not signed, and it may be used again.
         * @example Zt5pX0aLm93RkQ7u
         */
        random: string;
        /**
         * @description Signature: SHA256(pk+dk+bindingCode+pwd+userDomainSecret) of the UTF-8 text without separators, in lower-case
         *     hex. With encryptedBindingCode, its transmitted text replaces bindingCode (a reading: the page's words can also
         *     mean the decrypted code). The page has no code for a wrong signature.
         * @example f9e5c7e05c721849aaed9d56e1c380358cfaac42cd5a653f3d6ab237d01a3237
         */
        signature: string;
        /** @description The answer to a request, for every outcome. No answer is both a success and a failure. */
        Envelope: components["schemas"]["SuccessEnvelope"] | components["schemas"]["FailureEnvelope"];
        /** @description The device is bound. */
        SuccessEnvelope: {
            /**
             * Format: int32
             * @description Response status code. 200 is the first row of the status table. The response example has 0 on every page of the
             *     family, so 0 is taken as a placeholder.
             * @example 200
             * @constant
             */
            code: 200;
            msg: components["schemas"]["msg"];
            data: components["schemas"]["Verified"];
            extMsg?: components["schemas"]["extMsg"];
        };
        /** @description The request is refused. An answer that refuses the token may have no data and no extMsg. */
        FailureEnvelope: {
            /**
             * Format: int32
             * @description Response status code. The page lists 23 in addition to success; sibling pages have others.
             * @example 5361
             */
            code: number;
            msg: components["schemas"]["msg"];
            /**
             * @description No response data; a refusal with data could be mistaken for a bind.
             * @example null
             */
            data?: null;
            extMsg?: components["schemas"]["extMsg"];
        };
        /** @description Response data. */
        Verified: {
            verified: components["schemas"]["verified"];
        };
        /**
         * @description Binding authentication: 0-Not verified 1-Verified. The page's type is `string(byte)`, Swagger's name for a Java
         *     Byte; the only known real answer has a JSON number. Both are accepted; the mock sends the number.
         * @example 1
         * @enum {integer|string}
         */
        verified: 0 | 1 | "0" | "1";
        /**
         * @description Response message. Its language and wording vary; do not make decisions from it.
         * @example Incorrect DK format
         */
        msg: string;
        /**
         * @description Extended message.
         * @example null
         */
        extMsg: string | null;
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    deviceBindingByPureBt: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BindingRequest"];
            };
        };
        responses: {
            /** @description The outcome of the request, success or failure, as a business code in the body. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope"];
                };
            };
        };
    };
}
