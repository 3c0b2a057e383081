// Generated from openapi.yaml by openapi-typescript. Do not edit: change that, then run `npm run generate`.

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
         * @description The caller names a device by pk and dk, shows its bindingCode and hands over the bindingSecret it shall have
         *     from now on. That secret travels encrypted under the product's secret (PS); the request is signed with the
         *     secret of the caller's user domain (userDomainSecret). Neither PS nor userDomainSecret is ever sent.
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
         * @description The page says of bindingCode and encryptedBindingCode: choose one. So a request with both is not valid here,
         *     and neither is one with none. What a server does with both is open; this schema is for callers.
         */
        BindingRequest: components["schemas"]["PlainBindingRequest"] | components["schemas"]["EncryptedBindingRequest"];
        /** @description A request whose bindingCode is sent in clear. */
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
        /** @description A request whose bindingCode is sent encrypted. */
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
         * @description bindingCode: what the device shows to whoever may bind it. 16 upper-case hex digits; another format is 5213.
         *     Neither this nor encryptedBindingCode given is 5179.
         * @example 3F9A0C5D71E2B864
         */
        bindingCode: string;
        /**
         * @description Encrypted bindingCode: BASE64_ENCODE(AES_128_CBC(PKCS5Padding(bindingCode), key=PS, iv=random)). 16 characters
         *     and their padding make 32 bytes, hence 44 characters of padded Base64. A ciphertext that yields no bindingCode
         *     is 5213 (a reading, not the document's word).
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
         * @description Device network capabilities, the sum of 1 WAN, 2 LAN (WiFi), 4 BLE and 8 Matter. The page lists 1 to 15; its own
         *     example sends 0, so that is not refused here.
         * @example 4
         */
        capabilitiesBitmask: number | null;
        /**
         * @description Device name. A longer one is 5333. The bound is the figure of a sibling's code 5069; its unit is open, so only
         *     ASCII names are certain near it.
         * @example Kitchen scale
         */
        deviceName: string | null;
        /**
         * @description Device Key: 4 to 32 letters and digits, such as a MAC address without colons or an IMEI. Missing is 5067,
         *     another format 5361.
         * @example A4C138F20B7E
         */
        dk: string;
        /**
         * @description New encrypted bindingSecret: BASE64_ENCODE(AES_128_CBC(PKCS5Padding(PK,DK,bindingSecret), key=PS, iv=random)),
         *     the English commas being part of the plaintext. Not signed: only the PK and DK inside bind it to the request.
         *     At least one AES block, hence 24 characters.
         * @example Rrf5k9A2/gjCPcSZ9oFaNp4/Ply1hM5z8ExpKmDsIx2SaanBamOw0yzRM/GUxTG5
         */
        encryptedNewBindingSecret: string;
        /**
         * @description Old encrypted bindingSecret, made like the new one. It proves that the device is the one bound before (a
         *     reading, not the document's word).
         * @example Rrf5k9A2/gjCPcSZ9oFaNpkNL93L8Rx0Eyc+S2rHYNLKfqEz0OGjQbCK7EOXpoMG
         */
        encryptedOldBindingSecret: string | null;
        /**
         * @description Family ID. Home mode on and none given is 5636; one given with home mode off is 5624. Not signed.
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
         * @description Product Key. Missing or empty is 5066. Real ones are `p1` and four letters or digits; others are not refused.
         * @example p1k7Qz
         */
        pk: string;
        /**
         * @description pwd: the device's password, where it has one; another format is 5357. Absent, null and empty sign alike. The
         *     page gives no format: 1 to 64 printable ASCII characters is a reading, not the document's word.
         * @example k3ttle-42
         */
        pwd: string | null;
        /**
         * @description random: the initialisation vector of every ciphertext in the request, as the raw bytes of its characters.
         *     AES-CBC needs 16 bytes; letters and digits are a reading. Not signed, and not bound to be fresh.
         * @example Zt5pX0aLm93RkQ7u
         */
        random: string;
        /**
         * @description Signature: SHA256(pk+dk+bindingCode+pwd+userDomainSecret) of the UTF-8 text without separators, in lower-case
         *     hex. With encryptedBindingCode, its text as transmitted stands in bindingCode's place (a reading: the page's
         *     words can also mean the decrypted code). The page has no code for a wrong signature.
         * @example f9e5c7e05c721849aaed9d56e1c380358cfaac42cd5a653f3d6ab237d01a3237
         */
        signature: string;
        /** @description Every answer to a request, whatever its outcome. No answer is both a success and a failure. */
        Envelope: components["schemas"]["SuccessEnvelope"] | components["schemas"]["FailureEnvelope"];
        /** @description The device is bound. */
        SuccessEnvelope: {
            /**
             * Format: int32
             * @description Response status code. 200 is the status table's first row; the 0 of the page's response example stands on
             *     every page of the family and is taken for a placeholder.
             * @example 200
             * @constant
             */
            code: 200;
            msg: components["schemas"]["msg"];
            data: components["schemas"]["Verified"];
            extMsg?: components["schemas"]["extMsg"];
        };
        /** @description The request is refused. Answers without data and extMsg are seen where the token is refused. */
        FailureEnvelope: {
            /**
             * Format: int32
             * @description Response status code. The page lists 23 beside success; siblings use others.
             * @example 5361
             */
            code: number;
            msg: components["schemas"]["msg"];
            /**
             * @description No response data; a refusal that carries some could be taken for a bind.
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
         * @description Binding authentication: 0-Not verified 1-Verified. The page types it `string(byte)`, Swagger's word for a Java
         *     Byte; the one real answer at hand has a JSON number. Both are accepted, the number is sent.
         * @example 1
         * @enum {integer|string}
         */
        verified: 0 | 1 | "0" | "1";
        /**
         * @description Response message. Its language and wording vary; never decide by it.
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
