package api

import (
	"crypto/sha256"
	"encoding/xml"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"

	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/compat/survey"
	"github.com/testedon/testedon/internal/str"
	"github.com/testedon/testedon/message"
)

const mediaAtom = "application/atom+xml"

// feed is a feed as it is written, see https://www.rfc-editor.org/rfc/rfc4287.
type feed struct {
	XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	ID      string      `xml:"id"`
	Title   string      `xml:"title"`
	Updated string      `xml:"updated"`
	Author  string      `xml:"author>name"`
	Links   []feedLink  `xml:"link"`
	Entries []feedEntry `xml:"entry"`
}

type feedEntry struct {
	ID       string       `xml:"id"`
	Title    string       `xml:"title"`
	Updated  string       `xml:"updated"`
	Links    []feedLink   `xml:"link"`
	Category feedCategory `xml:"category"`
	Content  string       `xml:"content"`
}

type feedLink struct {
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr,omitempty"`
	Href string `xml:"href,attr"`
}

type feedCategory struct {
	Term string `xml:"term,attr"`
}

// feedOf makes a feed of a page of changes in a language, for a server at an address. It changed last on the
// day of its newest; one without any never did.
func feedOf(l *message.Language, changes []*survey.Change, in wire.Input, base, next string) feed {
	asked := in.Without("format", "limit", "cursor", "sort")
	f := feed{ID: urn("feed?" + asked.Encode()), Author: "TestedOn", Updated: midnight(0), Links: []feedLink{
		{"self", mediaAtom, base + in.Here()}, {"alternate", "text/html", changesAt(base, asked)},
	}}
	title := []string{l.Text("changes.feed")}
	for _, name := range slices.Sorted(maps.Keys(asked)) {
		title = append(title, name+" "+l.List(asked[name]...))
	}
	f.Title = l.List(title...)
	if next != "" {
		f.Links = append(f.Links, feedLink{"next", mediaAtom, base + next})
	}
	for _, c := range changes {
		f.Updated = max(f.Updated, midnight(c.Day))
		f.Entries = append(f.Entries, entryOf(c, base))
	}
	return f
}

// entryOf leads to the vendor's change, where that has an address, and to the page that tells
// of it.
func entryOf(c *survey.Change, base string) feedEntry {
	here := feedLink{"alternate", "text/html", changesAt(base, url.Values{"source": {c.By.ID}, "since": {c.Day.String()}, "until": {c.Day.String()}})}
	e := feedEntry{ID: urn(c.ID), Title: c.Summary(), Updated: midnight(c.Day), Category: feedCategory{string(c.Effect)}, Links: []feedLink{here}}
	if address := c.Address(); address != "" {
		e.Links[0].Rel = "related"
		e.Links = append(e.Links, feedLink{Rel: "alternate", Href: address})
	}
	e.Content = strings.Join(slices.Concat(statements("−", c.Before), statements("+", c.After), []string{c.By.Title}), "\n")
	return e
}

// statements are some as lines.
func statements(sign string, all []*compat.Listing) []string {
	return wire.Each(all, func(l *compat.Listing) string {
		return sign + " " + l.Label + str.Remarks(l.Tech.Words().Text("word", string(l.Status)), l.When, l.Citation.Section)
	})
}

// changesAt is the address of the page of some changes.
func changesAt(base string, asked url.Values) string {
	if len(asked) == 0 {
		return base + "/changes"
	}
	return base + "/changes?" + asked.Encode()
}

// urn names something for good, whichever server tells of it: a UUID of version 8 (RFC 9562).
func urn(name string) string {
	sum := sha256.Sum256([]byte("testedon\x00" + name))
	sum[6], sum[8] = sum[6]&0x0f|0x80, sum[8]&0x3f|0x80
	return fmt.Sprintf("urn:uuid:%x-%x-%x-%x-%x", sum[:4], sum[4:6], sum[6:8], sum[8:10], sum[10:16])
}

// midnight is when a day begins, as feeds write it.
func midnight(day fact.Day) string { return midnightOf(day.String()) }

// appendFeed appends a feed. What XML cannot hold is replaced.
func appendFeed(dst []byte, f feed) []byte {
	text, _ := xml.MarshalIndent(f, "", " ") // texts and lists of them can be written always
	return append(append(append(dst, xml.Header...), text...), '\n')
}
