<?php

// Answers one line of standard input with one of standard output; ../README.md describes the lines.

declare(strict_types=1);

require __DIR__ . '/signing.php';

while (($line = fgets(STDIN)) !== false) {
    $words = explode("\t", rtrim($line, "\n"));
    $task = array_shift($words);
    $values = array_map(fn (string $word): ?string => $word === '-' ? null : base64_decode($word, true), $words);
    try {
        $answer = match ($task) {
            'sign' => sign(...$values),
            'encrypt' => encrypt(...$values),
            'decrypt' => base64_encode(decrypt(...$values)),
        };
    } catch (InvalidArgumentException) {
        $answer = 'invalid';
    }
    echo $answer, "\n";
}
