package api_test

import (
	"html"
	"regexp"
	"strings"
	"testing"
)

// TestOtherReleases: the other releases that an answer names pass, are of its product, and are
// there where the environment passes for one.
func TestOtherReleases(t *testing.T) {
	c := newSeeded(t).beyond()
	link := regexp.MustCompile(`<a href="/(\?[^"]*)">[^<]*</a>`)
	followed := 0
	for _, environment := range []string{
		"product=mi&release=4.4.0&os=RHEL+9&jdk=Corretto+21&dbms=Postgres+16", "product=mi&release=4.4.0&dbms=Postgres+16", "product=mi&release=4.3.0&os=RHEL+9",
		"product=apim&release=4.4.0&os=RHEL+9", "product=apim&release=4.6.0&os=RHEL+9&dbms=Oracle+19c", "product=is&release=7.0.0&dbms=SQL+Server+2019",
		"product=is&release=7.0.0&dbms=SQL+Server+2019&memory=1MB", "product=mi&release=4.3.0&os=RHEL+9&foo=5",
	} {
		page := string(c.get("/?"+environment, "Accept", "text/html").body)
		_, after, there := strings.Cut(page, "Other releases that pass: ")
		line, _, _ := strings.Cut(after, "</p>")
		if strings.Contains(environment, "memory") || strings.Contains(environment, "foo") {
			if there {
				t.Errorf("%s: %s", environment, line)
			}
			continue
		}
		product, _, _ := strings.Cut(environment, "&")
		for _, found := range link.FindAllStringSubmatch(line, -1) {
			query := html.UnescapeString(found[1])
			followed++
			if got := c.get("/"+query, "Accept", "text/html"); !strings.HasSuffix(got.header.Get("X-TestedOn-Verdict"), "; pass") || !strings.HasPrefix(query, "?"+product+"&") {
				t.Errorf("%s leads to %s: %s", environment, query, got.header.Get("X-TestedOn-Verdict"))
			}
		}
		product = strings.TrimPrefix(product, "product=")
		_, asked, _ := strings.Cut(strings.TrimPrefix(environment, "product="+product+"&release="), "&")
		if finding := string(c.get("/v1/find?product=" + product + "&" + asked).body); there == strings.Contains(finding, `"passing":0`) {
			t.Errorf("%s: other releases are named: %t; %.200s", environment, there, finding)
		}
	}
	if followed == 0 {
		t.Error("no answer names another release")
	}
}
