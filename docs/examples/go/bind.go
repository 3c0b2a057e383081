package main

import (
	"context"
	"crypto/rsa"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

type server struct {
	pool       *pgxpool.Pool
	tokenKey   *rsa.PublicKey
	dataCentre string
}

func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	answer := map[string]any{"code": success, "msg": "", "data": map[string]int{"verified": 1}, "extMsg": nil}
	status := http.StatusOK
	ctx, cancel := context.WithTimeout(r.Context(), 10*time.Second)
	defer cancel()
	err := s.bind(ctx, r.Header.Get("Authorization"), http.MaxBytesReader(w, r.Body, bodyLimit))
	if refusal := unreadable; err != nil {
		if !errors.As(err, &refusal) {
			slog.Error("bind", "error", err) // the caller learns nothing of it
			status = http.StatusInternalServerError
		}
		answer = map[string]any{"code": refusal, "msg": "refused", "data": nil, "extMsg": nil}
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(answer)
}

// bind checks the token, then the fields, the product, signature and ciphertexts, permissions, the home, the device and
// its bindings. What costs least comes first, and only who can sign learns anything of homes and devices.
func (s *server) bind(ctx context.Context, authorization string, body io.Reader) error {
	uid, err := userOf(authorization, s.tokenKey)
	if err != nil {
		return err
	}
	request, err := readRequest(body)
	if err != nil {
		return err
	}
	if err := request.check(); err != nil {
		return err
	}
	user, err := findUser(ctx, s.pool, uid)
	if err != nil {
		return err
	}
	product, err := findProduct(ctx, s.pool, request.PK, user)
	if err != nil {
		return err
	}
	if !product.Authorised {
		return productNotAuthorised
	}
	if !request.isSigned(user.DomainSecret) {
		return signatureWrong
	}
	opened, err := request.open(product.PS)
	if err != nil {
		return err
	}
	if err := permit(user, product); err != nil {
		return err
	}
	return pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		return record(ctx, tx, &bind{request, opened, user, product, s.dataCentre})
	})
}

type user struct {
	UID, DomainID, DomainSecret string
	MayBind, HomeMode           bool
}

func findUser(ctx context.Context, pool *pgxpool.Pool, uid string) (user, error) {
	rows, _ := pool.Query(ctx, `
		SELECT uid, domain_id, secret AS domain_secret, may_bind, home_mode
		FROM users JOIN user_domains ON id = domain_id
		WHERE uid = $1`, uid)
	return one[user](rows, tokenInvalid)
}

type product struct {
	PS, BindingMode, OpenTo string
	Authorised, Listed      bool
}

func findProduct(ctx context.Context, pool *pgxpool.Pool, pk string, user user) (product, error) {
	rows, _ := pool.Query(ctx, `
		SELECT ps, binding_mode, open_to,
			EXISTS (SELECT FROM product_domains d WHERE d.pk = p.pk AND domain_id = $2) AS authorised,
			EXISTS (SELECT FROM product_users u WHERE u.pk = p.pk AND uid = $3) AS listed
		FROM products p
		WHERE pk = $1`, pk, user.DomainID, user.UID)
	return one[product](rows, deviceNotFound)
}

// one gives the only row of a query; without one, the code says what that means.
func one[T any](rows pgx.Rows, missing code) (T, error) {
	found, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[T])
	if errors.Is(err, pgx.ErrNoRows) {
		err = missing
	}
	return found, err
}

func permit(user user, product product) error {
	switch {
	case !user.MayBind:
		return noPermission
	case product.OpenTo == "no one":
		return productWithoutGrant
	case product.OpenTo == "listed" && !product.Listed:
		return noPermissionForProduct
	}
	return nil
}
