package browser

import (
	"log/slog"
	"net/http"
	"testing"

	"github.com/testedon/testedon/api"
	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/seed"
)

// Answering is the server over the embedded catalogue, which logs nothing.
func Answering(t *testing.T) http.Handler {
	t.Helper()
	dataset, err := seed.Load(seed.Embedded())
	if err != nil {
		t.Fatal(err)
	}
	matrix, err := compat.Build(dataset)
	if err != nil {
		t.Fatal(err)
	}
	server, err := api.New(api.Options{Catalogue: catalogue{matrix}, Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	return server.Handler()
}

// catalogue is one that stays as it is.
type catalogue struct{ matrix *compat.Matrix }

func (c catalogue) Matrix() *compat.Matrix { return c.matrix }
func (c catalogue) Ready() error           { return nil }
func (c catalogue) SetAside() string       { return "" }
