package fleet

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"
)

// answered makes the reply of a server to an environment with so many components that are not listed.
func answered(t *testing.T, texts ...string) *Reply {
	t.Helper()
	var parts []string
	for _, text := range texts {
		parts = append(parts, fmt.Sprintf(`{"kind":"os","asked":%s,"verdict":"not_listed","why":"No."}`, quoteJSON(text)))
	}
	raw := fmt.Sprintf(`{"verdict":"not_listed","pass":%v,"require":"tested","summary":"So.","product":"mi","release":"4.4.0","components":[%s]}`,
		len(texts) == 0, strings.Join(parts, ","))
	reply := NewReply(200, []byte(raw))
	if reply == nil {
		t.Fatal(raw)
	}
	return reply
}

// TestGroupsAddUp: whatever the fleet, each different question is asked once, every result comes in the
// order of the file, and the groups, however findings are grouped, hold just the environments that
// have a finding of theirs.
func TestGroupsAddUp(t *testing.T) {
	systems := []string{"Debian 12", "RHEL 8", "Windows 11", "Debian <13>"}
	for seed := range uint64(20) {
		random := rand.New(rand.NewPCG(seed, 1))
		items := make([]*Item, 1+random.IntN(3000))
		for i := range items {
			items[i] = &Item{Line: i + 2, Body: fmt.Append(nil, random.IntN(1500))}
			if random.IntN(50) == 0 {
				items[i] = &Item{Line: i + 2, Refused: (&Source{}).refuse("invalid_parameter", 400, "fleet.csv.cells", random.IntN(3), 1)}
			}
		}
		asked := map[string]bool{}
		ask := func(questions [][]byte) (all []*Reply, err error) {
			if len(questions) > maxBatch {
				t.Fatalf("%d questions at once", len(questions))
			}
			for _, q := range questions {
				if asked[string(q)] {
					t.Fatalf("%s is asked twice", q)
				}
				asked[string(q)] = true
				var n int
				fmt.Sscan(string(q), &n)
				all = append(all, answered(t, systems[:n%len(systems)]...))
			}
			return all, nil
		}
		for by := range strings.SplitSeq(GroupBys, ",") {
			clear(asked)
			report, line, failing := Find("text").Begin(Run{By: by, Limit: 1 + random.IntN(5)}), 1, 0
			if err := Ask(items, ask, func(r *Result) {
				if line++; r.Line != line {
					t.Fatalf("line %d after %d", r.Line, line-1)
				}
				if len(r.Findings(nil)) > 0 {
					failing++
				}
				report.Add(r)
			}); err != nil {
				t.Fatal(err)
			}
			tally := &report.Tally
			if tally.Total != len(items) || tally.Passing+failing != tally.Total || tally.Failing+tally.Problems != failing {
				t.Fatalf("%+v of %d, of which %d have findings", tally, len(items), failing)
			}
			all, problems, _ := report.groups.Sorted()
			want := map[string]int{"finding": tally.Findings, "component": tally.Findings, "release": tally.Failing, "product": tally.Failing, "verdict": tally.Failing}[by]
			if got := sum(t, all, report.groups.Limit); got != want {
				t.Errorf("by %s: %d in groups, and %d are wrong", by, got, want)
			}
			if got := sum(t, problems, report.groups.Limit); got != tally.Problems {
				t.Errorf("%d problems in groups, and %d there are", got, tally.Problems)
			}
		}
	}
}

// sum adds up groups, which have to come by their size.
func sum(t *testing.T, groups []*Group, limit int) (total int) {
	t.Helper()
	for i, g := range groups {
		if len(g.Names) != min(g.Count, limit) || g.More() != g.Count-len(g.Names) || i > 0 && g.Count > groups[i-1].Count {
			t.Errorf("group %d: %+v", i, g)
		}
		total += g.Count
	}
	return total
}

// TestAskFails: what goes wrong while asking ends it.
func TestAskFails(t *testing.T) {
	broken := errors.New("broken")
	err := Ask([]*Item{{Body: []byte("1")}}, func([][]byte) ([]*Reply, error) { return nil, broken }, func(*Result) { t.Error("there is a result") })
	if !errors.Is(err, broken) {
		t.Error(err)
	}
}

// TestSniff: a text is read as what it is, whatever it is called.
func TestSniff(t *testing.T) {
	for _, c := range []struct{ name, text, format string }{
		{"hosts.csv", "x", "csv"}, {"hosts.TSV", "os\tjdk\n", "csv"}, {"", "name,product,release,os\na,mi,4.4.0,RHEL 9\n", "csv"},
		{"", "\ufeffname;os;jdk\r\nweb;RHEL 9;\r\n", "csv"}, {"", "web-1,mi,4.4.0,RHEL 9\nweb-2,mi,4.4.0,RHEL 9\n", "csv"}, // without a header, which is told
		{"x.txt", `[{"product": "mi", "environment": {"os": "RHEL 9"}}]`, "json"}, {"", "{\"environment\": {}}\n{\"environment\": {}}", "ndjson"},
		{"bom.cdx", `{"bomFormat": "CycloneDX"}`, printed}, {"", "NAME=\"Debian\"\nVERSION_ID=12", printed},
		{"", "openjdk version \"17.0.9\" 2023-10-17\nOpenJDK Runtime Environment", printed}, {"", "RHEL 9", printed},
	} {
		if s, err := Sniff(nil, c.name, []byte(c.text)); err != nil || s.format != c.format {
			t.Errorf("%q is %s, %v", c.text, s.format, err)
		}
	}
}

// TestReportsHold: no format lets a text out of its place, and each says that it could not be written.
func TestReportsHold(t *testing.T) {
	const hostile = "=cmd|'/C calc'!A0</bdi><script>\x1b[2J\u202e"
	for _, f := range Formats {
		report := f.Begin(Run{File: "f.csv", Now: testingNow, Began: testingNow()})
		report.Add(&Result{&Item{Line: 2, Name: hostile}, answered(t, hostile)})
		var b bytes.Buffer
		if err := report.Write(&b); err != nil || b.Len() == 0 {
			t.Errorf("%s: %v", f.Name, err)
		}
		if f.Name == "html" && strings.Contains(b.String(), "<script") || f.Name == "text" && strings.ContainsAny(b.String(), "\x1b\u202e") ||
			f.Name == "csv" && strings.Contains(b.String(), ",=cmd") {
			t.Errorf("%s: %s", f.Name, &b)
		}
		if err := report.Write(full{}); err == nil {
			t.Errorf("%s: a full disk is passed over", f.Name)
		}
	}
}

// full is a disk that is.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("no space left") }

func testingNow() time.Time { return time.Date(2026, 1, 31, 0, 0, 0, 0, time.UTC) }
