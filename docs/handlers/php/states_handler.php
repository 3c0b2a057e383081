<?php

/**
 * Provider states, with PHP alone: sets up what a case needs, answers with the fixture, clears it away.
 *
 *   STORE_URL=http://127.0.0.1:8080/_store TOKEN_KEY=key.pem php -S 127.0.0.1:8081 states_handler.php
 *
 * For test environments only: it makes users and hands out their tokens and secrets.
 */

declare(strict_types=1);

const HOUR = 3600;
const HOME = ['role' => 'owner', 'commonListWritable' => true];
const HEXADECIMAL = '0123456789ABCDEF';
const ALPHANUMERIC = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** How each state differs from a device ready to bind. */
const STATES = [
    'a device ready to bind' => [],
    'a device ready to bind in a home' => ['home' => HOME, 'gives' => ['fid', 'frid']],
    'a device the user has already bound' => ['boundBy' => 'user'],
    'a device nobody has bound' => ['gives' => ['oldBindingSecret']],
    'a device bound by another user, binding mode multi' => ['boundBy' => 'other', 'gives' => ['oldBindingSecret']],
    'a device bound by another user, binding mode single' => [
        'boundBy' => 'other',
        'product' => ['bindingMode' => 'single'],
    ],
    'a device bound by another user, binding mode alternate' => [
        'boundBy' => 'other',
        'product' => ['bindingMode' => 'alternate'],
        'gives' => ['oldBindingSecret'],
    ],
    'two users, binding mode single' => ['product' => ['bindingMode' => 'single'], 'gives' => ['otherToken']],
    'two users, binding mode alternate' => ['product' => ['bindingMode' => 'alternate'], 'gives' => ['otherToken']],
    'a user without permission' => ['user' => ['mayBind' => false]],
    'a product the user domain is not authorised for' => ['product' => ['domains' => []]],
    'a product the user has no permission for' => ['product' => ['permission' => 'not-this-user']],
    'a product that grants no permission' => ['product' => ['permission' => 'nobody']],
    'a device the cloud cannot look up' => ['device' => ['lookUpFails' => true]],
    'home mode on' => ['home' => HOME],
    'home mode off' => ['gives' => ['fid']],
    'an ordinary member of the home' => ['home' => ['role' => 'ordinary'] + HOME, 'gives' => ['fid', 'frid']],
    'a home whose common-device list cannot be written' => [
        'home' => ['commonListWritable' => false] + HOME,
        'gives' => ['fid', 'frid'],
    ],
    'a device whose sharing the user has accepted' => ['shared' => true],
    'a device registered in another data centre' => ['device' => ['dataCentre' => 'elsewhere']],
    'an expired token' => ['times' => [-3 * HOUR, -3 * HOUR, -HOUR]],
    'a refresh token' => ['times' => [0, -120, 720 * HOUR], 'claims' => ['type' => 'RefreshToken']],
    'a token not yet valid' => ['times' => [HOUR, HOUR, 3 * HOUR]],
    'a token for another audience' => ['claims' => ['aud' => 'Elsewhere']],
    'a product whose every device is ready to bind' => ['product' => ['everyDeviceReady' => true]],
];

/** Replace this by your database: `put` writes users, a product, a device and its binding; `remove` deletes them again. */
function store(string $action, array $records): void
{
    $context = stream_context_create(['http' => [
        'method' => 'POST',
        'header' => 'content-type: application/json',
        'content' => json_encode($records, JSON_THROW_ON_ERROR),
        'timeout' => 5,
    ]]);
    if (@file_get_contents(getenv('STORE_URL') . "/$action", false, $context) === false) {
        throw new RuntimeException("the store refused to $action");
    }
}

/** Replace this by your identity service: claims become a token, signed with RS256. */
function issueToken(array $claims): string
{
    $segment = static fn (array $value): string => base64url(json_encode($value, JSON_THROW_ON_ERROR));
    $unsigned = $segment(['typ' => 'JWT', 'alg' => 'RS256']) . '.' . $segment($claims);
    $key = openssl_pkey_get_private((string) file_get_contents((string) getenv('TOKEN_KEY')));
    if ($key === false || !openssl_sign($unsigned, $signature, $key, OPENSSL_ALGO_SHA256)) {
        throw new RuntimeException('TOKEN_KEY names no file with a private key');
    }
    return "$unsigned." . base64url($signature);
}

function base64url(string $bytes): string
{
    return rtrim(strtr(base64_encode($bytes), '+/', '-_'), '=');
}

function letters(int $length, string $alphabet = ALPHANUMERIC): string
{
    $text = '';
    while (strlen($text) < $length) {
        $text .= $alphabet[random_int(0, strlen($alphabet) - 1)];
    }
    return $text;
}

/** An access token's claims; `times` are iat, nbf and exp relative to now. */
function claimsOf(string $uid, array $times = [0, -120, 2 * HOUR], array $changes = []): array
{
    [$iat, $nbf, $exp] = array_map(static fn (int $seconds): int => time() + $seconds, $times);
    $fixed = ['iss' => 'enduser', 'aud' => 'Audience', 'sub' => 'subject', 'type' => 'AccessToken', 'uid' => $uid];
    return [...$fixed, 'jti' => letters(16), 'iat' => $iat, 'nbf' => $nbf, 'exp' => $exp, ...$changes];
}

/**
 * PHP keeps nothing from one request to the next, so a set-up's id makes the keys of its records: the teardown makes the
 * same ones again.
 */
function keysOf(string $id): array
{
    $hash = hash('sha256', $id);
    return ['uid' => substr($hash, 0, 16), 'otherUid' => substr($hash, 16, 16), 'pk' => 'p1' . substr($hash, 32, 12)];
}

/** Records and fixture of one set-up: everything in them is new, so that cases cannot disturb one another. */
function setUp(array $state, string $id): array
{
    ['uid' => $uid, 'otherUid' => $otherUid, 'pk' => $pk] = keysOf($id);
    $domain = ['id' => letters(12), 'secret' => letters(44)];
    $optional = ['fid' => letters(16), 'frid' => letters(16), 'oldBindingSecret' => letters(16)];
    $optional['otherToken'] = issueToken(claimsOf($otherUid));
    $home = isset($state['home']) ? ['home' => ['fid' => $optional['fid'], ...$state['home']]] : [];
    $product = ['pk' => $pk, 'ps' => letters(16), 'bindingMode' => 'multi', 'domains' => [$domain['id']]];
    $device = ['dk' => letters(12, HEXADECIMAL), 'bindingCode' => letters(16, HEXADECIMAL), 'dataCentre' => 'here'];
    $boundBy = ['user' => $uid, 'other' => $otherUid][$state['boundBy'] ?? ''] ?? null;
    $binding = ['domain' => $domain['id'], 'uid' => $boundBy, 'bindingSecret' => $optional['oldBindingSecret']];
    $records = [
        'users' => [
            ['uid' => $uid, 'domain' => $domain, 'mayBind' => true, ...$home, ...($state['user'] ?? [])],
            ['uid' => $otherUid, 'domain' => $domain, 'mayBind' => true],
        ],
        'product' => [...$product, 'permission' => 'everybody', ...($state['product'] ?? [])],
        // Where every device is ready to bind, none is on record before its first bind.
        'device' => isset($state['product']['everyDeviceReady'])
            ? null
            : [...$device, 'sharees' => isset($state['shared']) ? [$uid] : [], ...($state['device'] ?? [])],
        'binding' => $boundBy === null ? null : $binding,
    ];
    $fixture = [
        'token' => issueToken(claimsOf($uid, $state['times'] ?? [0, -120, 2 * HOUR], $state['claims'] ?? [])),
        'pk' => $pk,
        'ps' => $product['ps'],
        'dk' => $device['dk'],
        'bindingCode' => $device['bindingCode'],
        'bindingSecret' => letters(16),
        'userDomainSecret' => $domain['secret'],
        ...array_intersect_key($optional, array_flip($state['gives'] ?? [])),
    ];
    return [$records, $fixture];
}

function tearDown(string $id): void
{
    ['uid' => $uid, 'otherUid' => $otherUid, 'pk' => $pk] = keysOf($id);
    store('remove', ['users' => [['uid' => $uid], ['uid' => $otherUid]], 'product' => ['pk' => $pk]]);
}

function answer(int $status, array $value): void
{
    http_response_code($status);
    header('content-type: application/json');
    echo json_encode((object) $value, JSON_THROW_ON_ERROR);
}

try {
    $asked = json_decode((string) file_get_contents('php://input'), true, 8, JSON_THROW_ON_ERROR);
    $state = STATES[$asked['state']] ?? null;
    if ($asked['action'] === 'teardown') {
        tearDown($asked['params']['id']);
        answer(200, []);
    } elseif ($state === null) {
        // 4xx says "not supported": the cases of this state are skipped.
        answer(404, ['message' => 'this state is not known']);
    } else {
        [$records, $fixture] = setUp($state, $asked['params']['id']);
        store('put', $records);
        answer(200, $fixture);
    }
} catch (Throwable) {
    // 5xx says "broken": a set-up that failed is never answered with success.
    answer(500, ['message' => 'the set-up failed']);
}
