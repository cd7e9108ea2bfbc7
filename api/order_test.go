package api_test

import (
	"bytes"
	"math/rand/v2"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/testedon/testedon/api/answers"
	"github.com/testedon/testedon/compat"
)

// spellings are components, by kind in the order of the catalogue, each in ways to
// write it that mean the same.
var spellings = []struct {
	kind       string
	components [][]string
}{
	{"os", [][]string{{"RHEL 9", "rhel:9", "Red Hat Enterprise Linux 9"}, {"RHEL 8.10", "rhel@8.10"}, {"AlmaLinux 9.5"}, {"Fubar 3", " fubar 3"}}},
	{"jdk", [][]string{{"Corretto 21", "corretto:21"}, {"Corretto 11"}, {"AdoptOpenJDK 21", "adoptopenjdk@21"}}},
	{"dbms", [][]string{{"Postgres 17.2", "postgresql:17.2"}, {"Postgres 16", "postgresql@16"}, {"Postgres 17"}}},
}

// asked is a component of a random question.
type asked struct {
	kind  string
	texts []string // that mean it; the first is how it is asked
}

// environment is a random one, in the order of kinds.
func environment(random *rand.Rand) []asked {
	var all []asked
	for _, s := range spellings {
		for _, texts := range s.components {
			if random.IntN(2) == 0 {
				all = append(all, asked{s.kind, texts})
			}
		}
	}
	return append(all, asked{"arch", []string{"arm64"}})
}

// mixed gives the kinds in a random order, what is of one kind in its own, and
// repeats some components further on, in any spelling.
func mixed(random *rand.Rand, all []asked) []asked {
	var out []asked
	for left := slices.Clone(all); len(left) > 0; {
		at := random.IntN(len(left))
		at = slices.IndexFunc(left, func(a asked) bool { return a.kind == left[at].kind })
		out = append(out, left[at])
		left = slices.Delete(left, at, at+1)
		if random.IntN(3) == 0 {
			again := out[random.IntN(len(out))]
			out = append(out, asked{again.kind, again.texts[random.IntN(len(again.texts)):]})
		}
	}
	return out
}

// parameters writes an environment as a query.
func parameters(all []asked) string {
	var b strings.Builder
	for _, a := range all {
		b.WriteString("&" + a.kind + "=" + url.QueryEscape(a.texts[0]))
	}
	return b.String()[1:]
}

// questionBody writes a question as JSON, its members and kinds in a random order.
func questionBody(t *testing.T, random *rand.Rand, all []asked) string {
	t.Helper()
	lists := map[string][]string{}
	for _, a := range all {
		lists[a.kind] = append(lists[a.kind], string(mustJSON(t, a.texts[0])))
	}
	var kinds []string
	for kind, texts := range lists {
		kinds = append(kinds, `"`+kind+`":[`+strings.Join(texts, ",")+"]")
	}
	members := []string{`"product":"mi"`, `"release":"4.4.0"`, `"environment":{` + strings.Join(kinds, ",") + "}"}
	random.Shuffle(len(members), func(i, j int) { members[i], members[j] = members[j], members[i] })
	return "{" + strings.Join(members, ",") + "}"
}

// TestOrder: neither the order of parameters and of members nor repetition, in
// whatever spelling, changes an answer, its tag or its address.
func TestOrder(t *testing.T) {
	random := rand.New(rand.NewPCG(12, 10))
	c := serveFacts(t, upgraded()).beyond() // as holding each against the contract takes longer than all else
	for range 40 {
		plain := environment(random)
		want := parameters(plain)
		for range 3 {
			other := mixed(random, plain)
			for _, path := range []string{"/v1/check?product=mi&release=4.4.0&", "/v1/find?", "/v1/find?limit=1&product=mi&", "/v1/compare?product=mi&from=4.4.0&to=4.5.0&"} {
				one, two := c.get(path+want), c.get(path+parameters(other))
				if tag := one.header.Get("Etag"); one.status != 200 || !bytes.Equal(one.body, two.body) || tag == "" || tag != two.header.Get("Etag") {
					t.Fatalf("%s: %s answers\n%s\n%s\n%s", path, want, one.body, parameters(other), two.body)
				}
			}
			one, two := c.get("/embed/check.md?product=mi&release=4.4.0&"+want), c.get("/embed/check.md?release=4.4.0&"+parameters(other)+"&product=mi")
			if one.status != 200 || !bytes.Equal(one.body, two.body) {
				t.Fatalf("%s answers\n%s\n%s\n%s", want, one.body, parameters(other), two.body)
			}
			one, two = c.get("/v1/check?product=mi&release=4.4.0&"+want), c.post("/v1/check", questionBody(t, random, other))
			location := "/v1/check?product=mi&release=4.4.0&" + want
			if !bytes.Equal(one.body, two.body) || one.header.Get("Etag") != two.header.Get("Etag") || two.header.Get("Content-Location") != location {
				t.Fatalf("%s answers\n%s\n%s of the body\n%s", location, one.body, two.header, two.body)
			}
		}
	}
}

// TestOrderOfWords: in plain words, too, what is said twice counts once.
func TestOrderOfWords(t *testing.T) {
	c := newServer(t)
	one := c.get(inWords("is RHEL 9 and Postgres 17.2 tested for MI 4.4.0?"))
	for _, text := range []string{"is Postgres 17.2 and RHEL 9 tested for MI 4.4.0?", "is Postgres 17.2 with RHEL 9 and rhel:9 and Postgres 17.2 tested for MI 4.4.0?"} {
		_, want, _ := strings.Cut(string(one.body), `"answer":`)
		_, got, found := strings.Cut(string(c.get(inWords(text)).body), `"answer":`)
		asOne := strings.NewReplacer(`"asked":"postgresql:17.2"`, `"asked":"Postgres 17.2"`)
		if !found || asOne.Replace(got) != asOne.Replace(want) {
			t.Errorf("%s: %s\n%s", text, got, want)
		}
	}
}

// TestTextsOnce: what the environment and a text both tell counts once, as the
// environment has it.
func TestTextsOnce(t *testing.T) {
	c := newServer(t)
	about := `"product": "mi", "release": "4.4.0", "environment": {"dbms": "Postgres 17.2", "os": "RHEL 9"}, `
	var all []string
	for _, component := range ok[answers.Answer](t, c.post("/v1/check", textsBody(t, printed, about))).Components {
		all = append(all, component.Asked)
	}
	if want := []string{"RHEL 9", "corretto@21.0.5", "Postgres 17.2"}; !slices.Equal(all, want) {
		t.Errorf("asked %q", all)
	}
}

// TestArrange: a question is arranged once and for all, and is not touched by it.
func TestArrange(t *testing.T) {
	m := build(t, dataset(1))
	random := rand.New(rand.NewPCG(12, 11))
	for range 200 {
		var components []compat.Component
		for _, a := range mixed(random, environment(random)) {
			components = append(components, m.Resolve(compat.Asked{Kind: a.kind, Text: a.texts[0]}))
		}
		before := slices.Clone(components)
		once := m.Arrange(components)
		for i := range before {
			if before[i].Text != components[i].Text {
				t.Fatal("what was given is changed")
			}
		}
		if again := m.Arrange(once); len(again) != len(once) || &again[0] != &once[0] {
			t.Fatal("what is arranged is arranged again")
		}
	}
}
