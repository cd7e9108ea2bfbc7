package store_test

import (
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/testedon/testedon/compat/fact"
)

// testNouns changes facts of every noun that is not a claim, one by one: each
// change can be read, and so can the record before it.
func testNouns(t *testing.T, s *subject) {
	_, _ = s.apply("seed", rich())
	for name, test := range map[string]struct {
		mend             func(*fact.Dataset)
		added, withdrawn int
	}{
		"a platform renamed":      {func(ds *fact.Dataset) { ds.Platforms[1].Name = "Staple" }, 1, 1},
		"a platform withdrawn":    {func(ds *fact.Dataset) { ds.Platforms = ds.Platforms[1:] }, 0, 1},
		"a platform's deployment": {func(ds *fact.Dataset) { ds.Platforms[1].Deployments[0].Name = "Guest" }, 1, 1},
		"a product's platform":    {func(ds *fact.Dataset) { ds.Products[0].Platform = "stack" }, 1, 1},
		"a release's deployment":  {func(ds *fact.Dataset) { ds.Releases[0].Deployments[0].Aliases = nil }, 1, 1},
		"a release's profile":     {func(ds *fact.Dataset) { ds.Releases[0].Profiles[0].Offset = 11 }, 1, 1},
		"a claim's platform":      {func(ds *fact.Dataset) { ds.Claims[3].Platform = "bare" }, 1, 1},
		"a claim's condition":     {func(ds *fact.Dataset) { ds.Claims[3].When = "" }, 1, 1},
		"an amount":               {func(ds *fact.Dataset) { ds.Requirements[0].Amount.Low-- }, 1, 1},
		"a unit":                  {func(ds *fact.Dataset) { ds.Requirements[2].Amount.Unit = "MHz" }, 1, 1},
		"the name of a share":     {func(ds *fact.Dataset) { ds.Requirements[3].Shares[1].For = "others" }, 1, 1},
		"no shares": {func(ds *fact.Dataset) {
			ds.Requirements[3].Shares = nil
			ds.Requirements = slices.Delete(ds.Requirements, 0, 1)
		}, 1, 2},
		"a wider scope":         {func(ds *fact.Dataset) { ds.Requirements[1].Profile = "" }, 1, 1},
		"no requirements":       {func(ds *fact.Dataset) { ds.Requirements = ds.Requirements[:0] }, 0, 5},
		"a port moved":          {func(ds *fact.Dataset) { ds.Ports[1].Number = 9444 }, 1, 1},
		"a port withdrawn":      {func(ds *fact.Dataset) { ds.Ports = ds.Ports[:1] }, 0, 1},
		"a note's setting":      {func(ds *fact.Dataset) { ds.Notes[1].Settings[0].Value = "me" }, 1, 1},
		"notes withdrawn":       {func(ds *fact.Dataset) { ds.Notes = ds.Notes[:0] }, 0, 2},
		"an advisory's setting": {func(ds *fact.Dataset) { ds.Advisories[0].Settings[1].Name = "" }, 1, 1},
		"an advisory's scope":   {func(ds *fact.Dataset) { ds.Advisories[2].Scope = fact.Scope{} }, 1, 1},
	} {
		want := rich()
		test.mend(want)
		revision, _ := s.apply("seed", want)
		want.Revision, want.Digest, want.Recorded = revision, want.ContentDigest(), s.time.Format(time.DateOnly)
		for _, got := range []*fact.Dataset{s.dataset(), s.at(revision)} {
			if !reflect.DeepEqual(got, want) {
				t.Errorf("%s: read\n%+v\nwant\n%+v", name, got, want)
			}
		}
		all, err := s.Revisions(t.Context())
		if last := all[revision-1]; err != nil || last.Added != test.added || last.Withdrawn != test.withdrawn {
			t.Errorf("%s: %d added, %d withdrawn, %v, want %d, %d", name, last.Added, last.Withdrawn, err, test.added, test.withdrawn)
		}
		before := rich()
		before.Revision, before.Digest, before.Recorded = revision-1, before.ContentDigest(), s.time.Format(time.DateOnly)
		if got := s.at(revision - 1); !reflect.DeepEqual(got, before) {
			t.Errorf("%s: the revision before reads\n%+v", name, got)
		}
		s.apply("seed", rich())
	}
}
