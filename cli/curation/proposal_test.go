package curation_test

import (
	"testing"

	"github.com/testedon/testedon/cli/curation"
	"github.com/testedon/testedon/seed/proposal"
)

// TestMissing: a technology that the catalogue lacks is suggested as a file whose name can be an id;
// names of other scripts leave that open, each for itself.
func TestMissing(t *testing.T) {
	p := &proposal.Proposal{}
	for _, name := range []string{"Foo DB", "FooDB", "foo-db", "Tilde~DB+ >= X", "ДБ 3", "東方通", "Foo® 2", ""} {
		p.Unresolved = append(p.Unresolved, proposal.Unresolved{Kind: "dbms", Name: name})
	}
	var got []string
	for _, m := range (&curation.Import{Proposals: []*proposal.Proposal{p}}).Summary().Missing {
		got = append(got, m.Name+" "+m.File)
	}
	want := []string{
		"Foo DB technologies/dbms/foo-db.yaml", "FooDB technologies/dbms/foodb.yaml", "Tilde~DB+ >= X technologies/dbms/tilde-db-x.yaml",
		"ДБ 3 technologies/dbms/ID.yaml", "東方通 technologies/dbms/ID.yaml", "Foo® 2 technologies/dbms/foo-2.yaml",
	}
	if len(got) != len(want) {
		t.Fatalf("%q", got)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("%s, not %s", got[i], want[i])
		}
	}
}
