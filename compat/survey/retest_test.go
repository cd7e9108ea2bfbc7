package survey_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/compat/survey"
	"github.com/testedon/testedon/internal/sample"
)

// TestRetest holds what is told on 2026-06-30 against lists: a claim as RELEASE LABEL
// STATE END and what is suggested, a series as PRODUCT NAME and the newest listed.
func TestRetest(t *testing.T) {
	kv3, alpha3 := "KV 3", "Alpha Linux 3"
	beta := "web 1.0 beta 1 ended -"
	alpha1 := "web 1.0 alpha 1.4 ended 2025-01-01; " + alpha3
	inherited := func(release string) string { return "web " + release + " KV 1 and 2 ending_soon 2026-12-31; " + kv3 }
	old := "web 1.0 oldkv 2.1 ending_soon 2026-12-31; " + kv3
	alpha2, wide := "web 2.0 alpha 2 ending_soon 2027-01-01; "+alpha3, "web 2.0 alpha >=1 <3 ending_soon 2027-01-01; "+alpha3
	newAlpha, newKV := "web: Alpha Linux 3 after 2", "web: KV 3 after 2"
	m := sample.Build(t, sample.Aging())
	about := func(product, release, kind, technology string) (q survey.RetestQuestion) {
		q.Products, _ = m.Select(product)
		q.Kind = m.Kind(kind)
		q.Technology, _ = m.Technology(technology)
		if release != "" {
			q.Release = sample.ReleaseOf(t, m, product, release)
		}
		return q
	}
	for name, test := range map[string]struct {
		q       survey.RetestQuestion
		within  string
		want    []string
		newer   []string
		skipped string
	}{
		"half a year": {about("", "", "", ""), "6m", []string{beta, alpha1}, []string{newAlpha, newKV}, "says_no 1, any_vendor 1, every_version 1, no_lifecycle 2"},
		"to the day": {about("", "", "", ""), "184d", []string{beta, alpha1, inherited("2.0"), inherited("1.0"), old}, []string{newAlpha, newKV},
			"says_no 1, any_vendor 1, every_version 1, no_lifecycle 2"},
		"a year":          {about("", "", "os", ""), "1y", []string{beta, alpha1, wide, alpha2}, []string{newAlpha}, "says_no 1, every_version 1, no_lifecycle 1"},
		"three years":     {about("", "", "", "alpha"), "3y", []string{"web 1.0 alpha 1.4 ended 2025-01-01", "web 2.0 alpha >=1 <3 ending_soon 2027-01-01", "web 2.0 alpha 2 ending_soon 2027-01-01"}, nil, "says_no 1, every_version 1"},
		"what has ended":  {about("Web", "", "", ""), "0d", []string{beta, alpha1}, []string{newAlpha, newKV}, "says_no 1, any_vendor 1, no_lifecycle 2"},
		"one release":     {about("web", "newest", "", ""), "27w", []string{inherited("2.0"), wide, alpha2}, []string{newAlpha, newKV}, "any_vendor 1"},
		"nothing to test": {about("Jobs", "", "", ""), "10y", nil, nil, "every_version 1"},
		"kind by alias":   {about("web", "", "kv", ""), "6m", nil, []string{newKV}, "any_vendor 1, no_lifecycle 1"},
		"technology":      {about("", "", "", "Old KV"), "1y", []string{old}, nil, "no_lifecycle 1"},
	} {
		t.Run(name, func(t *testing.T) {
			test.q.Today = sample.DayOf(t, "2026-06-30")
			got := retest(t, test.q, test.within)
			var items, newer, skipped []string
			for _, i := range got.Items {
				items = append(items, retestLine(i))
			}
			for _, n := range got.Newer {
				newer = append(newer, fmt.Sprintf("%s: %s after %s", n.Product.ID, n.Period.Display(), n.Listed.Cycle()))
			}
			for _, s := range got.Skipped {
				skipped = append(skipped, fmt.Sprintf("%s %d", s.Reason, s.Claims))
			}
			if !slices.Equal(items, test.want) {
				t.Errorf("to test again:\n%s\nwant\n%s", strings.Join(items, "\n"), strings.Join(test.want, "\n"))
			}
			if !slices.Equal(newer, test.newer) || strings.Join(skipped, ", ") != test.skipped {
				t.Errorf("newer %q, want %q; skipped %q, want %q", newer, test.newer, skipped, test.skipped)
			}
		})
	}
}

func retest(t *testing.T, q survey.RetestQuestion, within string) *survey.Aging {
	t.Helper()
	var err error
	if q.Within, err = survey.ParseWithin(within); err != nil {
		t.Fatal(err)
	}
	return survey.Retest(q)
}

func retestLine(i survey.RetestItem) string {
	ends := i.Period.Ends
	if ends == "" {
		ends = "-"
	}
	line := fmt.Sprintf("%s %s %s %s %s", i.Product.ID, i.Release.Version, i.Label, i.State, ends)
	if i.Suggestion != nil {
		line += "; " + i.Suggestion.Display()
	}
	return line
}

func TestRetestSummary(t *testing.T) {
	m := sample.Build(t, sample.Aging())
	q := survey.RetestQuestion{Products: m.Products(), Today: sample.DayOf(t, "2026-06-30")}
	for within, want := range map[string]string{
		"6m": "2 claims stand on versions past their vendor's end of life, and no claim stands on versions that will be by 2026-12-30. 2 newer series are maintained that no release lists yet.",
		"1y": "2 claims stand on versions past their vendor's end of life, and 5 claims stand on versions that will be by 2027-06-30. 2 newer series are maintained that no release lists yet.",
	} {
		if got := retest(t, q, within).Summary(); got != want {
			t.Errorf("%s: %s", within, got)
		}
	}
	q.Products, _ = m.Select("job")
	if got := retest(t, q, "6m").Summary(); got != "No claim stands on versions past their vendor's end of life, and no claim stands on versions that will be by 2026-12-30." {
		t.Error(got)
	}
}

func TestWithin(t *testing.T) {
	for text, want := range map[string]survey.Within{
		"30d": {Days: 30}, "0d": {}, "12w": {Days: 84}, "6m": {Months: 6}, "2y": {Years: 2}, "10y": {Years: 10}, "120m": {Months: 120}, "3660d": {Days: 3660},
	} {
		if got, err := survey.ParseWithin(text); got != want || err != nil {
			t.Errorf("%s is %v, %v", text, got, err)
		}
	}
	for _, text := range []string{"", "6", "m", "6M", "6 m", "-1d", "+1d", "1.5y", "11y", "121m", "531w", "3661d", "99999999999999999999d", "６m", "6mm", "1_0d"} {
		_, err := survey.ParseWithin(text)
		var e *fact.Error
		if !errors.As(err, &e) || e.Code != fact.CodeInvalid || e.Field != "within" || !strings.Contains(e.Hint, "30d, 12w, 6m, 2y") {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// FuzzWithin looks for a text that reaches back, or further than it may.
func FuzzWithin(f *testing.F) {
	for _, text := range []string{"30d", "12w", "6m", "2y", "10y", "", "0d", "99999d", "é"} {
		f.Add(text)
	}
	m := sample.Build(f, sample.Aging())
	today := sample.DayOf(f, "2024-02-29")
	f.Fuzz(func(t *testing.T, text string) {
		within, err := survey.ParseWithin(text)
		if err != nil {
			return
		}
		found := survey.Retest(survey.RetestQuestion{Products: m.Products(), Today: today, Within: within})
		if found.Until < today || found.Until > today.After(11, 0, 0) {
			t.Errorf("%q looks from %s to %s", text, today, found.Until)
		}
	})
}

// TestDays counts as a calendar does.
func TestDays(t *testing.T) {
	for _, test := range []struct {
		day                 string
		years, months, days int
		want                string
	}{
		{day: "2026-08-31", months: 6, want: "2027-02-28"}, {day: "2023-08-31", months: 6, want: "2024-02-29"}, {day: "2024-02-29", years: 1, want: "2025-02-28"},
		{day: "2026-11-21", months: 6, want: "2027-05-21"}, {day: "2026-12-31", days: 1, want: "2027-01-01"}, {day: "2026-06-30", months: 18, days: 2, want: "2028-01-01"},
	} {
		if got := sample.DayOf(t, test.day).After(test.years, test.months, test.days).String(); got != test.want {
			t.Errorf("%s and %d-%d-%d is %s, want %s", test.day, test.years, test.months, test.days, got, test.want)
		}
	}
}
