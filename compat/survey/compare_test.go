package survey_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/compat/survey"
	"github.com/testedon/testedon/internal/sample"
)

func TestCompare(t *testing.T) {
	m := sample.Build(t, sample.Upgraded())
	c, err := survey.Compare(survey.CompareQuestion{From: sample.ReleaseOf(t, m, "Shop", "2.0"), To: sample.ReleaseOf(t, m, "Shop", "3.0")})
	if err != nil {
		t.Fatal(err)
	}
	want := `alpha changes: gained Alpha 2 conditional→tested; lost Alpha 1 conditional→not_listed
beta adds: gained Beta 1 not_listed→tested
newkv changes: gained NewKV 6.0 not_listed→tested; lost NewKV 3.1 tested→not_listed, NewKV 6.1 tested→compatible, NewKV 7.1 tested→compatible, NewKV 7.2 tested→compatible
oldkv drops: lost OldKV 4 tested→not_listed, OldKV 8 conditional→not_listed`
	if got := differences(c); got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
	if c.Before != nil || c.After != nil {
		t.Error("there are answers for an environment nobody asked about")
	}
	same, err := survey.Compare(survey.CompareQuestion{From: sample.ReleaseOf(t, m, "shop", "3.0"), To: sample.ReleaseOf(t, m, "shop", "3.0")})
	if err != nil || len(same.Changes) > 0 {
		t.Errorf("a release differs from itself: %s, %v", differences(same), err)
	}
}

func differences(c *survey.Comparison) string {
	var lines []string
	for _, d := range c.Changes {
		line := d.Technology.ID + " " + string(d.Way) + ":"
		line += shifted(" gained ", d.Gained)
		if len(d.Gained) > 0 && len(d.Lost) > 0 {
			line += ";"
		}
		lines = append(lines, line+shifted(" lost ", d.Lost))
	}
	return strings.Join(lines, "\n")
}

func shifted(heading string, all []survey.Shift) string {
	var texts []string
	for _, s := range all {
		if s.Why == "" {
			heading += "(without a reason) "
		}
		texts = append(texts, fmt.Sprintf("%s %s→%s", s.Label, s.Before, s.After))
	}
	if len(texts) == 0 {
		return ""
	}
	return heading + strings.Join(texts, ", ")
}

// TestCompareRestates: what pages call otherwise is told where it counts as before, and once;
// the other way round it is the same turned over.
func TestCompareRestates(t *testing.T) {
	for _, c := range []struct{ before, after, want string }{
		{"supported", "supported", ""},
		{"supported", "recommended", "supported→recommended"},
		{"", "not_recommended", "→not_recommended"},
		{"", "incompatible", "→incompatible"},
		{"planned", "", ""}, // which counts for nothing
		{"not_tested", "not_recommended", "not_tested→not_recommended"},
		{"tested", "supported", ""}, // a shift
		{"", "tested", ""},
		{"supported recommended", "recommended", ""},
	} {
		for _, turned := range []bool{false, true} {
			from, to, want := c.before, c.after, c.want
			if turned {
				old, new, _ := strings.Cut(want, "→")
				if from, to = to, from; want != "" {
					want = new + "→" + old
				}
			}
			compared := restated(t, from, to)
			got := ""
			for _, d := range compared.Changes {
				for _, r := range d.Restated {
					got += string(r.Before + "→" + r.After)
				}
				if len(d.Restated) > 0 && (d.Way != survey.Restates || !strings.Contains(compared.Summary(), "changes the status of "+d.Technology.Name)) {
					t.Errorf("%s → %s is told as: %s", from, to, compared.Summary())
				}
			}
			if got != want {
				t.Errorf("%s → %s: %q, want %q", from, to, got, want)
			}
		}
	}
}

// restated compares two releases of which pages state some statuses of the same versions.
func restated(t *testing.T, before, after string) *survey.Comparison {
	t.Helper()
	ds := sample.Small()
	for version, statuses := range map[string]string{"8.0": before, "9.0": after} {
		ds.Releases = append(ds.Releases, fact.Release{Product: "shop", Version: version})
		for _, status := range strings.Fields(statuses) {
			ds.Claims = append(ds.Claims, fact.Claim{ID: "shop/" + version + "/beta/" + status, Product: "shop", Release: version, Technology: "beta",
				Label: "Beta 1", Version: "1", Status: fact.Status(status), Citation: fact.Citation{Source: "manual"}})
		}
	}
	m := sample.Build(t, ds)
	compared, err := survey.Compare(survey.CompareQuestion{From: sample.ReleaseOf(t, m, "shop", "8.0"), To: sample.ReleaseOf(t, m, "shop", "9.0")})
	if err != nil {
		t.Fatal(err)
	}
	return compared
}

// TestCompareBackwards: a first day that is after the second one is told; no day is today.
func TestCompareBackwards(t *testing.T) {
	for days, want := range map[[2]fact.Day]bool{{}: false, {1, 2}: false, {2, 2}: false, {2, 0}: false, {2, 1}: true, {0, 1}: true} {
		c := restated(t, "", "")
		if c.FromAsOf, c.ToAsOf = days[0], days[1]; (c.Backwards() != "") != want {
			t.Errorf("%v: %s", days, c.Summary())
		}
	}
}

// Given an environment, the comparison says what breaks and what mends it.
func TestCompareEnvironment(t *testing.T) {
	m := sample.Build(t, sample.Upgraded())
	q := survey.CompareQuestion{From: sample.ReleaseOf(t, m, "shop", "2.0"), To: sample.ReleaseOf(t, m, "shop", "3.0")}
	for _, text := range []string{"cache=New KV 6.1", "os=Alpha Linux 2.3"} {
		kind, name, _ := strings.Cut(text, "=")
		q.Components = append(q.Components, m.Resolve(compat.Asked{Kind: kind, Text: name}))
	}
	c, err := survey.Compare(q)
	if err != nil {
		t.Fatal(err)
	}
	if c.Before.Verdict != fact.Tested || c.After.Verdict != fact.Compatible {
		t.Errorf("before %s, after %s", c.Before.Verdict, c.After.Verdict)
	}
	if len(c.Breaks) != 1 || c.Breaks[0].Understood() != "New KV 6.1" {
		t.Errorf("breaks %v", c.Breaks)
	}
	if len(c.After.Moves) == 0 || c.After.Moves[0].Summary() != "New KV 6.1 → 5 (older)" {
		t.Errorf("moves %v", c.After.Moves)
	}
}

func TestComparisonSummary(t *testing.T) {
	m := sample.Build(t, sample.Upgraded())
	for _, c := range [][4]string{
		{"2.0", "3.0", "", "Compared with 2.0, Shop 3.0 adds Beta Linux; it drops Old KV; it changes Alpha Linux and New KV."},
		{"3.0", "3.0", "", "Shop 3.0 lists the same as 3.0."},
		{"3.0", "3.0", "os=Alpha Linux 2", "Shop 3.0 lists the same as 3.0. Your environment stays tested."},
		{"2.0", "3.0", "cache=New KV 6.1", " and New KV. Your environment was tested and is now compatible, because of New KV 6.1."},
		{"2.0", "3.0", "os=Gamma", " Your environment could not be read in full for either release."},
		{"2.0", "3.0", "os=Beta Linux 1", " and New KV. Your environment was not listed and is now tested."},
	} {
		q := survey.CompareQuestion{From: sample.ReleaseOf(t, m, "shop", c[0]), To: sample.ReleaseOf(t, m, "shop", c[1])}
		if kind, text, asked := strings.Cut(c[2], "="); asked {
			q.Components = []compat.Component{m.Resolve(compat.Asked{Kind: kind, Text: text})}
		}
		compared, err := survey.Compare(q)
		if err != nil {
			t.Fatal(err)
		}
		if got := compared.Summary(); !strings.HasSuffix(got, c[3]) {
			t.Errorf("%v: %s", c[:3], got)
		}
	}
}
