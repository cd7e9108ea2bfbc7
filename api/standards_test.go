package api_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"html"
	"maps"
	"net/http"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/testedon/testedon/api"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/internal/sample"
)

// schemaOf compiles the last of some schemas, which may refer to the others. Formats are held.
func schemaOf(t *testing.T, files ...string) *jsonschema.Schema {
	t.Helper()
	compiler, id := jsonschema.NewCompiler(), ""
	compiler.AssertFormat()
	for _, file := range files {
		doc := jsonOf(t, readFile(t, file))
		id = doc.(map[string]any)["$id"].(string)
		if err := compiler.AddResource(id, doc); err != nil {
			t.Fatal(err)
		}
	}
	schema, err := compiler.Compile(id)
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

func readFile(t *testing.T, file string) []byte {
	t.Helper()
	text, err := os.ReadFile("testdata/" + file)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func jsonOf(t *testing.T, text []byte) any {
	t.Helper()
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err, string(text))
	}
	return value
}

// everyDay is a server of the facts of the seed, on one day.
func everyDay(t *testing.T) *client {
	return serve(t, api.Options{Catalogue: api.Still{M: sample.Catalogue(t)}, Now: newClock(t, "2026-11-30T12:00:00Z").Now}).beyond()
}

// odd is a server of which every text of a technology with an end is hostile.
func odd(t *testing.T) *client {
	ds := dataset(1)
	ds.Lifecycles = append(ds.Lifecycles,
		fact.Lifecycle{ID: "odd-db/4\r\n;,", Technology: "odd-db", Version: "4", Label: hostile, Released: "2020-01-31", Support: "2022-01-31", Ends: "2023-01-31", Extended: "2024-01-31",
			Latest: hostile, LatestReleased: "2023-01-01", Policy: "https://example.com/\r\nEND:VCALENDAR", Citation: ds.Lifecycles[2].Citation},
		fact.Lifecycle{ID: "odd-db/5", Technology: "odd-db", Version: "5", Released: "2020-01-31", Extended: "2024-01-31", Policy: "https://example.com/a,b;c?d=\u2028", Citation: ds.Lifecycles[0].Citation})
	facts := &catalogue{}
	facts.matrix.Store(build(t, ds))
	return serve(t, api.Options{Catalogue: facts, Now: newClock(t, "2026-11-30T12:00:00Z").Now})
}

// broken are the tests of OpenEoX Core that a document fails, those that tell of a mistake alone aside.
func broken(document map[string]any) (failed []string) {
	at := func(name string) (when time.Time, set bool) {
		text, _ := document[name].(string)
		when, err := time.Parse(time.RFC3339, text)
		if text != "" && text != "tba" && (err != nil || !strings.Contains(text, "T")) {
			failed = append(failed, "7.1.2")
		}
		return when, err == nil
	}
	end, ends := at("end_of_life")
	out, came := at("general_availability")
	_, _ = at("last_updated")
	for _, name := range []string{"end_of_life", "end_of_sales", "end_of_security_support", "general_availability"} {
		when, set := at(name)
		if ends && set && when.After(end) {
			failed = append(failed, "7.1.1")
		}
		if came && set && when.Before(out) {
			failed = append(failed, "7.1.3")
		}
		if ends && document[name] == "tba" {
			failed = append(failed, "7.2.1")
		}
		if set && document["general_availability"] == "tba" {
			failed = append(failed, "7.2.2")
		}
	}
	return failed
}

// TestOpenEoXCases holds what these tests know of OpenEoX against its own.
func TestOpenEoXCases(t *testing.T) {
	schema := schemaOf(t, "openeox/meta.json", "openeox/core.json")
	for _, c := range jsonOf(t, readFile(t, "openeox/cases.json")).([]any) {
		c := c.(map[string]any)
		test, document := c["test"].(string), c["document"].(map[string]any)
		if test == "7.3.1" {
			continue
		}
		fails := slices.Contains(broken(document), test) || test == "7.1.2" && schema.Validate(document) != nil
		if fails != c["fails"] {
			t.Errorf("%s of %v: fails is %v", test, document, fails)
		}
		if test != "7.1.2" && schema.Validate(document) != nil {
			t.Errorf("%v: %v", document, schema.Validate(document))
		}
	}
}

// TestOpenEoX: each record is valid by the schema and the tests of OpenEoX, has what is on record
// and nothing else, and a series without one is of those that have to be.
func TestOpenEoX(t *testing.T) {
	schema, without := schemaOf(t, "openeox/meta.json", "openeox/core.json"), 0
	for _, c := range []*client{everyDay(t), odd(t)} {
		all := ok[api.Lifecycles](t, c.get("/v1/lifecycles"))
		if all.Total != len(all.Items) || all.Total == 0 {
			t.Fatalf("%d of %d", len(all.Items), all.Total)
		}
		for _, s := range all.Items {
			unknown := s.State == "ended" && s.Ends == "" || s.Ends == "" && s.Extended != ""
			if s.OpenEoX == nil != unknown {
				t.Errorf("%s %s: %+v", s.Technology, s.Cycle, s.OpenEoX)
			}
			if s.OpenEoX == nil {
				without++
				continue
			}
			text, _ := json.Marshal(s.OpenEoX)
			document := jsonOf(t, text).(map[string]any)
			if err := schema.Validate(document); err != nil || broken(document) != nil {
				t.Errorf("%s: %v %v", text, err, broken(document))
			}
			day := func(text string) string { return text[:min(len(text), len(time.DateOnly))] }
			security, life := "tba", "tba"
			if s.Ends != "" {
				security, life = s.Ends, max(s.Ends, s.Extended)
			}
			if e := s.OpenEoX; day(e.EndOfSecuritySupport) != security || day(e.EndOfLife) != life || day(e.GeneralAvailability) != s.Released {
				t.Errorf("%s %s: %s", s.Technology, s.Cycle, text)
			}
		}
	}
	if without < 10 {
		t.Errorf("%d without a record", without)
	}
}

// TestCLE: the document of every technology is as ECMA-428 wants it; the events are as many as
// days are on record.
func TestCLE(t *testing.T) {
	schema, told := schemaOf(t, "cle/cle.schema.json"), 0
	if err := schema.Validate(jsonOf(t, readFile(t, "cle/example.json"))); err != nil {
		t.Fatal("the example of the standard:", err)
	}
	for _, c := range []*client{everyDay(t), odd(t)} {
		lives := ok[api.Lifecycles](t, c.get("/v1/lifecycles"))
		all := ok[api.Technologies](t, c.get("/v1/technologies?limit=1000"))
		for _, technology := range all.Items {
			got, want := c.get("/v1/technologies/"+technology.ID+"/cle"), map[string]bool{}
			for _, s := range lives.Items {
				if s.Technology == technology.ID {
					want["released "+s.Version+s.Released], want["released "+s.Latest+s.LatestReleased] = s.Version != "", s.LatestReleased != ""
					want["endOfDevelopment "+s.VERS+s.Support], want["endOfSupport "+s.VERS+s.Ends] = s.Support != "", s.Ends != ""
					want["endOfSupport "+s.VERS+s.Extended] = s.Extended != "" || want["endOfSupport "+s.VERS+s.Extended]
				}
			}
			if len(want) == 0 {
				if got.status != http.StatusNotFound {
					t.Errorf("%s: %d %s", technology.ID, got.status, got.body)
				}
				continue
			}
			if err := schema.Validate(jsonOf(t, got.body)); err != nil {
				t.Errorf("%s: %v", technology.ID, err)
			}
			d, known, left := ok[api.CLE](t, got), map[string]bool{}, maps.Clone(want)
			for _, s := range d.Definitions.Support {
				known[s.ID] = true
			}
			for i, e := range d.Events {
				versions := e.Version
				if e.Versions != nil {
					versions = e.Versions[0].Range
				}
				what := e.Type + " " + versions + e.Effective[:len(time.DateOnly)]
				if e.ID != len(d.Events)-i || !want[what] || e.SupportID != "" && !known[e.SupportID] || e.Published > d.UpdatedAt {
					t.Errorf("%s: %+v", technology.ID, e)
				}
				told++
				delete(left, what)
			}
			for what, is := range left {
				if is {
					t.Errorf("%s: %s is not told", technology.ID, what)
				}
			}
		}
	}
	if told < 2000 {
		t.Errorf("%d events", told)
	}
}

// calendar is what a reader makes of a text of RFC 5545: for each component its properties, by
// name, in the order of the file.
type calendar struct {
	name       string
	properties map[string]string
}

var property = regexp.MustCompile(`^([A-Z-]+)((?:;[A-Z-]+=[^:;]+)*):(.*)$`)

// readCalendar reads by the letter of RFC 5545, and refuses what it does not allow.
func readCalendar(t *testing.T, text []byte) (all []calendar) {
	t.Helper()
	if !utf8.Valid(text) || !bytes.HasSuffix(text, []byte("\r\n")) {
		t.Fatal("no UTF-8, or no end of the last line")
	}
	var lines []string
	for line := range strings.SplitSeq(strings.TrimSuffix(string(text), "\r\n"), "\r\n") {
		if len(line) > 75 || !utf8.ValidString(line) || strings.ContainsFunc(line, func(r rune) bool { return r < ' ' && r != '\t' || r == 0x7f }) {
			t.Errorf("a line of %d bytes: %q", len(line), line)
		}
		if line != "" && line[0] == ' ' && len(lines) > 0 {
			lines[len(lines)-1] += line[1:]
		} else {
			lines = append(lines, line)
		}
	}
	var open []int
	for _, line := range lines {
		p := property.FindStringSubmatch(line)
		switch {
		case p == nil:
			t.Fatalf("no property: %q", line)
		case p[1] == "BEGIN":
			all = append(all, calendar{p[3], map[string]string{}})
			open = append(open, len(all)-1)
		case p[1] == "END" && len(open) > 0 && all[open[len(open)-1]].name == p[3]:
			open = open[:len(open)-1]
		case len(open) == 0 || all[open[len(open)-1]].properties[p[1]] != "":
			t.Fatalf("where it cannot be, or twice: %q", line)
		default:
			all[open[len(open)-1]].properties[p[1]+p[2]] = p[3]
		}
	}
	if len(open) > 0 || len(all) < 2 || all[0].name != "VCALENDAR" || all[0].properties["VERSION"] != "2.0" || all[0].properties["PRODID"] == "" {
		t.Fatalf("no whole calendar: %v", all)
	}
	return all[1:]
}

// plainText undoes the escapes of a text; one that needs none and has one is refused.
func plainText(t *testing.T, text string) string {
	t.Helper()
	if bare := regexp.MustCompile(`\\[\\;,nN]`).ReplaceAllString(text, ""); strings.ContainsAny(bare, `\;,`) {
		t.Errorf("escaped badly: %q", text)
	}
	return strings.NewReplacer(`\\`, `\`, `\;`, ";", `\,`, ",", `\n`, "\n", `\N`, "\n").Replace(text)
}

// TestCalendar: every end that is on record, and no other, is an event that takes its whole day;
// its identity does not change, and its stamp is no clock's.
func TestCalendar(t *testing.T) {
	for _, c := range []*client{everyDay(t), odd(t)} {
		want := map[string]int{}
		for _, s := range ok[api.Lifecycles](t, c.get("/v1/lifecycles")).Items {
			for _, day := range []string{s.Ends, s.Extended} {
				if day != "" {
					want[strings.ReplaceAll(day, "-", "")]++
				}
			}
		}
		got, seen := c.get("/v1/lifecycles?format=ics"), map[string]bool{}
		if got.header.Get("Content-Type") != "text/calendar; charset=utf-8" {
			t.Error(got.header)
		}
		for _, e := range readCalendar(t, got.body) {
			p := e.properties
			want[p["DTSTART;VALUE=DATE"]]--
			if _, err := time.Parse("20060102T150405Z", p["DTSTAMP"]); e.name != "VEVENT" || err != nil || seen[p["UID"]] || len(p["UID"]) != 36 || p["DTSTAMP"] > "20261129" {
				t.Errorf("%+v", p)
			}
			seen[p["UID"]] = true
			if !strings.Contains(plainText(t, p["SUMMARY"]), ": end of ") || plainText(t, p["DESCRIPTION"]) == "" || strings.ContainsAny(p["URL"], " \u2028") {
				t.Errorf("%+v", p)
			}
		}
		for day, n := range want {
			if n != 0 {
				t.Errorf("%s is %d times too few", day, n)
			}
		}
	}
}

// TestCalendarHostile: what is on record comes back out of a reader, but for what a calendar has
// no sign for.
func TestCalendarHostile(t *testing.T) {
	all := readCalendar(t, odd(t).get("/v1/lifecycles?format=ics&technology=odd-db").body)
	if len(all) != 3 {
		t.Fatalf("%v", all)
	}
	want := strings.NewReplacer("\r", "\uFFFD", "\x01", "\uFFFD", "\b", "\uFFFD", "\f", "\uFFFD", "\x7f", "\uFFFD").Replace(hostile)
	if got := plainText(t, all[0].properties["SUMMARY"]); got != want+" "+want+": end of life" || all[0].properties["URL"] != "" || all[2].properties["URL"] != "" {
		t.Errorf("%q", got)
	}
}

// TestCalendarEmpty: a calendar has to hold something.
func TestCalendarEmpty(t *testing.T) {
	all := readCalendar(t, odd(t).get("/v1/lifecycles?format=ics&kind=arch").body)
	if len(all) != 2 || all[0].name != "VTIMEZONE" {
		t.Errorf("%v", all)
	}
}

// TestLifecyclesOfAProduct: those that its releases list, whatever name they have there; a
// statement that says no, or names no version, lists none.
func TestLifecyclesOfAProduct(t *testing.T) {
	c := newServer(t)
	of := func(query string) (all []string) {
		for _, s := range ok[api.Lifecycles](t, c.get("/v1/lifecycles"+query)).Items {
			all = append(all, s.Technology+" "+s.Version)
		}
		return all
	}
	for query, want := range map[string]string{
		"?product=mi":              "corretto 11, corretto 21, postgresql 17, rhel 9",
		"?product=mi&kind=os":      "rhel 9",
		"?technology=Postgres":     "postgresql 16, postgresql 17",
		"?sort=ends&limit=2":       "",
		"?product=mi&sort=-ends":   "rhel 9, corretto 21, postgresql 17, corretto 11",
		"?technology=adoptopenjdk": "",
	} {
		if got := strings.Join(of(query), ", "); want != "" && got != want || query == "?technology=adoptopenjdk" && got != "" {
			t.Errorf("%s: %s", query, got)
		}
	}
	if got := c.get("/v1/lifecycles?product=mee"); got.status != http.StatusBadRequest {
		t.Errorf("%d %s", got.status, got.body)
	}
	if got := c.beyond().get("/v1/lifecycles?format=xml"); got.status != http.StatusBadRequest {
		t.Errorf("%d %s", got.status, got.body)
	}
}

// TestLinkedFromPages: a reader finds the feed and the calendar of a product by its page, and the
// calendar of a technology; each is there, and of the type that the page says.
func TestLinkedFromPages(t *testing.T) {
	alternate := regexp.MustCompile(`<link rel="alternate" type="([^"]+)" href="([^"]+)"`)
	c := odd(t).beyond()
	for page, want := range map[string]string{
		"/products/mi":             "application/atom+xml text/calendar",
		"/products/odd":            "application/atom+xml text/calendar",
		"/technologies/postgresql": "application/json text/calendar",
		"/technologies/arm64":      "application/json",
	} {
		text, found := string(c.get(page).body), []string{}
		for _, link := range alternate.FindAllStringSubmatch(text, -1) {
			address := html.UnescapeString(link[2])
			got := c.get(address)
			link[1] = html.UnescapeString(link[1])
			if kind, _, _ := strings.Cut(got.header.Get("Content-Type"), ";"); got.status != http.StatusOK || kind != link[1] {
				t.Errorf("%s of %s: %d %s", address, page, got.status, kind)
			}
			if found = append(found, link[1]); strings.HasPrefix(page, "/products/") && strings.Count(text, `href="`+link[2]+`"`) != 2 {
				t.Errorf("%s has no link to %s for people", page, link[2])
			}
			switch link[1] {
			case "text/calendar":
				readCalendar(t, got.body)
			case "application/atom+xml":
				if err := xml.Unmarshal(got.body, &struct{ XMLName xml.Name }{}); err != nil {
					t.Errorf("%s: %v", address, err)
				}
			}
		}
		if strings.Join(found, " ") != want {
			t.Errorf("%s: %v, want %s", page, found, want)
		}
	}
}

// TestPURLs: what technologies are called by is a package URL in its canonical form, of one
// technology each.
func TestPURLs(t *testing.T) {
	canonical := regexp.MustCompile(`^pkg:(generic|docker|deb|rpm|apk|github|brew)/([a-z0-9.-]+/)*[a-z0-9.+-]+$`)
	owner, known := map[string]string{}, 0
	for _, technology := range ok[api.Technologies](t, everyDay(t).get("/v1/technologies?limit=1000")).Items {
		for _, purl := range technology.PURLs {
			if known++; !canonical.MatchString(purl) || owner[purl] != "" {
				t.Errorf("%s of %s and %s", purl, technology.ID, owner[purl])
			}
			owner[purl] = technology.ID
		}
	}
	if known < 20 {
		t.Errorf("%d package URLs", known)
	}
}

// TestVERSOfStatements: ranges alone are written.
func TestVERSOfStatements(t *testing.T) {
	said := map[string]string{}
	for _, c := range ok[api.Claims](t, newServer(t).get("/v1/claims?limit=1000")).Items {
		said[c.ID] = c.VERS
	}
	for id, want := range map[string]string{"mi/4.4.0/rhel/9": "vers:intdot/>=9|<10", "mi/4.4.0/corretto/21": "vers:java/>=21|<22", "carbon/rhel": "", "mi/4.4.0/arm64/": ""} {
		if got, there := said[id]; got != want || !there {
			t.Errorf("%s: %q %v", id, got, there)
		}
	}
}
