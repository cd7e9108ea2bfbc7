package api_test

import (
	"bytes"
	"encoding/json"
	"html"
	"net/url"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/testedon/testedon/api"
	"github.com/testedon/testedon/api/answers"
	"github.com/testedon/testedon/compat/plain"
)

// inWords is the path of a question in plain words.
func inWords(text string) string { return "/v1/ask?q=" + url.QueryEscape(text) }

// TestAsk asks in words and at the address that the answer gives: but for the
// words, both answers are one.
func TestAsk(t *testing.T) {
	c := newServer(t)
	for text, want := range map[string]string{
		"is RHEL 9 + Corretto 21 + Postgres 17.2 tested for MI 4.4.0": "tested",
		"mi 4.4\nRHEL 9.4, Postgres 17":                               "conditional",
		"AlmaLinux 9 for WSO2 Micro Integrator 4.4.0":                 "not_listed",
		"ei 6.3.0 rhel9": "conditional",
	} {
		got := ok[api.Asked](t, c.get(inWords(text)))
		if got.Answer == nil || got.Answer.Verdict != want || got.Summary != got.Answer.Summary || got.Catalogue != got.Answer.Catalogue {
			t.Fatalf("%s: %+v", text, got)
		}
		same := ok[answers.Answer](t, c.get(got.Check))
		for i := range same.Components {
			if !strings.Contains(text, got.Answer.Components[i].Asked) {
				t.Errorf("%s: asked %q", text, got.Answer.Components[i].Asked)
			}
			same.Components[i].Asked = got.Answer.Components[i].Asked
		}
		if !reflect.DeepEqual(same, *got.Answer) {
			t.Errorf("%s: %s answers %+v, the words %+v", text, got.Check, same, got.Answer)
		}
	}
}

func TestAskUnderstands(t *testing.T) {
	got := ok[api.Asked](t, newServer(t).get(inWords("RHEL 9, RHEL 8 & Corretto on micro integrator, nginx")))
	u := got.Understood
	want := map[string][]api.UnderstoodComponent{
		"os":  {{Technology: "rhel", Version: "9", Text: "RHEL 9"}, {Technology: "rhel", Version: "8", Text: "RHEL 8"}},
		"jdk": {{Technology: "corretto", Text: "Corretto"}},
	}
	if u.Product != "mi" || u.Release != "4.4.0" || !strings.Contains(u.Assumed, "latest") || !reflect.DeepEqual(u.Environment, want) {
		t.Errorf("%+v", u)
	}
	if !slices.Equal(u.Ignored, []string{"nginx"}) || u.Ambiguous == nil || u.Missing == nil {
		t.Errorf("%+v", u)
	}
	if !strings.HasPrefix(got.Summary, u.Assumed+" ") || !strings.Contains(got.Summary, ` "nginx" is not understood, so this does not pass.`) || got.Answer.Pass || !slices.Equal(got.Answer.Unread, u.Ignored) || !strings.Contains(got.Summary, got.Answer.Summary) {
		t.Error(got.Summary)
	}
	if len(u.Tokens) != 11 || u.Tokens[0] != (api.Token{Text: "RHEL", As: "technology"}) || u.Tokens[8] != (api.Token{Text: "micro integrator", As: "product"}) {
		t.Errorf("%+v", u.Tokens)
	}
}

// TestAskUndecided asks what has to be decided first. Each reading leads to an
// answer, by its address and by its text in place of the ambiguous one.
func TestAskUndecided(t *testing.T) {
	c := newServer(t)
	for text, readings := range map[string][]string{
		"mi 4.4.0, RHEL 9+ Corretto 21":         {"rhel:>=9", "rhel:9"},
		"mi 4.4.0 with Postgers 17.2, RHEL 9":   {"postgresql:17.2"},
		"mi 4.9 on RHEL 9":                      {"mi 4.4.0", "mi 4.3.0"},
		"mi 4.4.0 with ei 6.3.0 and Corretto 8": {"mi 4.4.0", "ei 6.3.0"},
		"mi 4.4.0 on RHEL 9x":                   {},
		"mi 4.4.0, Fubar 3":                     {},
	} {
		got := ok[api.Asked](t, c.get(inWords(text)))
		if got.Answer != nil || got.Check != "" || len(got.Understood.Ambiguous) != 1 {
			t.Fatalf("%s: %+v", text, got)
		}
		open := got.Understood.Ambiguous[0]
		if open.Reason == "" || open.Readings == nil || !strings.Contains(got.Summary, open.Reason) {
			t.Errorf("%s: %+v, %s", text, open, got.Summary)
		}
		var texts []string
		for _, r := range open.Readings {
			texts = append(texts, r.Text)
			if answer := ok[answers.Answer](t, c.get(r.Check)); len(answer.Components) == 0 {
				t.Errorf("%s: %s answers nothing", text, r.Check)
			}
			if r.Technology != "" && ok[api.Asked](t, c.get(inWords(strings.Replace(text, open.Text, r.Text+",", 1)))).Answer == nil {
				t.Errorf("%s: %s is undecided too", text, r.Text)
			}
			if r.Name == "" || !strings.Contains(got.Summary, r.Name) {
				t.Errorf("%s: %q is not in %s", text, r.Name, got.Summary)
			}
		}
		if !slices.Equal(texts, readings) {
			t.Errorf("%s: readings %q, want %q", text, texts, readings)
		}
	}
}

func TestAskMisses(t *testing.T) {
	c := newServer(t)
	for text, missing := range map[string][]string{
		"RHEL 9?": {"product"}, "mi 4.4.0": {"environment"}, "hello": {"product", "environment"}, "!": {"product", "environment"},
	} {
		got := ok[api.Asked](t, c.get(inWords(text)))
		if got.Answer != nil || got.Check != "" || !slices.Equal(got.Understood.Missing, missing) || got.Understood.Environment == nil || got.Summary == "" {
			t.Errorf("%s: %+v", text, got)
		}
	}
}

func TestAskRequires(t *testing.T) {
	c := newServer(t)
	for require, pass := range map[string]bool{"tested": false, "conditional": true, "conditional,exact": false} {
		got := ok[api.Asked](t, c.get(inWords("mi 4.4.0 Postgres 17")+"&require="+require))
		if got.Answer.Pass != pass || got.Answer.Require != require || !strings.HasSuffix(got.Check, "&require="+url.QueryEscape(require)) {
			t.Errorf("%s: %+v", require, got)
		}
	}
}

// TestAskBytes holds what is written by hand to the documented type, with texts
// that JSON must escape or HTML would read.
func TestAskBytes(t *testing.T) {
	c := newServer(t)
	for _, text := range []string{
		"mi 4.4.0 RHEL 9", "<script>alert(\"1\")</script> & \\ \u2028 mi 4.4.0 RHEL 9, Postgers 17.2 \t\r\né 𝄞 \uFFFD", "odd 1 & 2 with odd 3.1, RHEL 9", "x",
		"MI 4.4.0 on RHEL 9 " + strings.Repeat("é", plain.MaxText-19),
	} {
		got := c.get(inWords(text))
		var again bytes.Buffer
		encoder := json.NewEncoder(&again)
		encoder.SetEscapeHTML(false)
		asked := ok[api.Asked](t, got)
		if err := encoder.Encode(asked); err != nil || !bytes.Equal(again.Bytes(), got.body) {
			t.Errorf("%.40s: %s\nis written again as %s", text, got.body, &again)
		}
		all := ""
		for _, token := range asked.Understood.Tokens {
			all += token.Text
		}
		if strings.Join(strings.Fields(all), "") != strings.Join(strings.Fields(text), "") {
			t.Errorf("%.40s: the tokens are %.80s", text, all)
		}
	}
}

var badWords = []bad{
	{"no question", "/v1/ask", "", 400, "invalid", "q", "runs on: is ", ""},
	{"empty question", "/v1/ask?q=", "", 400, "invalid", "q", "plain words", ""},
	{"blank question", "/v1/ask?q=+%09%0A", "", 400, "invalid", "q", "plain words", ""},
	{"question twice", "/v1/ask?q=mi&q=ei", "", 400, "invalid", "q", "once", ""},
	{"long question", "/v1/ask?q=" + strings.Repeat("x", 1001), "", 400, "invalid", "q", "Shorten", ""},
	{"long question beyond ASCII", "/v1/ask?q=" + strings.Repeat("%C3%A9", 1001), "", 400, "invalid", "q", "Shorten", ""},
	{"binary question", "/v1/ask?q=RHEL%009", "", 400, "invalid", "q", "control", ""},
	{"control beyond ASCII in a question", "/v1/ask?q=RHEL%C2%859", "", 400, "invalid", "q", "control", ""},
	{"question of mixed encodings", "/v1/ask?q=RHEL+9+%E9", "", 400, "invalid", "q", "UTF-8", ""},
	{"question with a broken escape", "/v1/ask?q=RHEL%zz", "", 400, "invalid", "q", "%25", ""},
	{"unknown parameter of a question", "/v1/ask?q=mi&os=RHEL+9", "", 400, "invalid", "os", "q, require", ""},
	{"misspelt parameter of a question", "/v1/ask?q=mi&requre=exact", "", 400, "invalid", "requre", "Did you mean require?", "require"},
	{"question that requires nothing known", "/v1/ask?q=mi+RHEL+9&require=best", "", 400, "invalid", "require", "tested, compatible, conditional", ""},
	{"question that requires nothing", "/v1/ask?q=mi+RHEL+9&require=", "", 400, "invalid", "require", "leave it out", ""},
	{"question of many components", "/v1/ask?q=" + manyComponents(), "", 400, "invalid", "q", "one environment", ""},
}

// manyComponents are words for one component more than an environment holds.
func manyComponents() string {
	text := "mi+4.4.0"
	for i := range 33 {
		text += "+RHEL+9." + string(rune('0'+i/10)) + string(rune('0'+i%10)) + ","
	}
	return text
}

// TestAskTypes asks for what is no verdict by every door: the member of the type is what the
// address answers, the text and the page say the same, and nothing else stands there.
func TestAskTypes(t *testing.T) {
	c := newServer(t)
	for text, want := range map[string]struct{ kind, address string }{
		"which databases does MI 4.4.0 support":                 {"list", "/v1/products/mi/releases/4.4.0"},
		"what does MI 4.4.0 run on":                             {"list", "/v1/products/mi/releases/4.4.0"},
		"minimum requirements of EI 6.3.0":                      {"requirements", "/v1/products/ei/releases/6.3.0/requirements"},
		"how much memory does MI 4.4.0 need":                    {"requirements", "/v1/products/mi/releases/4.4.0/requirements"},
		"which ports does EI 6.3.0 listen on":                   {"ports", "/v1/products/ei/releases/6.3.0/ports"},
		"what changed between MI 4.3.0 and 4.4.0":               {"compare", "/v1/compare?product=mi&from=4.3.0&to=4.4.0"},
		"can I upgrade from MI 4.3.0 to 4.4.0 with RHEL 9":      {"compare", "/v1/compare?product=mi&from=4.3.0&to=4.4.0&os=rhel%3A9"},
		"which MI releases run on RHEL 9 and Postgres 17.2":     {"find", "/v1/find?product=mi&os=rhel%3A9&dbms=postgresql%3A17.2"},
		"is Postgres 17.2 tested":                               {"find", "/v1/find?dbms=postgresql%3A17.2"},
		"are MI 4.3.0 and EI 6.3.0 both tested with RHEL 9":     {"find", ""},
		"mi 4.4.0 and mi 4.3.0 with RHEL 9":                     {"find", ""},
		"is RHEL 9 tested for MI 4.4.0":                         {"check", ""},
		"is Oracle 21 tested for MI 4.4.0":                      {"ambiguous", ""},
		"hello":                                                 {"unknown", ""},
		"MI 4.4.0":                                              {"unknown", ""},
		"which databases does MI 4.4.0 support with Windows 7x": {"ambiguous", ""},
	} {
		got := c.get(inWords(text))
		asked := ok[api.Asked](t, got)
		if asked.Type != want.kind || asked.Address != want.address || (asked.Answer != nil) != (want.kind == "check") {
			t.Errorf("%s: %s", text, got.body)
		}
		var members map[string]json.RawMessage
		if err := json.Unmarshal(got.body, &members); err != nil {
			t.Fatal(err)
		}
		for _, kind := range plain.Types {
			content := kind != plain.TypeCheck && kind != plain.TypeAmbiguous && kind != plain.TypeUnknown
			if _, there := members[string(kind)]; content && there != (string(kind) == want.kind) {
				t.Errorf("%s: %s: %v", text, kind, there)
			}
		}
		if words := c.get(inWords(text), "Accept", "text/plain"); asked.Answer == nil && want.kind != "ambiguous" && want.kind != "unknown" && !strings.HasPrefix(string(words.body), want.kind+"\n") ||
			!strings.Contains(string(words.body), strings.Join(strings.Fields(asked.Summary), " ")) {
			t.Errorf("%s: %s", text, words.body)
		}
		var content struct{ Summary string }
		if raw := members[want.kind]; want.kind != "check" && raw != nil && json.Unmarshal(raw, &content) != nil {
			t.Errorf("%s: %s", text, raw)
		}
		if page := html.UnescapeString(string(c.beyond().get("/?q="+url.QueryEscape(text), "Accept", "text/html").body)); !strings.Contains(page, content.Summary) || !strings.Contains(asked.Summary, content.Summary) {
			t.Errorf("%s: %q is not on %s", text, content.Summary, page)
		}
		if want.address == "" {
			continue
		}
		typed := regexp.MustCompile(`"asked":"[^"]*"`) // as it stands in the words, and in the address
		same := typed.ReplaceAll(c.get(want.address).body, nil)
		if want.kind == "list" {
			whole := into[api.ReleaseMatrix](t, c.get(want.address))
			for _, k := range asked.List.Kinds {
				if !slices.ContainsFunc(whole.Kinds, func(o api.KindListings) bool { return reflect.DeepEqual(o, k) }) {
					t.Errorf("%s: %+v", text, k)
				}
			}
			continue
		}
		if !bytes.Equal(bytes.TrimSpace(same), typed.ReplaceAll(members[want.kind], nil)) {
			t.Errorf("%s: %s answers\n%s\nthe words\n%s", text, want.address, same, members[want.kind])
		}
	}
}

// TestAskWhole asks for what looks at the whole record: the address answers all of it, the page
// leads to the one with its form filled in, and a time that is not read is told.
func TestAskWhole(t *testing.T) {
	c := serve(t, api.Options{Catalogue: newCatalogue(t), Version: "test", Now: newClock(t, "2026-04-01T00:00:00Z").Now})
	for text, want := range map[string]struct{ kind, address, see, ignored string }{
		"which MI releases run on RHEL 9":             {"find", "/v1/find?product=mi&os=rhel%3A9", "/find?product=mi&os=rhel%3A9", ""},
		"which releases of MI and EI run on RHEL 9":   {"find", "/v1/find?product=mi&product=ei&os=rhel%3A9", "/find?product=mi&product=ei&os=rhel%3A9", ""},
		"what should I retest in the next 3 months":   {"retest", "/v1/retest?within=3m", "/retest?within=3m", ""},
		"which databases should we retest next year":  {"retest", "/v1/retest?kind=dbms&within=1y", "/retest?kind=dbms&within=1y", ""},
		"what has to be tested again for MI 4.4.0":    {"retest", "/v1/retest?product=mi&release=4.4.0&within=6m", "/retest?product=mi&release=4.4.0&within=6m", ""},
		"retest within 400 years":                     {"", "", "", ""},
		"test plan for MI 4.4.0":                      {"plan", "/v1/products/mi/releases/4.4.0/test-plan", "/products/mi/4.4.0/test-plan", ""},
		"what changed":                                {"changes", "/v1/changes", "/changes", ""},
		"what changed since June":                     {"changes", "/v1/changes?since=2025-06-01", "/changes?since=2025-06-01", ""},
		"what changed since Sept 2025":                {"changes", "/v1/changes?since=2025-09-01", "/changes?since=2025-09-01", ""},
		"what changed in MI since 1 March 2026":       {"changes", "/v1/changes?product=mi&since=2026-03-01", "/changes?product=mi&since=2026-03-01", ""},
		"what is new in MI 4.4.0 in the last 2 weeks": {"changes", "/v1/changes?product=mi&release=4.4.0&since=2026-03-18", "/changes?product=mi&release=4.4.0&since=2026-03-18", ""},
		"what changed in March":                       {"changes", "/v1/changes", "/changes", "in March"},
		"what changed since 05/03/2025":               {"changes", "/v1/changes", "/changes", "since 05/03/2025"},
		"what changed since 2030-01-01":               {"changes", "/v1/changes?since=2030-01-01", "/changes?since=2030-01-01", ""},
		"how fresh are the sources of MI":             {"sources", "/v1/sources?product=mi", "/sources?product=mi", ""},
		"sources of MI 4.4.0":                         {"list", "/v1/products/mi/releases/4.4.0", "/products/mi/4.4.0", ""},
		"coverage":                                    {"coverage", "/v1/coverage", "/coverage", ""},
		"compare MI 4.3.0 with 4.4.0":                 {"compare", "/v1/compare?product=mi&from=4.3.0&to=4.4.0", "/compare?product=mi&from=4.3.0&to=4.4.0", ""},
	} {
		got := c.get(inWords(text))
		if want.kind == "" {
			(&bad{status: 400, code: "invalid", field: "within"}).verify(t, got)
			continue
		}
		asked := ok[api.Asked](t, got)
		if asked.Type != want.kind || asked.Address != want.address || strings.Join(asked.Understood.Ignored, ", ") != want.ignored || asked.Summary == "" {
			t.Errorf("%s: %s", text, got.body)
		}
		if asked.Type == "changes" && want.ignored != "" && (!strings.HasPrefix(asked.Summary, `"`+want.ignored+`" is not understood.`) || strings.Contains(asked.Summary, "known change")) {
			t.Errorf("%s: %s", text, asked.Summary)
		}
		if all := c.get(want.address); all.status != 200 {
			t.Errorf("%s: %s answers %d", text, want.address, all.status)
		}
		if words := c.get(inWords(text), "Accept", "text/plain"); !strings.HasPrefix(string(words.body), want.kind+"\n") {
			t.Errorf("%s: %s", text, words.body)
		}
		page := html.UnescapeString(string(c.beyond().get("/?q="+url.QueryEscape(text), "Accept", "text/html").body))
		if !strings.Contains(page, `>See <a href="`+want.see+`"`) || !strings.Contains(page, asked.Summary[:20]) {
			t.Errorf("%s leads to another page than %s:\n%s", text, want.see, page)
		}
	}
}

// TestAskPassesOverNothing: with a word that is not understood, no release passes by any type.
func TestAskPassesOverNothing(t *testing.T) {
	c := newServer(t)
	for _, text := range []string{"which MI releases run on RHEL 9", "is RHEL 9 tested", "can I upgrade from MI 4.3.0 to 4.4.0 with RHEL 9"} {
		for _, word := range []string{"", ", nginx"} {
			got := ok[api.Asked](t, c.get(inWords(text+word)))
			passes := got.Find != nil && got.Find.Passing > 0 || got.Compare != nil && got.Compare.After.Pass
			if passes != (word == "") {
				t.Errorf("%s%s: %+v", text, word, got)
			}
		}
	}
}

// TestAskLeavesOut: what is left out is told, and no component.
func TestAskLeavesOut(t *testing.T) {
	got := ok[api.Asked](t, newServer(t).get(inWords("MI 4.4.0 on RHEL 9 without Postgres 16")))
	if got.Answer == nil || !got.Answer.Pass || len(got.Answer.Components) != 1 || !slices.Equal(got.Understood.LeftOut, []string{"without Postgres 16"}) ||
		!strings.HasSuffix(got.Summary, " Left out of the question: without Postgres 16.") {
		t.Errorf("%+v", got)
	}
}
