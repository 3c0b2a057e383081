package main

import (
	"crypto/rsa"
	"strings"

	"github.com/golang-jwt/jwt/v5"
)

type claims struct {
	jwt.RegisteredClaims
	UID  string `json:"uid"`
	Type string `json:"type"`
}

// userOf gives the user whom an Authorization header names by an access token that is signed, current and meant for us.
func userOf(authorization string, key *rsa.PublicKey) (string, error) {
	scheme, token, _ := strings.Cut(strings.TrimSpace(authorization), " ")
	if token = strings.TrimSpace(token); token == "" || !strings.EqualFold(scheme, "bearer") {
		return "", tokenMissing
	}
	var claims claims
	_, err := jwt.ParseWithClaims(token, &claims,
		func(*jwt.Token) (any, error) { return key, nil },
		jwt.WithValidMethods([]string{"RS256"}), // the algorithm is ours to choose, not the token's
		jwt.WithIssuer("enduser"),
		jwt.WithAudience("Audience"),
		jwt.WithExpirationRequired(),
		jwt.WithNotBeforeRequired(),
		jwt.WithStrictDecoding(),
	)
	if err != nil || claims.Type != "AccessToken" {
		return "", tokenInvalid
	}
	return claims.UID, nil
}
