package bench

import (
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/testedon/testedon/api"
)

// BenchmarkPast asks one question about today and about a day around which others are asked
// about, through the whole server and without a network: "ratio" is what the past costs of
// today, in one run. "first" is a day whose facts have to be built.
func BenchmarkPast(b *testing.B) {
	m := small(b)
	server, err := api.New(api.Options{Catalogue: api.Still{M: m}, Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		b.Fatal(err)
	}
	ask := func(query string) time.Duration {
		w, began := httptest.NewRecorder(), time.Now()
		server.Handler().ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/v1/check?product=mi&release=4.4.0&os=RHEL+9&jdk=Corretto+21&dbms=Postgres+17.2"+query, nil))
		if w.Code != http.StatusOK {
			b.Fatal(w.Body)
		}
		return time.Since(began)
	}
	turns := m.Turns()
	b.Run("kept", func(b *testing.B) {
		ask("&asOf=2026-09-03")
		var today, past time.Duration
		for b.Loop() {
			today += ask("")
			past += ask("&asOf=2026-09-03")
		}
		b.ReportMetric(float64(past)/float64(today), "ratio")
	})
	b.Run("first", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			ask(fmt.Sprint("&asOf=", turns[i%len(turns)]))
		}
	})
}
