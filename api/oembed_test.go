package api_test

import (
	"encoding/json"
	"net/url"
	"strings"
	"testing"
)

// TestOEmbed describes the frame of an answer to whoever meets its link.
func TestOEmbed(t *testing.T) {
	c := newServer(t)
	for _, asked := range []struct {
		query  string
		status int
	}{
		{"url=" + url.QueryEscape(c.base+mainPage), 200},
		{"url=" + url.QueryEscape(c.base+mainPage) + "&format=json&maxwidth=300&maxheight=100", 200},
		{"url=" + url.QueryEscape(c.base+mainPage) + "&format=xml", 501},
		{"url=" + url.QueryEscape(c.base+mainPage) + "&maxwidth=x", 400},
		{"url=" + url.QueryEscape("https://example.com/x"), 404},
		{"url=" + url.QueryEscape(c.base+"/?product=nix&release=1&os=a"), 404},
		{"url=" + url.QueryEscape(c.base+mainPage+"&dbms="), 200},
		{"url=" + url.QueryEscape(c.base+"/embed/check"+mainPage[1:]+"&dbms="), 400},
		{"url=%25", 404},
		{"", 400},
	} {
		got := c.get("/oembed?" + asked.query)
		if got.status != asked.status {
			t.Errorf("%s: %d %s", asked.query, got.status, got.body)
		}
	}
	var o struct {
		Type, Version, HTML string
		Width, Height       int
	}
	if err := json.Unmarshal(c.get("/oembed?maxwidth=300&maxheight=99999&url="+url.QueryEscape(c.base+mainPage)).body, &o); err != nil || o.Type != "rich" || o.Version != "1.0" ||
		o.Width != 300 || o.Height != 320 || !strings.Contains(o.HTML, `<iframe src="`+c.base+"/embed/check?product=mi&amp;release=4.4.0&amp;os=RHEL+9") {
		t.Errorf("%v: %+v", err, o)
	}
}
