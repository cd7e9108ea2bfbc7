package api_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/testedon/testedon/api"
	"github.com/testedon/testedon/api/answers"
)

func advisoryIDs(all []answers.Advisory) []string {
	ids := []string{}
	for _, a := range all {
		ids = append(ids, a.ID)
	}
	return ids
}

func TestAdvisories(t *testing.T) {
	c := newServer(t)
	for path, want := range map[string][]string{
		"ei/releases/6.3.0/advisories":                    {"everyone", "of-carbon", "of-profile", "of-release"},
		"ei/releases/6.3.0/advisories?profile=MI+profile": {"everyone", "of-carbon", "of-profile", "of-release"},
		"mi/releases/4.4.0/advisories":                    {"everyone", "for-mi"},
		"mi/releases/4.3.0/advisories":                    {"for-mi"},
		"odd/releases/1%20%26%202/advisories":             {"on-odd"},
	} {
		got := ok[api.Advisories](t, c.get("/v1/products/"+path))
		if ids := advisoryIDs(got.Items); !slices.Equal(ids, want) || got.Catalogue.Revision != 1 || got.Product == "" {
			t.Errorf("%s: %q", path, ids)
		}
		for _, a := range got.Items {
			if !strings.Contains(got.Summary, a.Title) {
				t.Errorf("%s: %s is not in %s", path, a.ID, got.Summary)
			}
		}
	}
}

// TestNoAdvisories: the documents say nothing, and the answer says so.
func TestNoAdvisories(t *testing.T) {
	facts := &catalogue{}
	ds := dataset(1)
	ds.Advisories = nil
	facts.matrix.Store(build(t, ds))
	got := ok[api.Advisories](t, serve(t, api.Options{Catalogue: facts}).get(ei+"advisories?profile=micro-integrator"))
	if got.Items == nil || len(got.Items) != 0 || got.Summary != "The documents say nothing about known issues of WSO2 Enterprise Integrator 6.3.0 (micro-integrator)." {
		t.Errorf("%+v", got)
	}
}

// TestAdvisory looks at every field of an advisory.
func TestAdvisory(t *testing.T) {
	got := ok[api.Advisories](t, newServer(t).get(ei+"advisories"))
	carbon := got.Items[1]
	if carbon.Severity != "warning" || carbon.Text != "GZIP fails." || carbon.Workaround != "Turn it off." || carbon.Inherited != "carbon" || carbon.Profile != "" {
		t.Errorf("%+v", carbon)
	}
	if !slices.Equal(carbon.Settings, []answers.Setting{{File: "catalina-server.xml", Name: "compression", Value: "false"}}) ||
		!slices.Equal(carbon.Applies, []answers.Target{{Technology: "temurin", Version: "8"}}) {
		t.Errorf("%+v", carbon)
	}
	if profile := got.Items[2]; profile.Profile != "micro-integrator" || profile.Inherited != "" || profile.Settings == nil {
		t.Errorf("%+v", profile)
	}
	if matrix := ok[api.ReleaseMatrix](t, newServer(t).get("/v1/products/ei/releases/6.3.0")); len(matrix.Advisories) != 4 || matrix.Advisories[1].Inherited != "carbon" {
		t.Errorf("of the release: %+v", matrix.Advisories)
	}
}

// TestAdvisoriesOfAnswers: those that touch an asked component come with the
// answer, whatever they are about.
func TestAdvisoriesOfAnswers(t *testing.T) {
	c := newServer(t)
	for query, want := range map[string][]string{
		"product=ei&release=6.3.0&jdk=Temurin+8":          {"of-carbon"},
		"product=ei&release=6.3.0&jdk=Temurin+1.8.0_151":  {"of-carbon"},
		"product=ei&release=6.3.0&jdk=Temurin+11":         {},
		"product=mi&release=4.4.0&jdk=Temurin+8":          {},
		"product=ei&release=6.3.0&dbms=Postgres+17.2":     {"everyone", "of-profile"},
		"product=ei&release=6.3.0&os=AlmaLinux+9":         {"of-release"},
		"product=odd&release=1+%26+2&os=AlmaLinux+9.5":    {"on-odd"},
		"product=mi&release=4.3.0&jdk=Corretto+21.0.5":    {"for-mi"},
		"product=ei&release=6.3.0&memory=4GB&os=Alma+Lin": {},
	} {
		answer := ok[answers.Answer](t, c.get("/v1/check?"+query))
		if ids := advisoryIDs(answer.Advisories); !slices.Equal(ids, want) {
			t.Errorf("%s: %q", query, ids)
		}
	}
	touched := ok[answers.Answer](t, c.get("/v1/check?product=ei&release=6.3.0&jdk=Temurin+8")).Advisories[0]
	if touched.Inherited != "carbon" || len(touched.Settings) != 1 || touched.Applies[0].Version != "8" {
		t.Errorf("%+v", touched)
	}
}
