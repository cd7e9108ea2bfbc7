package question

import (
	"testing"

	"github.com/testedon/testedon/compat/fact"
)

// TestDayIn reads the days of words. A day with its year is that day, also where it is to come.
func TestDayIn(t *testing.T) {
	today, _ := fact.ParseDay("2026-11-30")
	for text, want := range map[string]string{
		"since 2026-06-01": "2026-06-01", "since 2030-01-01": "2030-01-01", "since 2027": "2027-01-01", "after 1 January 2030": "2030-01-01",
		"since 1 June": "", "since June": "2026-06-01", "since december": "2025-12-01", "June 3, 2026": "2026-06-03",
		"since yesterday": "2026-11-29", "Today": "2026-11-30", "since 2026-02-30": "", "since xyz": "", "since": "",
	} {
		if got := dayIn(text, today).Text(); got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
}
