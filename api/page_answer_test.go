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

// TestPassingReleasesHaveRows: of several products, as many releases have rows with a yes as pass.
func TestPassingReleasesHaveRows(t *testing.T) {
	c := newSeeded(t).beyond()
	for _, query := range []string{"os=RHEL+9", "os=RHEL+9&product=mi&product=apim", "dbms=Oracle+19c", "jdk=Corretto+17&require=conditional"} {
		page := string(c.get("/find?"+query, "Accept", "text/html").body)
		passing, _, _ := strings.Cut(regexp.MustCompile(`[0-9]+ of [0-9]+ releases pass`).FindString(page), " ")
		folded := regexp.MustCompile(`(?s)<details><summary>[0-9]+ other release.*?</details>`)
		for _, list := range folded.FindAllString(page, -1) {
			if strings.Contains(list, `class="chip tested"`) || strings.Contains(list, `class="chip stale"`) {
				t.Errorf("%s: %s", query, list)
			}
		}
		rows := strings.Count(folded.ReplaceAllString(page, ""), `<th scope="row">`)
		if best := len(folded.FindAllString(page, -1)); passing == "" || rows < best {
			t.Errorf("%s: %s pass, %d rows, %d products", query, passing, rows, best)
		}
	}
}
