// A server of the operation that binds a pure-Bluetooth device to a user, with PostgreSQL behind it.
package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx); err != nil {
		slog.Error("stopped", "error", err)
		os.Exit(1)
	}
}

func run(ctx context.Context) error {
	pool, err := pgxpool.New(ctx, os.Getenv("DATABASE_URL"))
	if err != nil {
		return fmt.Errorf("DATABASE_URL: %w", err)
	}
	defer pool.Close()
	publicKey, err := jwt.ParseRSAPublicKeyFromPEM([]byte(os.Getenv("TOKEN_PUBLIC_KEY")))
	if err != nil {
		return fmt.Errorf("TOKEN_PUBLIC_KEY: %w", err)
	}
	server := &server{pool: pool, tokenKey: publicKey, dataCentre: cmp.Or(os.Getenv("DATA_CENTRE"), "eu")}

	mux := http.NewServeMux()
	mux.Handle("POST /v2/binding/enduserapi/deviceBindingByPureBt", server)
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, r *http.Request) {
		if pool.Ping(r.Context()) != nil {
			w.WriteHeader(http.StatusServiceUnavailable)
		}
	})
	// The private key exists in test environments only, and so do the states.
	if pem := os.Getenv("STATES_TOKEN_KEY"); pem != "" {
		privateKey, err := jwt.ParseRSAPrivateKeyFromPEM([]byte(pem))
		if err != nil {
			return fmt.Errorf("STATES_TOKEN_KEY: %w", err)
		}
		mux.Handle("POST /_states", &statesHandler{
			pool:       pool,
			tokenKey:   privateKey,
			password:   os.Getenv("STATES_TOKEN"),
			dataCentre: server.dataCentre,
		})
	}
	return serve(ctx, mux)
}

func serve(ctx context.Context, handler http.Handler) error {
	host, port := cmp.Or(os.Getenv("HOST"), "127.0.0.1"), cmp.Or(os.Getenv("PORT"), "8080")
	listener, err := net.Listen("tcp", net.JoinHostPort(host, port))
	if err != nil {
		return err
	}
	server := &http.Server{Handler: handler, ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 15 * time.Second}
	go func() {
		<-ctx.Done()
		deadline, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		_ = server.Shutdown(deadline)
	}()
	slog.Info(fmt.Sprintf("listening on http://%s", listener.Addr()))
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}
