package cli_test

import (
	"cmp"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/testedon/testedon/api"
	"github.com/testedon/testedon/api/answers"
)

// kinds are the kinds of components that the categories of facts are.
var kinds = map[string]string{
	"os": "os", "jdk": "jdk", "dbms": "dbms", "browser": "browser", "ldap": "directory", "arch": "arch",
	"wso2-product": "product", "kubernetes": "kubernetes",
}

// supports is the verdict that a status gives.
var supports = map[string]string{
	"tested": "tested", "supported": "compatible", "required": "compatible", "compatible": "compatible",
	"recommended": "compatible", "not_recommended": "not_listed",
}

// stated is what the catalogue calls the status of a row.
func (r row) stated() string {
	if r.status == "listed-as-required-application" {
		return "required"
	}
	return strings.ReplaceAll(r.status, "-", "_")
}

// item is what to ask for a row, the label it stands under and what has to be
// true besides. Some labels of the facts are printed on no page, and some can be
// asked for only in other words.
func (r row) item() (text, label, when string) {
	switch {
	case r.category == "arch" && r.version != "": // "Ubuntu 24.04 | ARM64": the OS is the condition
		return r.version, r.version, r.technology
	case r.category == "os" && processors[r.version]: // "macOS | M1": no version of it
		return r.technology, r.printed(), ""
	case r.technology == "Rancher Enterprise / Cluster Version": // "1.32.3 (RKE2)": of the clusters it makes
		number, name, _ := strings.Cut(strings.TrimSuffix(r.version, ")"), " (")
		return name + " " + number, "Rancher Enterprise " + r.version, ""
	case r.category == "kubernetes":
		name, _, _ := strings.Cut(r.technology, " / ")
		return name + " " + r.version, name + " " + r.version, ""
	case r.technology == "WSO2 IS (as Key Manager)": // printed in a column "WSO2 IS-KM"
		version, _, _ := strings.Cut(strings.TrimPrefix(r.version, "KM-"), " (Tenancy")
		return r.technology + " " + version, "WSO2 IS-KM " + version, ""
	}
	return cmp.Or(inOtherWords[r.printed()], r.printed()), r.printed(), ""
}

// restricted reports whether a row tells, in place of a version, what does not
// work with it: "7.0.0 (Tenancy is not compatible)".
func (r row) restricted() bool { return strings.HasSuffix(r.version, " is not compatible)") }

// processors are printed in place of a version of macOS.
var processors = map[string]bool{"x86_64": true, "M1": true}

// inOtherWords are items that name no single technology, and one of those they
// mean.
var inOtherWords = map[string]string{"Any": "Linux", "Windows": "Windows 11"}

// lists asks for one component and finds the row among what is listed.
func (s *service) lists(r row) (string, error) {
	text, _, when := r.item()
	asked := []string{kinds[r.category], text}
	if when != "" {
		asked = append(asked, "os", strings.Replace(when, "Windows", "Windows 11 25H2", 1)) // a condition that is met
	}
	answer, err := s.check(r, asked...)
	if err != nil {
		return "", err
	}
	at := slices.IndexFunc(answer.Components, func(c answers.Component) bool { return c.Kind == asked[0] })
	if at < 0 {
		return "", fmt.Errorf("%q is assumed", text)
	}
	c := answer.Components[at]
	i := slices.IndexFunc(c.Listed, func(l answers.Listing) bool { return s.isOf(l, r) })
	switch {
	case i < 0:
		return "", fmt.Errorf("%q is %s, and not listed so: %s", text, c.Verdict, c.Why)
	case r.restricted() && !slices.ContainsFunc(c.Advisories, func(a answers.Advisory) bool { return strings.Contains(a.Source.Quote, r.version) }):
		return "", fmt.Errorf("%q has no advisory that says %q", text, r.version)
	case i > 0:
		return "beside what decides", decided(c, i, when)
	}
	return "deciding", decided(c, i, when)
}

// isOf reports whether a statement is that of a row. Of what is said of
// processors, one sentence says all.
func (s *service) isOf(l answers.Listing, r row) bool {
	_, label, when := r.item()
	named := l.Label == label || r.category == "arch" && strings.Contains(l.Source.Quote, label)
	return named && l.Status == r.stated() && strings.Contains(l.When, when) && s.from(r, l.Source)
}

// decided tells what is wrong with a verdict: it is what the first statement
// supports, and that is no weaker than the i-th.
func decided(c answers.Component, i int, met string) error {
	first := c.Listed[0]
	want := verdict(first)
	if met != "" {
		want = supports[first.Status]
	}
	switch {
	case c.Verdict != want:
		return fmt.Errorf("%q is %s, want %s: %s", c.Asked, c.Verdict, want, c.Why)
	case c.Provisional != (first.Source.Authority == "fork"):
		return fmt.Errorf("%q is provisional: %t, on a source that is %s", c.Asked, c.Provisional, first.Source.Authority)
	case weaker(first, c.Listed[i]):
		return fmt.Errorf("%q is decided by %q of %s, which is weaker", c.Asked, first.Label, first.Source.ID)
	}
	return nil
}

// verdict is the one that a statement supports by itself.
func verdict(l answers.Listing) string {
	if v := supports[l.Status]; l.When == "" || v == "not_listed" {
		return v
	}
	return "conditional"
}

// authorities and verdicts are told the strongest first.
var (
	authorities = []string{"official", "site", "unconfirmed", "fork"}
	verdicts    = []string{"tested", "compatible", "conditional", "not_listed"}
)

// weaker reports whether a statement must not decide before another one.
func weaker(l, than answers.Listing) bool {
	return cmp.Or(
		cmp.Compare(slices.Index(authorities, l.Source.Authority), slices.Index(authorities, than.Source.Authority)),
		cmp.Compare(slices.Index(verdicts, verdict(l)), slices.Index(verdicts, verdict(than))),
	) > 0
}

// excludes asks for an operating system with a JDK that does not work on it.
func (s *service) excludes(r row) (string, error) {
	answer, err := s.check(r, "os", r.technology, "jdk", r.version)
	switch {
	case err != nil:
		return "", err
	case answer.Verdict != "incompatible":
		return "", fmt.Errorf("the environment is %s: %s", answer.Verdict, answer.Summary)
	}
	for _, a := range answer.Advisories {
		quote := strings.ReplaceAll(a.Source.Quote, " | ", " ") // "Ubuntu | 14.04 | JDK1.8.0_151 JDK1.8.0_152"
		if a.Incompatible && strings.HasPrefix(quote, r.technology+" ") && slices.Contains(strings.Fields(quote), r.version) && s.from(r, a.Source) {
			return "incompatible pair", nil
		}
	}
	return "", errors.New("it is incompatible, but no advisory says so")
}

// cautions asks for a component that something else does not work on.
func (s *service) cautions(r row) (string, error) {
	answer, err := s.check(r, "arch", r.version)
	if err != nil {
		return "", err
	}
	for _, a := range answer.Advisories {
		if strings.Contains(a.Source.Quote, r.technology) && strings.Contains(a.Source.Quote, r.version) && s.from(r, a.Source) {
			return "advisory", nil
		}
	}
	return "", fmt.Errorf("no advisory warns of it: %s", answer.Summary)
}

// resources are those that the facts name.
var resources = map[string]string{
	"CPU": "cores", "Cores": "cores", "Memory": "memory", "Heap": "heap",
	"Disk": "disk", "Disk space": "disk", "Disk Space": "disk",
}

// levels are those that the facts call so: they tell no more apart.
var levels = map[string][]string{"minimum": {"minimum", "required", "sufficient"}, "recommended": {"recommended"}}

// requires asks what a release needs.
func (s *service) requires(r row) (string, error) {
	deployment, resource, told := strings.Cut(r.technology, " / ")
	if !told {
		deployment, resource = "", r.technology
	}
	var answer api.Requirements
	path := "/v1/products/" + url.PathEscape(r.product) + "/releases/" + url.PathEscape(r.release) + "/requirements"
	if err := s.ask(path, nil, &answer); err != nil {
		return "", err
	}
	for _, q := range answer.Items {
		name := answer.Deployments[slices.IndexFunc(answer.Deployments, func(d answers.Deployment) bool { return d.ID == q.Deployment })].Name
		if (!told || strings.HasPrefix(strings.ToLower(deployment), strings.ToLower(name))) && q.Resource == resources[resource] &&
			slices.Contains(levels[r.status], q.Level) && strings.Contains(q.Printed, r.version) && s.from(r, q.Source) {
			return "requirement", nil
		}
	}
	return "", fmt.Errorf("it is not among what is needed: %s", answer.Summary)
}
