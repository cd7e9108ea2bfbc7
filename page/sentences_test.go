package page_test

import (
	"os"
	"strings"
	"testing"

	"github.com/testedon/testedon/page"
)

// TestSentences reads the sentences and items of testdata/sentences.list, each below its
// heading.
func TestSentences(t *testing.T) {
	text, err := os.ReadFile("testdata/sentences.list")
	if err != nil {
		t.Fatal(err)
	}
	for l := range strings.Lines(string(text)) {
		part := strings.Split(strings.TrimSpace(l), " | ")
		if len(part) != 3 {
			continue
		}
		t.Run(part[1], func(t *testing.T) {
			if got := stated(page.Read([]byte("# "+part[0]+"\n\n"+strings.ReplaceAll(part[1], " ¶ ", "\n\n")+"\n"), names(t))); got != part[2] {
				t.Errorf("got  %s\nwant %s", got, part[2])
			}
		})
	}
}

// stated prints statements with their conditions, and a sign for what is unread.
func stated(p *page.Page) string {
	var all []string
	for _, s := range p.Statements {
		one := s.Status + " " + s.Name + " [" + s.Version + "]"
		if s.When != "" {
			one += " when " + s.When
		}
		all = append(all, one)
	}
	for range p.Unread {
		all = append(all, "?")
	}
	return strings.Join(all, "; ")
}

// yes reports whether a status says that something works.
func yes(status string) bool {
	return strings.Contains(" tested supported compatible recommended required minimum deprecated ", " "+status+" ")
}

// denials are words that take the yes from what they stand over, and whether an
// assumption is left of it.
var denials = []struct {
	words   string
	assumed bool
}{
	{"Not tested", false}, {"Not supported", false}, {"Untested", false}, {"Unsupported", false}, {"No longer supported", false},
	{"Will be supported", false}, {"Were supported", false}, {"Formerly tested", false}, {"To be tested", false}, {"Not yet tested", false},
	{"Neither tested nor supported", false}, {"Out of support", false}, {"Planned", false}, {"Assumed to be compatible", true}, {"Expected to work", true},
}

// TestDenied puts denials at each place over a yes: none of them leaves a test, and none
// but an assumption a yes.
func TestDenied(t *testing.T) {
	places := map[string]string{
		"title":    "# %: databases\n\n## Tested databases\n\n- PostgreSQL 14\n",
		"heading":  "# Tested environments\n\n## %: databases\n\n- PostgreSQL 14\n",
		"sentence": "# Tested databases\n\n% are the following databases:\n\n- PostgreSQL 14\n",
		"head":     "# Tested databases\n\n| Database | %: versions |\n|---|---|\n| PostgreSQL | 14 |\n",
		"label":    "# Tested databases\n\n- %:\n  - PostgreSQL 14\n",
		"remark":   "# Tested databases\n\n- PostgreSQL 14 (%)\n",
		"cell":     "# Tested databases\n\n| Database | Version | Status |\n|---|---|---|\n| PostgreSQL | 14 | % |\n",
	}
	for place, text := range places {
		for _, d := range denials {
			p := page.Read([]byte(strings.ReplaceAll(text, "%", d.words)), names(t))
			for _, s := range p.Statements {
				if s.Status == "tested" || yes(s.Status) && !d.assumed {
					t.Errorf("%q as %s leaves %s %s", d.words, place, s.Status, s.Label())
				}
			}
			if len(p.Statements)+len(p.Unread) == 0 {
				t.Errorf("%q as %s: nothing is stated, and nothing told", d.words, place)
			}
		}
	}
}

// TestNothingIsLost takes each line off the pages of testdata that is a statement's or
// told: then fewer are.
func TestNothingIsLost(t *testing.T) {
	const text = "# Supported databases\n\n- PostgreSQL 14\n- MySQL 8.0\n\nOn RHEL 10 one more package is needed.\n\n| Database | Version |\n|---|---|\n| MariaDB | 10.6 |\n| Oracle | 19c |\n"
	lines := strings.SplitAfter(text, "\n")
	count := func(text string) int {
		p := page.Read([]byte(text), names(t))
		return len(p.Statements) + len(p.Unread)
	}
	all := count(text)
	for i, l := range lines {
		if !strings.ContainsAny(l, "0123456789") {
			continue
		}
		if got := count(strings.Join(append(append([]string{}, lines[:i]...), lines[i+1:]...), "")); got >= all {
			t.Errorf("without line %d, %q: %d of %d are left", i+1, l, got, all)
		}
	}
}

// TestOtherOfMaker reads a section headed by a name that begins as that of the product asked
// for, and is another product's; a part of the product is not. A product stands in any place of a
// heading, and without what both names begin with.
func TestOtherOfMaker(t *testing.T) {
	of := ofMaker(t)
	for heading, product := range map[string]string{"Acme Gate": "Acme Gate", "Acme Door": "Acme Door", "Acme Server": "", "Acme Requirements": "",
		"Databases supported by Acme Door": "Acme Door", "For Door": "Door", "Supported databases (Door)": "Door", "Door: supported databases": "Door", "Door only": "Door",
		"Gate and Door": "Gate", "Databases to use with Door": ""} {
		p := page.Read([]byte("# Supported environments\n\n## "+heading+"\n\n- PostgreSQL 14\n"), of)
		if len(p.Statements) != 1 || p.Statements[0].Product != product {
			t.Errorf("%s: %+v, not of %q", heading, p.Statements, product)
		}
	}
}

// ofMaker has two products of Acme: Gate, which is asked for, and Door.
func ofMaker(t *testing.T) page.Names {
	known := names(t)
	return func(printed string) page.Name {
		n := known(printed)
		n.Maker, n.Asked, n.Other = printed == "Acme", printed == "Acme Gate" || printed == "Gate", printed == "Acme Door" || printed == "Door"
		for _, name := range []string{"Acme Gate", "Gate", "Acme Door", "Door"} {
			n.Begins = n.Begins || strings.HasPrefix(name, printed)
		}
		return n
	}
}

// TestSubjectsOfSentences reads lists that sentences introduce: what one is about ends with
// its own list.
func TestSubjectsOfSentences(t *testing.T) {
	for text, want := range map[string]string{
		"These work with Acme Door 2.0:\n\n- Java 11\n\nThese are what Gate supports:\n\n- Java 17\n":        "Acme Door 2.0; Gate ",
		"These work with Acme Door 2.0:\n\n- Java 11\n\nThe following are supported as well:\n\n- Java 17\n": "Acme Door 2.0;  ",
		"- Java 11\n\nSee also Gate 4.1.\n\n- Java 17\n":                                                     " ;  ",
	} {
		var got []string
		for _, s := range page.Read([]byte("# Supported versions of Java\n\n"+text), ofMaker(t)).Statements {
			got = append(got, s.Product+" "+s.Release)
		}
		if strings.Join(got, "; ") != want {
			t.Errorf("%s: of %q, not %q", text, got, want)
		}
	}
}
