package browser

import (
	"log/slog"
	"net/http"
	"testing"
	"time"

	"github.com/testedon/testedon/api"
	"github.com/testedon/testedon/internal/sample"
)

// Day is the one on which [Answering] answers: the page of the main question had been looked at
// not long before.
var Day = time.Date(2025, time.June, 30, 12, 0, 0, 0, time.UTC)

// Answering is the server over the embedded catalogue, which logs nothing, on [Day].
func Answering(t *testing.T) http.Handler {
	t.Helper()
	return AnsweringOn(t, Day)
}

// AnsweringOn is [Answering] on another day.
func AnsweringOn(t *testing.T, day time.Time) http.Handler {
	t.Helper()
	server, err := api.New(api.Options{Catalogue: api.Still{M: sample.Catalogue(t)}, Logger: slog.New(slog.DiscardHandler), Now: func() time.Time { return day }})
	if err != nil {
		t.Fatal(err)
	}
	return server.Handler()
}
