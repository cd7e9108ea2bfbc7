//go:build torture

package torture

import (
	"os"
	"testing"
	"time"
)

// pages are what people look at; they are asked beside the questions and not compared.
var pages = []question{
	{"GET", "/?product=mi&release=4.4.0&os=RHEL+9", "", ""},
	{"GET", "/products/mi/4.4.0", "", ""},
	{"GET", "/technologies/postgresql", "", ""},
	{"GET", "/embed/check.svg?product=mi&release=4.4.0&dbms=Postgres+17.2", "", ""},
	{"GET", "/v1/coverage", "", ""},
	{"GET", "/metrics", "", ""},
}

// TestSoak asks for minutes. What the process uses stays the same. SOAK=10m asks for longer.
func TestSoak(t *testing.T) {
	length, err := time.ParseDuration(os.Getenv("SOAK"))
	if err != nil {
		length = 2 * time.Minute
	}
	first, _ := truths(t)
	s := mustServe(t, "--catalogue", first.folder, "--data", t.TempDir(), "--log-level", "warn")
	must(t, first.hold(s.base))
	start := s.usage(s.base)
	clients := under(8, 5*time.Millisecond, func(c, n int) error {
		if at := (c*3 + n) % (len(questions) + len(pages)); at >= len(questions) {
			_, _, err := pages[at-len(questions)].ask(s.base)
			return err
		} else {
			return first.holdOne(s.base, questions[at])
		}
	})
	time.Sleep(length / 4)
	quarter := s.usage(s.base)
	time.Sleep(length * 3 / 4)
	end := s.usage(s.base)
	clients.end()
	clients.clean(t)
	figure(t, "soak", "%v, %s; at the start: %s; after a quarter: %s; at the end: %s", length, clients, start, quarter, end)
	if end.rss > quarter.rss*5/4+(8<<20) || end.goroutines > quarter.goroutines+16 || end.descriptors > quarter.descriptors+16 {
		t.Errorf("what the process uses grows")
	}
}
