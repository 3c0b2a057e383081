package main

import (
	"cmp"
	"context"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/json"
	"log/slog"
	"math/big"
	"net/http"
	"sync"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// state says how a provider state differs from a device ready to bind.
type state struct {
	boundBy      string // user, other
	bindingMode  string // multi where empty
	openTo       string // everyone where empty
	homeRole     string // home mode is off where empty
	listReadOnly bool
	mayNotBind   bool
	unauthorised bool
	withdrawn    bool
	shared       bool
	elsewhere    bool
	unregistered bool
	tokenAge     time.Duration
	tokenType    string
	audience     string
	gives        []string
}

var states = map[string]state{
	"a device ready to bind":                                 {},
	"a device ready to bind in a home":                       {homeRole: "owner", gives: []string{"fid", "frid"}},
	"a device the user has already bound":                    {boundBy: "user"},
	"a device nobody has bound":                              {gives: []string{"oldBindingSecret"}},
	"a device bound by another user, binding mode multi":     {boundBy: "other", gives: []string{"oldBindingSecret"}},
	"a device bound by another user, binding mode single":    {boundBy: "other", bindingMode: "single"},
	"a device bound by another user, binding mode alternate": {boundBy: "other", bindingMode: "alternate", gives: []string{"oldBindingSecret"}},
	"two users, binding mode single":                         {bindingMode: "single", gives: []string{"otherToken"}},
	"two users, binding mode alternate":                      {bindingMode: "alternate", gives: []string{"otherToken"}},
	"a user without permission":                              {mayNotBind: true},
	"a product the user domain is not authorised for":        {unauthorised: true},
	"a product the user has no permission for":               {openTo: "listed"},
	"a product that grants no permission":                    {openTo: "no one"},
	"a device the cloud cannot look up":                      {withdrawn: true},
	"home mode on":                                           {homeRole: "owner"},
	"home mode off":                                          {gives: []string{"fid"}},
	"an ordinary member of the home":                         {homeRole: "ordinary", gives: []string{"fid", "frid"}},
	"a home whose common-device list cannot be written":      {homeRole: "owner", listReadOnly: true, gives: []string{"fid", "frid"}},
	"a device whose sharing the user has accepted":           {shared: true},
	"a device registered in another data centre":             {elsewhere: true},
	"an expired token":                                       {tokenAge: 3 * time.Hour},
	"a refresh token":                                        {tokenType: "RefreshToken"},
	"a token not yet valid":                                  {tokenAge: -time.Hour},
	"a token for another audience":                           {audience: "Elsewhere"},
	"a product whose every device is ready to bind":          {unregistered: true},
}

// statesHandler sets up what a case needs, answers with the fixture and clears it away again.
// For test environments only: it makes users and hands out their tokens and secrets.
type statesHandler struct {
	pool       *pgxpool.Pool
	tokenKey   *rsa.PrivateKey
	password   string // what bindgate sends; "" asks for none
	dataCentre string
	made       sync.Map // id of a set-up → what to delete
}

func (h *statesHandler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	// It hands out tokens and secrets, so it has a password wherever others can reach it.
	sent, expected := []byte(r.Header.Get("Authorization")), []byte("Bearer "+h.password)
	if h.password != "" && subtle.ConstantTimeCompare(sent, expected) != 1 {
		answer(w, http.StatusUnauthorized, map[string]string{"message": "send Authorization: Bearer and STATES_TOKEN"})
		return
	}
	var asked struct {
		State, Action string
		Params        struct{ ID string }
	}
	if err := json.NewDecoder(r.Body).Decode(&asked); err != nil {
		answer(w, http.StatusBadRequest, map[string]string{"message": "this is not a request for a state"})
		return
	}
	if asked.Action == "teardown" {
		if made, found := h.made.LoadAndDelete(asked.Params.ID); found {
			h.respond(w, fixture{}, made.(records).remove(r.Context(), h.pool))
			return
		}
		answer(w, http.StatusOK, fixture{})
		return
	}
	state, known := states[asked.State]
	if !known {
		// 4xx says "not supported": the cases of this state are skipped.
		answer(w, http.StatusNotFound, map[string]string{"message": "this state is not known"})
		return
	}
	made := newRecords()
	h.made.Store(asked.Params.ID, made)
	err := made.insert(r.Context(), h.pool, state, h.dataCentre)
	h.respond(w, h.fixture(state, made), err)
}

// respond answers 5xx where it failed: a failed set-up never looks like success.
func (h *statesHandler) respond(w http.ResponseWriter, result fixture, err error) {
	if err != nil {
		slog.Error("states", "error", err)
		answer(w, http.StatusInternalServerError, map[string]string{"message": "the set-up failed"})
		return
	}
	answer(w, http.StatusOK, result)
}

func answer(w http.ResponseWriter, status int, value any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(value)
}

// records are what one set-up makes: all of it is new, so that cases cannot disturb one another.
type records struct {
	domain, domainSecret, uid, otherUID, fid, pk, ps, dk, bindingCode, oldSecret string
}

const (
	hexadecimal  = "0123456789ABCDEF"
	alphanumeric = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
)

func newRecords() records {
	return records{
		domain: letters(12, alphanumeric), domainSecret: letters(44, alphanumeric),
		uid: letters(16, alphanumeric), otherUID: letters(16, alphanumeric), fid: letters(16, alphanumeric),
		pk: "p1" + letters(8, alphanumeric), ps: letters(16, alphanumeric),
		dk: letters(12, hexadecimal), bindingCode: letters(16, hexadecimal), oldSecret: letters(16, alphanumeric),
	}
}

func letters(length int, alphabet string) string {
	text := make([]byte, length)
	for at := range text {
		index, _ := rand.Int(rand.Reader, big.NewInt(int64(len(alphabet)))) // never fails
		text[at] = alphabet[index.Int64()]
	}
	return string(text)
}

func (r records) insert(ctx context.Context, pool *pgxpool.Pool, state state, dataCentre string) error {
	batch := &pgx.Batch{}
	batch.Queue(`INSERT INTO user_domains VALUES ($1, $2)`, r.domain, r.domainSecret)
	batch.Queue(`INSERT INTO users VALUES ($1, $3, $4, $5), ($2, $3, true, false)`,
		r.uid, r.otherUID, r.domain, !state.mayNotBind, state.homeRole != "")
	if state.homeRole != "" {
		batch.Queue(`INSERT INTO homes VALUES ($1, $2)`, r.fid, !state.listReadOnly)
		batch.Queue(`INSERT INTO home_members VALUES ($1, $2, $3)`, r.fid, r.uid, state.homeRole)
	}
	batch.Queue(`INSERT INTO products VALUES ($1, $2, $3, $4)`,
		r.pk, r.ps, cmp.Or(state.bindingMode, "multi"), cmp.Or(state.openTo, "everyone"))
	if !state.unauthorised {
		batch.Queue(`INSERT INTO product_domains VALUES ($1, $2)`, r.pk, r.domain)
	}
	if state.elsewhere {
		dataCentre = "elsewhere"
	}
	if !state.unregistered {
		batch.Queue(`INSERT INTO devices VALUES ($1, $2, $3, $4, $5)`,
			r.pk, r.dk, r.bindingCode, dataCentre, state.withdrawn)
	}
	if state.shared {
		batch.Queue(`INSERT INTO device_shares VALUES ($1, $2, $3)`, r.pk, r.dk, r.uid)
	}
	if holder := map[string]string{"user": r.uid, "other": r.otherUID}[state.boundBy]; holder != "" {
		digest := sha256.Sum256([]byte(r.oldSecret))
		batch.Queue(`INSERT INTO bindings VALUES ($1, $2, $3, $4, $5, $6)`,
			r.pk, r.dk, r.domain, holder, state.bindingMode != "", digest[:])
	}
	return pool.SendBatch(ctx, batch).Close() // one implicit transaction
}

// remove deletes with whatever was bound meanwhile, which cascades.
func (r records) remove(ctx context.Context, pool *pgxpool.Pool) error {
	batch := &pgx.Batch{}
	batch.Queue(`DELETE FROM products WHERE pk = $1`, r.pk)
	batch.Queue(`DELETE FROM homes WHERE fid = $1`, r.fid)
	batch.Queue(`DELETE FROM user_domains WHERE id = $1`, r.domain)
	return pool.SendBatch(ctx, batch).Close()
}

type fixture map[string]string

func (h *statesHandler) fixture(given state, r records) fixture {
	optional := fixture{
		"fid": r.fid, "frid": letters(16, alphanumeric), "oldBindingSecret": r.oldSecret,
		"otherToken": h.token(r.otherUID, state{}),
	}
	result := fixture{
		"token": h.token(r.uid, given), "pk": r.pk, "ps": r.ps, "dk": r.dk, "bindingCode": r.bindingCode,
		"bindingSecret": letters(16, alphanumeric), "userDomainSecret": r.domainSecret,
	}
	for _, field := range given.gives {
		result[field] = optional[field]
	}
	return result
}

// token is what your identity service would issue.
func (h *statesHandler) token(uid string, given state) string {
	issued := time.Now().Add(-given.tokenAge)
	token := jwt.NewWithClaims(jwt.SigningMethodRS256, claims{
		UID:  uid,
		Type: cmp.Or(given.tokenType, "AccessToken"),
		RegisteredClaims: jwt.RegisteredClaims{
			Issuer: "enduser", Subject: "subject", Audience: jwt.ClaimStrings{cmp.Or(given.audience, "Audience")},
			ID: letters(16, alphanumeric), IssuedAt: jwt.NewNumericDate(issued),
			NotBefore: jwt.NewNumericDate(issued.Add(-2 * time.Minute)), ExpiresAt: jwt.NewNumericDate(issued.Add(2 * time.Hour)),
		},
	})
	signed, _ := token.SignedString(h.tokenKey)
	return signed
}
