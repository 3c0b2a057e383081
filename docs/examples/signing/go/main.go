// Answers one line of standard input with one of standard output; ../README.md describes the lines.
package main

import (
	"bufio"
	"encoding/base64"
	"fmt"
	"os"
	"strings"
)

func main() {
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		words := strings.Split(lines.Text(), "\t")
		values := make([]string, len(words)-1)
		for i, word := range words[1:] {
			if word != "-" {
				text, err := base64.StdEncoding.DecodeString(word)
				if err != nil {
					panic(err)
				}
				values[i] = string(text)
			}
		}
		fmt.Println(answer(words[0], values))
	}
}

func answer(task string, values []string) string {
	switch task {
	case "sign":
		return Sign(values[0], values[1], values[2], values[3], values[4])
	case "encrypt":
		ciphertext, err := Encrypt(values[0], values[1], values[2])
		if err != nil {
			panic(err)
		}
		return ciphertext
	default:
		plaintext, err := Decrypt(values[0], values[1], values[2])
		if err != nil {
			return "invalid"
		}
		return base64.StdEncoding.EncodeToString([]byte(plaintext))
	}
}
