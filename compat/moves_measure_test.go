package compat_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/internal/sample"
)

// measureDay is the day on which what is maintained is asked for.
const measureDay = "2026-11-29"

// everyday are components that people ask for.
var everyday = []string{
	"os=RHEL 8.10", "os=RHEL 9.4", "os=Ubuntu 22.04", "os=Rocky Linux 9.4", "os=Windows Server 2019", "os=Debian 12", "os=Amazon Linux 2023",
	"jdk=Temurin 17", "jdk=Corretto 8", "jdk=Zulu 21", "jdk=OpenJDK 11",
	"dbms=PostgreSQL 16.4", "dbms=MySQL 8.4", "dbms=Oracle 21c", "dbms=SQL Server 2019", "dbms=MariaDB 10.11",
}

// TestMeasureMoves tells what the moves are worth: MEASURE=1 go test ./compat -run Measure -v.
// It asks for each maintained series of what is listed at its latest version, and for
// everyday components for each release.
func TestMeasureMoves(t *testing.T) {
	if os.Getenv("MEASURE") == "" {
		t.Skip("MEASURE=1 tells how good the moves are")
	}
	m := sample.Catalogue(t)
	today, _ := fact.ParseDay(measureDay)
	check := func(r *compat.Release, c compat.Component) *compat.Answer {
		a := new(compat.Answer)
		if m.Check(compat.Question{Product: r.Product, Release: r.Version, Components: []compat.Component{c}, Today: today}, a) != nil {
			return nil
		}
		return a
	}
	asked, unresolved, failing, moves, within, back := 0, 0, 0, 0, 0, 0
	for _, r := range m.Releases() {
		seen := map[string]bool{}
		for _, l := range r.Listings() {
			for _, p := range l.Tech.Lifecycles() {
				if text := l.Tech.ID + ":" + p.Latest; p.Latest != "" && p.Range.Overlaps(l.Range) && p.State(today) != fact.Ended && !seen[text] {
					seen[text] = true
					c := m.Resolve(compat.Asked{Kind: l.Tech.Kind, Text: text})
					if asked++; c.Reason != "" {
						unresolved++
						t.Logf("%s: %s", text, c.Reason)
						continue
					}
					a := check(r, c)
					if a == nil || a.Pass {
						continue
					}
					failing++
					for _, move := range a.Moves {
						moves++
						for _, change := range move.Changes {
							to := m.Resolve(compat.Asked{Kind: change.Kind, Text: change.To})
							if to.Technology == c.Technology && to.Range.Compare(c.Range) < 0 && !to.Range.Overlaps(c.Range) {
								if back++; to.Range.Overlaps(p.Range) || to.Range.SameMajor(c.Range) {
									within++
									t.Logf("%s %s: %s", r.Product, r.Version, move.Summary())
								}
							}
						}
					}
				}
			}
		}
	}
	t.Logf("%d maintained series at their latest: %d unresolved; %d fail and get %d moves, of which %d lead to an older version, %d within the series", asked, unresolved, failing, moves, back, within)
	fails, versions, releases, offers, bare, none := 0, 0, 0, 0, 0, map[string]int{}
	for _, r := range m.Releases() {
		for _, text := range everyday {
			kind, version, _ := strings.Cut(text, "=")
			a := check(r, m.Resolve(compat.Asked{Kind: kind, Text: version}))
			switch {
			case a == nil || a.Pass:
				continue
			case len(a.Moves) > 0 && a.Moves[0].Release != nil:
				releases++
			case len(a.Moves) > 0:
				versions++
			case len(a.Offers) > 0:
				offers++
			case !slices.ContainsFunc(r.Listings(), func(l *compat.Listing) bool { return l.Tech.Kind == kind }):
				bare++
			default:
				none[r.Product+" "+r.Version]++
			}
			fails++
		}
	}
	useful := versions + releases + offers
	t.Logf("%d everyday questions fail; %d get another version first, %d another release, %d what is listed, together %d%%; of %d nothing of the kind is listed; nothing else, by release: %v", fails, versions, releases, offers, 100*useful/max(fails, 1), bare, none)
}
