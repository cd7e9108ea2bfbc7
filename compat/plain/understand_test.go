package plain_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/compat/plain"
	"github.com/testedon/testedon/internal/sample"
)

// acme is the matrix of a vendor whose names are harder than those of the
// catalogue: a product called as a word of the question and as a technology, a
// name that two engines share, a product without releases, several releases.
func acme(t testing.TB) *compat.Matrix {
	t.Helper()
	cycles := []fact.Cycle{{Version: "3", Names: []string{"Blue Moon"}}, {Version: "4", Names: []string{"exact"}}}
	m, err := compat.Build(&fact.Dataset{
		Kinds: []fact.Kind{
			{ID: "os", Name: "operating system", Plural: "operating systems", Order: 1},
			{ID: "engine", Name: "engine", Plural: "engines", Order: 2, Aliases: []string{"motor"}},
			{ID: "peer", Name: "other product", Plural: "other products", Order: 3},
		},
		Technologies: []fact.Technology{
			{ID: "planix", Name: "Planix", Kind: "os", Scheme: "dotted", Cycles: cycles},
			{ID: "merlin", Name: "Merlin Engine", Kind: "engine", Scheme: "dotted", Family: "merlin", Aliases: []string{"Merlin", "Falcon"}},
			{ID: "falcon", Name: "Falcon Motor", Kind: "engine", Scheme: "java", Family: "merlin", Aliases: []string{"Falcon"}},
			{ID: "anyengine", Name: "Any engine", Kind: "engine", Scheme: "dotted", Family: "merlin", Generic: true, Aliases: []string{"Powerplant"}},
			{ID: "plain", Name: "Plain", Kind: "os", Scheme: "none"},
			{ID: "shield-peer", Name: "Identity Shield", Kind: "peer", Scheme: "dotted", Aliases: []string{"IS"}},
		},
		Products: []fact.Product{
			{ID: "rocket", Name: "Acme Rocket", Vendor: "Acme", Aliases: []string{"Rocket", "Acme Rocket: Next"}},
			{ID: "shield", Name: "Identity Shield", Vendor: "Acme", Aliases: []string{"IS"}},
			{ID: "kite", Name: "Kite", Vendor: "Acme"},
		},
		Releases: []fact.Release{
			{Product: "rocket", Version: "1.0"}, {Product: "rocket", Version: "1.1.0"}, {Product: "rocket", Version: "1.1.2"},
			{Product: "rocket", Version: "2.0", Aliases: []string{"Zephyr", "2 LTS"}}, {Product: "shield", Version: "6.0"}, {Product: "shield", Version: "6.1"},
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// phrasings hands each line of the file to use, with the matrix it is about.
func phrasings(t *testing.T, use func(n int, m *compat.Matrix, text, want string)) {
	t.Helper()
	all := map[string]*compat.Matrix{"[catalogue]": sample.Catalogue(t), "[acme]": acme(t)}
	var m *compat.Matrix
	sample.Lines(t, "phrasings.txt", func(n int, line string) {
		if all[line] != nil {
			m = all[line]
			return
		}
		text, want, ok := strings.Cut(line, " => ")
		if !ok {
			t.Fatalf("line %d: no \" => \"", n)
		}
		use(n, m, strings.ReplaceAll(strings.TrimSpace(text), `\n`, "\n"), strings.TrimSpace(want))
	})
}

func TestUnderstand(t *testing.T) {
	count, negative := 0, 0
	phrasings(t, func(n int, m *compat.Matrix, text, want string) {
		t.Run(text, func(t *testing.T) {
			u := plain.Understand(m, text)
			if got := understood(u); got != want {
				t.Errorf("line %d: %s\n got %s\nwant %s", n, text, got, want)
			}
			checkUnderstanding(t, m, text, u)
			if count++; len(u.Unread)+len(u.Ambiguous)+len(u.Missing) > 0 || slices.ContainsFunc(u.Components, isUnresolved) {
				negative++
			}
		})
	})
	if count < 150 || 5*negative < 2*count {
		t.Errorf("%d phrasings, %d of them not understood as a whole; want 150, and two fifths of them", count, negative)
	}
}

func isUnresolved(c compat.Component) bool { return c.Technology == nil }

// understood writes an understanding as the file does.
func understood(u *plain.Understanding) string {
	fields := []string{productOf(u)}
	if list := environmentOf(u); list != "" {
		fields = append(fields, list)
	}
	if slices.Contains(u.Missing, "environment") {
		fields = append(fields, "nothing asked")
	}
	if content := contentOf(u); content != "" {
		fields = append(fields, content)
	}
	if len(u.Left) > 0 {
		fields = append(fields, "left out "+strings.Join(u.Left, ", "))
	}
	if len(u.Unread) > 0 {
		fields = append(fields, "unread "+strings.Join(u.Unread, ", "))
	}
	if len(u.Ambiguous) > 0 {
		fields = append(fields, "ambiguous "+ambiguous(u))
	}
	return strings.Join(fields, " | ")
}

// contentOf writes what is asked for where that is no verdict.
func contentOf(u *plain.Understanding) string {
	var all []string
	switch u.Type {
	case plain.TypeCheck, plain.TypeAmbiguous, plain.TypeUnknown:
		return ""
	case plain.TypeCompare:
		all = append(all, u.From.Version)
	case plain.TypeRetest, plain.TypePlan, plain.TypeChanges:
		all = slices.Concat(u.Kinds, u.Times)
		if u.Span != "" {
			all = append(all, u.Span)
		}
	case plain.TypeList:
		all = append(all, u.Kinds...)
		for _, t := range u.Only {
			all = append(all, t.ID)
		}
	case plain.TypeFind:
		for _, p := range u.Products {
			all = append(all, p.ID)
		}
		for _, release := range u.Releases {
			all = append(all, release.Product+" "+release.Version)
		}
	}
	return strings.TrimSpace(string(u.Type) + " " + strings.Join(all, ", "))
}

func productOf(u *plain.Understanding) string {
	text := "-"
	if slices.Contains(u.Missing, "product") {
		text = "none"
	}
	if u.Product != nil {
		text = u.Product.ID
	}
	if u.Release != nil {
		text += " " + u.Release.Version
	}
	if u.Assumed != "" {
		text += " assumed"
	}
	return text
}

func environmentOf(u *plain.Understanding) string {
	var all []string
	for _, c := range u.Components {
		if c.Technology == nil {
			all = append(all, c.Kind+" ! "+c.Text)
			continue
		}
		all = append(all, strings.TrimSpace(c.Kind+" "+c.Technology.ID+" "+c.VersionText()))
	}
	return strings.Join(all, "; ")
}

func ambiguous(u *plain.Understanding) string {
	var all []string
	for _, a := range u.Ambiguous {
		text := a.Text
		for i, r := range a.Readings {
			text += map[bool]string{true: " = ", false: ", "}[i == 0] + r.Text
		}
		all = append(all, text)
	}
	return strings.Join(all, "; ")
}

// checkUnderstanding checks what is true of every understanding of a text that
// is read.
func checkUnderstanding(t *testing.T, m *compat.Matrix, text string, u *plain.Understanding) {
	t.Helper()
	checkTokens(t, text, u.Tokens)
	for i := range u.Components {
		c := &u.Components[i]
		again := m.Resolve(compat.Asked{Kind: c.Kind, Text: c.Query()})
		if again.Technology != c.Technology || !again.Range.Equal(c.Range) {
			t.Errorf("%q: %q is asked for by %q, which reads as %+v", text, c.Text, c.Query(), again)
		}
		if !strings.Contains(text, c.Text) {
			t.Errorf("%q: %q does not stand in it", text, c.Text)
		}
	}
	for _, a := range u.Ambiguous {
		if a.Reason == "" || !strings.Contains(text, a.Text) {
			t.Errorf("%q: ambiguity %+v", text, a)
		}
		for _, r := range a.Readings {
			checkAsked(t, m, text, r)
		}
	}
	q, ok := u.Question()
	if ok != (len(u.Components) > 0 && (u.Type == plain.TypeCheck || u.Type == plain.TypeList)) {
		t.Errorf("%q: question %v", text, ok)
	}
	checkType(t, text, u)
	if a := new(compat.Answer); ok && m.Check(q, a) != nil && slices.ContainsFunc(q.Components, func(c compat.Component) bool { return c.Kind != "arch" }) { // x86-64 alone is assumed
		t.Errorf("%q: the question cannot be answered", text)
	}
	if again := plain.Understand(m, text); !reflect.DeepEqual(u.Tokens, again.Tokens) || understood(u) != understood(again) {
		t.Errorf("%q: read differently again", text)
	}
}

// checkType checks that what is asked for has all that its answer needs.
func checkType(t *testing.T, text string, u *plain.Understanding) {
	t.Helper()
	of := u.Release != nil && u.Product != nil && len(u.Missing) == 0
	want := map[plain.Type]bool{
		plain.TypeCheck: of && len(u.Components) > 0, plain.TypeList: of, plain.TypeRequirements: of, plain.TypePorts: of,
		plain.TypeCompare: of && u.From != nil && u.From != u.Release, plain.TypeFind: len(u.Components) > 0 && u.Release == nil,
		plain.TypeRetest: len(u.Kinds) < 2, plain.TypePlan: of, plain.TypeChanges: true, plain.TypeSources: true, plain.TypeCoverage: true,
		plain.TypeAmbiguous: len(u.Ambiguous) > 0, plain.TypeUnknown: len(u.Missing)+len(u.Unread) > 0,
	}
	if !want[u.Type] || len(u.Ambiguous) > 0 && u.Type != plain.TypeAmbiguous {
		t.Errorf("%q: %s, %s", text, u.Type, understood(u))
	}
	for _, left := range u.Left {
		if !strings.Contains(text, left) {
			t.Errorf("%q: %q is left out", text, left)
		}
	}
}

func checkAsked(t *testing.T, m *compat.Matrix, text string, r plain.Reading) {
	t.Helper()
	if r.Product != "" {
		if p, err := m.Product(r.Product); err != nil || p.ID != r.Product || r.Display == "" {
			t.Errorf("%q: reading %+v", text, r)
		}
		return
	}
	c := m.Resolve(compat.Asked{Kind: r.Kind, Text: r.Text})
	if c.Technology == nil || c.Technology.ID != r.Technology || c.VersionText() != r.Version || r.Display == "" {
		t.Errorf("%q: reading %+v reads as %+v", text, r, c)
	}
}

// checkTokens makes sure that every byte that is no blank stands in one token.
func checkTokens(t *testing.T, text string, tokens []plain.Token) {
	t.Helper()
	at := 0
	for _, k := range tokens {
		if k.Start < at || k.End <= k.Start || k.Text != text[k.Start:k.End] || !slices.Contains(plain.Roles, k.As) {
			t.Fatalf("%q: token %+v after %d", text, k, at)
		}
		if gap := strings.TrimFunc(text[at:k.Start], unicode.IsSpace); gap != "" {
			t.Fatalf("%q: no token for %q", text, gap)
		}
		at = k.End
	}
	if gap := strings.TrimFunc(text[at:], unicode.IsSpace); gap != "" {
		t.Fatalf("%q: no token for %q", text, gap)
	}
}

// TestUnderstandTokens holds what each part of a text is taken for, also where
// only the whole text tells.
func TestUnderstandTokens(t *testing.T) {
	m, a := sample.Catalogue(t), acme(t)
	for _, c := range []struct {
		m          *compat.Matrix
		text, want string
	}{
		{m, "Is “RHEL 9” (x86_64) + Oracle 21 as database, 8 GB & Fubar 3 ok for MI 4.4.0?", "Is word, “ separator, RHEL technology, 9 version, ” separator, " +
			"( separator, x86_64 technology, ) separator, + separator, Oracle technology, 21 version, as word, database kind, , separator, 8 GB ignored, & separator, " +
			"Fubar unknown, 3 version, ok word, for separator, MI product, 4.4.0 release, ? separator"},
		{m, "micro integrater 4.4 w/o Java 21 (Temurin)", "micro unknown, integrater unknown, 4.4 version, w/o word, Java kind, 21 version, ( separator, Temurin technology, ) separator"},
		{m, "4.4.0 of MI", "4.4.0 release, of word, MI product"},
		{m, "MI; 4.4.0, 17.2", "MI product, ; separator, 4.4.0 release, , separator, 17.2 version"},
		{m, "latest MI with PostgreSQL database 17", "latest release, MI product, with separator, PostgreSQL technology, database kind, 17 version"},
		{m, "Is Identity Server 6.1.0 ok with API-M 4.5.0", "Is word, Identity Server technology, 6.1.0 version, ok word, with separator, API-M product, 4.5.0 release"},
		{a, "IS 6.1", "IS product, 6.1 release"},
		{a, "1.0 Rocket", "1.0 release, Rocket product"},
		{a, "is Rocket 2 ok with IS 6.1", "is word, Rocket product, 2 release, ok word, with separator, IS technology, 6.1 version"},
		{a, "Rocket 1.0 and 2.0", "Rocket product, 1.0 release, and separator, 2.0 release"},
	} {
		var got []string
		for _, k := range plain.Understand(c.m, c.text).Tokens {
			got = append(got, k.Text+" "+string(k.As))
		}
		if strings.Join(got, ", ") != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.text, strings.Join(got, ", "), c.want)
		}
	}
}

// TestUnderstandReasons holds the words in which is told what to decide.
func TestUnderstandReasons(t *testing.T) {
	m, a := sample.Catalogue(t), acme(t)
	for _, c := range []struct {
		m          *compat.Matrix
		text, want string
	}{
		{m, "Oracle 21 mi", "it may mean more than one technology"},
		{m, "Fubar 3 mi", `no technology and no product is called "Fubar"`},
		{m, "Ubuntu 24.4 mi", `"24.4" is no version of Ubuntu: the month has two digits, as in 24.04`},
		{m, "mi 9.9", `WSO2 Micro Integrator has no release "9.9" here`},
		{m, "mi, database 17", "it does not say which database is meant"},
		{m, "mi RHEL 9+ Corretto 21", `the "+" may mean "and later", or part it from what follows`},
		{m, "mi, 21", "no name stands beside it that it may be a version of"},
		{m, "mi no Oracle 19c", `what "no" leaves out cannot be asked about; leave it out of the question, or take the word away`},
		{m, "mi RHEL 9, 8 Corretto", "it may belong to the name before it or to the one after it"},
		{m, "mi on Linux 9", "it does not say which operating system is meant"},
		{m, "MI 4.4.0 with IS 7.1.0", "it is a second product; ask about one at a time"},
		{m, "API-M 4.5.0 with no IS 7.1.0", `what "no" leaves out cannot be asked about; leave it out of the question, or take the word away`},
		{m, "API-M 4.5.0 with IS 7.1beta1", `"7.1beta1" is no version of WSO2 Identity Server: "beta" marks a pre-release, and only releases are listed`},
		{a, "rocket 1", "several releases begin so"},
		{a, "rocket 1.0 and kite on Planix 3", "it is a second product; ask about one at a time"},
		{a, "kite on Planix 3", "no release of it is recorded"},
	} {
		u := plain.Understand(c.m, c.text)
		if len(u.Ambiguous) != 1 || u.Ambiguous[0].Reason != c.want {
			t.Errorf("%q: %+v, want %q", c.text, u.Ambiguous, c.want)
		}
	}
}

func TestUnderstandAssumes(t *testing.T) {
	m := acme(t)
	for text, want := range map[string]string{
		"Rocket on Planix 3":         "No release is named, so the latest of Acme Rocket is assumed: 2.0.",
		"Rocket 1.0.x on Planix 3":   "1.0.x is taken for 1.0, the only release of Acme Rocket that begins so.",
		"Rocket 2 on Planix 3":       "2 is taken for 2.0, the only release of Acme Rocket that begins so.",
		"Rocket v1.0 on Planix 3":    "v1.0 is taken for 1.0.",
		"latest Rocket on Planix 3":  "The latest release of Acme Rocket is 2.0.",
		"Rocket Zephyr, Planix 3":    "",
		"Planix 3, Rocket and 1.1.2": "",
	} {
		if u := plain.Understand(m, text); u.Assumed != want || u.Release == nil {
			t.Errorf("%q: %q, want %q", text, u.Assumed, want)
		}
	}
}

// TestUnderstandSummary tells what was assumed, what to decide and what was
// passed over.
func TestUnderstandSummary(t *testing.T) {
	m := acme(t)
	for text, want := range map[string]string{
		"Rocket, Falcon 8, nginx": "No release is named, so the latest of Acme Rocket is assumed: 2.0. " +
			`To decide, "Falcon 8": it may mean more than one technology. It may be Falcon Motor 8 or Merlin Engine 8. "nginx" is not understood.`,
		"Fubar 3":     `To decide, "Fubar 3": no technology and no product is called "Fubar". Name a product that is known here.`,
		"Rocket 2.0?": "Nothing is named that it may run on or with: say what it is about.",
	} {
		if got := plain.Understand(m, text).Summary(nil); got != want {
			t.Errorf("%s\n got %s\nwant %s", text, got, want)
		}
	}
	u, answer := plain.Understand(m, "Rocket 2 on Planix 3"), new(compat.Answer)
	if q, ok := u.Question(); !ok || m.Check(q, answer) != nil || u.Summary(answer) != u.Assumed+" "+answer.Summary() {
		t.Error(u.Summary(answer))
	}
}

// TestUnderstandGuards reads what is no text of a person: nothing is taken from
// it.
func TestUnderstandGuards(t *testing.T) {
	m := sample.Catalogue(t)
	for _, text := range []string{
		"", " \n\t", "RHEL 9 \xff MI 4.4.0", "MI 4.4.0 " + strings.Repeat("x", plain.MaxText),
	} {
		u := plain.Understand(m, text)
		if u.Product != nil || len(u.Components)+len(u.Ambiguous) > 0 || !slices.Equal(u.Missing, []string{"product", "environment"}) {
			t.Errorf("%.20q: %s", text, understood(u))
		}
		checkTokens(t, text, u.Tokens)
	}
	longest := "MI 4.4.0 RHEL 9" + strings.Repeat("é", plain.MaxText-15)
	if u := plain.Understand(m, longest); u.Release == nil {
		t.Errorf("%d characters are not read: %s", utf8.RuneCountInString(longest), understood(u))
	}
}

func FuzzUnderstand(f *testing.F) {
	for _, text := range []string{
		"is RHEL 9 + Corretto 21 + Postgres 17.2 tested for MI 4.4.0", "Windows Server 2012 R2, Oracle 12c release 2 & DB2 11.1 M4 FP5; mi",
		"JDK >=17, <22 or later (Temurin) w/o H2 8 GB", "4.4.0 of mi – macOS 14 (Sonoma)\n“Oracle 21” as database+x86_64", "no MI's 17.2-1.pgdg120+1 latest ubuntu-noble",
		"is IS 6.1 exact Blue Moon 3.1 Falcon 8u9, 4 Merlin motor Rocket 1", "Is Identity Server 6.1.0 for API-M 4.5 w/o latest MI, kind Linux 9 macOS x86_64",
	} {
		f.Add(text)
	}
	all := []*compat.Matrix{sample.Catalogue(f), acme(f)}
	f.Fuzz(func(t *testing.T, text string) {
		for _, m := range all {
			u := plain.Understand(m, text)
			if !utf8.ValidString(text) || utf8.RuneCountInString(text) > plain.MaxText {
				checkTokens(t, text, u.Tokens)
				return
			}
			checkUnderstanding(t, m, text, u)
		}
	})
}

func BenchmarkUnderstand(b *testing.B) {
	m := sample.Catalogue(b)
	for _, text := range []string{
		"is RHEL 9 + Corretto 21 + Postgres 17.2 tested for MI 4.4.0", "Postgers 17.2 with Oracle 21 on windows for micro integrater 4.4",
		strings.Repeat("Windows Server 2012 (R2, a b c) x 1 ", 27),
	} {
		b.Run(fmt.Sprintf("%.10s", text), func(b *testing.B) {
			for b.Loop() {
				plain.Understand(m, text)
			}
		})
	}
}
