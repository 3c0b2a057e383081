// Generated from openapi.yaml by `npm run generate`. Do not edit.
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
         * @description The signature covers pk, dk, bindingCode (or its ciphertext) and pwd. It does not cover random, the encrypted secrets, fid,
         *     frid, deviceName and capabilitiesBitmask.
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
        /** @description A request in one of its two forms; "choose one" is the page's word. */
        BindingRequest: components["schemas"]["PlainBindingRequest"] | components["schemas"]["EncryptedBindingRequest"];
        /** @description A request with the bindingCode in clear. */
        PlainBindingRequest: {
            pk: components["schemas"]["ProductKey"];
            dk: components["schemas"]["DeviceKey"];
            bindingCode: components["schemas"]["BindingCode"];
            /** @description Not given in this form; null counts as absent. */
            encryptedBindingCode?: null;
            encryptedNewBindingSecret: components["schemas"]["EncryptedNewBindingSecret"];
            encryptedOldBindingSecret?: components["schemas"]["EncryptedOldBindingSecret"];
            random: components["schemas"]["Random"];
            signature: components["schemas"]["Signature"];
            pwd?: components["schemas"]["Pwd"];
            deviceName?: components["schemas"]["DeviceName"];
            capabilitiesBitmask?: components["schemas"]["CapabilitiesBitmask"];
            isCommonDevice?: components["schemas"]["IsCommonDevice"];
            fid?: components["schemas"]["FamilyId"];
            frid?: components["schemas"]["RoomId"];
        };
        /** @description A request with the bindingCode encrypted. */
        EncryptedBindingRequest: {
            pk: components["schemas"]["ProductKey"];
            dk: components["schemas"]["DeviceKey"];
            encryptedBindingCode: components["schemas"]["EncryptedBindingCode"];
            /** @description Not given in this form; null counts as absent. */
            bindingCode?: null;
            encryptedNewBindingSecret: components["schemas"]["EncryptedNewBindingSecret"];
            encryptedOldBindingSecret?: components["schemas"]["EncryptedOldBindingSecret"];
            random: components["schemas"]["Random"];
            signature: components["schemas"]["Signature"];
            pwd?: components["schemas"]["Pwd"];
            deviceName?: components["schemas"]["DeviceName"];
            capabilitiesBitmask?: components["schemas"]["CapabilitiesBitmask"];
            isCommonDevice?: components["schemas"]["IsCommonDevice"];
            fid?: components["schemas"]["FamilyId"];
            frid?: components["schemas"]["RoomId"];
        };
        /**
         * @description Product Key. Missing, null or empty: code 5066.
         *     Real ones look like `p1` and four letters or digits; others are not refused.
         * @example p1Kx7Q
         */
        ProductKey: string;
        /**
         * @description Device Key, such as a MAC address without separators or an IMEI. Missing: code 5067; outside 4 to 32 letters and digits: code 5361.
         *     The bounds are those of sibling pages.
         * @example ACD9296AD469
         */
        DeviceKey: string;
        /**
         * @description bindingCode, choose one between this and encryptedBindingCode. Neither given: code 5179; not 16 characters 0-9A-F: code 5213.
         *     The format is that of sibling pages.
         * @example 4F0A91C27B3E58D6
         */
        BindingCode: string;
        /**
         * @description Encrypted bindingCode, choose one between this and bindingCode.
         *     Algorithm: Base64(AES-128-CBC(PKCS5Padding(bindingCode), key = productSecret, iv = random)), 44 characters.
         *     What does not decrypt to a bindingCode: code 5213.
         * @example i+rsjjPwCe8tmF6VbFhfVmI1eafxUemdoLpWkB8RmTA=
         */
        EncryptedBindingCode: string;
        /**
         * @description New encrypted bindingSecret.
         *     Algorithm: Base64(AES-128-CBC(PKCS5Padding("PK,DK,bindingSecret"), key = productSecret, iv = random)), with English commas.
         *     The page has no code for a bad one; sibling pages use 5458 (missing) and 5459 (malformed).
         * @example AbjRi41AIW/eLY/utuNkZiplZPPWK4t/0WaJYq62agTS0Z0X7hUxP02W6rpmtYzP
         */
        EncryptedNewBindingSecret: string;
        /**
         * @description Old encrypted bindingSecret, by the algorithm of encryptedNewBindingSecret.
         *     It proves that the device is the one bound before. On a device that is not bound: code 5052 (a reading, dialect `oldSecretWhenUnbound`).
         * @example AbjRi41AIW/eLY/utuNkZqU9NTxIkeqWo4Yu3x953EBoX7URwb8WDigelwRA/ys2
         */
        EncryptedOldBindingSecret: string | null;
        /**
         * @description The initialisation vector of every ciphertext of this request: 16 letters and digits, used as raw ASCII bytes. Not signed.
         * @example R4nd0mIv16Chars0
         */
        Random: string;
        /**
         * @description Lower-case hex SHA-256 of the UTF-8 text pk + dk + bindingCode + pwd + userDomainSecret, without separators.
         *     With encryptedBindingCode, that ciphertext as transmitted takes bindingCode's place (dialect `signedBindingCode`).
         *     The page has no code for a wrong one; sibling pages use 5420 (wrong) and 5550 (missing).
         * @example ac40d76f48ffece47e4088ebc0a660ffe32fe434e12a0993aeed117a30105428
         */
        Signature: string;
        /**
         * @description Optional device password. Absent, null and empty sign alike. Outside its format: code 5357.
         *     The format is not documented (dialect `pwdPattern`).
         * @example Pa55word
         */
        Pwd: string | null;
        /**
         * @description Device name. Longer than 254 characters: code 5333 (the figure is a sibling page's; dialect `deviceNameLimit`).
         * @example Kitchen scale
         */
        DeviceName: string | null;
        /**
         * Format: int32
         * @description Device network capabilities, the sum of WAN 1, LAN (WiFi) 2, BLE 4 and Matter 8, so 1 to 15.
         *     0 stands in the page's own example and is not refused.
         * @example 4
         */
        CapabilitiesBitmask: number | null;
        /**
         * @description In home mode, whether to add to the common device list (added by default).
         * @default true
         * @example true
         */
        IsCommonDevice: boolean | null;
        /**
         * @description Family ID. Required when the user's home mode is on (code 5636), refused when it is off (code 5624). Not signed.
         * @example f20260001
         */
        FamilyId: string | null;
        /**
         * @description Room ID. Not signed.
         * @example r20260001
         */
        RoomId: string | null;
        /** @description Every answer of the operation. */
        Envelope: components["schemas"]["SuccessEnvelope"] | components["schemas"]["FailureEnvelope"];
        /** @description The device is bound. */
        SuccessEnvelope: {
            /**
             * Format: int32
             * @description Response status code. 200 means success (dialect `successCode`).
             * @constant
             */
            code: 200;
            data: components["schemas"]["Verified"];
            extMsg?: components["schemas"]["ExtendedMessage"];
            msg?: components["schemas"]["Message"];
        };
        /** @description The request was refused, and nothing was bound. */
        FailureEnvelope: {
            /**
             * Format: int32
             * @description Response status code, one of the documented codes or a sibling page's for the same fault.
             */
            code: number;
            /** @description Nothing, or null. */
            data?: Record<string, never> | null;
            extMsg?: components["schemas"]["ExtendedMessage"];
            msg?: components["schemas"]["Message"];
        };
        /** @description Response data. */
        Verified: {
            /**
             * @description Binding authentication: 0 not verified, 1 verified. Documented as string(byte), which is the generator's word for a
             *     Java Byte; the only real answer on record holds a number. Both are accepted.
             * @example 1
             * @enum {unknown}
             */
            verified: 0 | 1 | "0" | "1";
        };
        /**
         * @description Response message. Localised, and its wording drifts, so no test may depend on it.
         * @example
         */
        Message: string | null;
        /**
         * @description Extended message.
         * @example null
         */
        ExtendedMessage: string | null;
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
            /** @description A business outcome. `code` 200 means bound; any other code is a refusal. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope"];
                };
            };
            /** @description A transport fault, which the page does not mention. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
}
