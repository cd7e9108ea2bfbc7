package portal

import (
	"encoding/xml"
	"net/http"
	"net/url"
	"slices"

	"github.com/testedon/testedon/api/question"
	"github.com/testedon/testedon/api/wire"
)

var typeXML = []string{"application/xml"}

// robots tells crawlers that they may read everything, and where all pages are listed.
func (s *Site) robots(c wire.Context) error {
	text := "User-agent: *\nAllow: /\n"
	if base := s.Base(c); base != "" {
		text += "\nSitemap: " + base + "/sitemap.xml\n"
	}
	return s.listed(c, wire.TypeText, func(*question.View) ([]byte, error) { return []byte(text), nil })
}

// sitemap lists the pages: https://www.sitemaps.org/protocol.html.
func (s *Site) sitemap(c wire.Context) error {
	return s.listed(c, typeXML, func(v *question.View) ([]byte, error) {
		text, err := xml.MarshalIndent(sitemapOf(v, s.Base(c)), "", " ")
		return append([]byte(xml.Header), text...), err
	})
}

// listed serves what is made of the catalogue and the address of the server, whatever
// the query is.
func (s *Site) listed(c wire.Context, media []string, text func(*question.View) ([]byte, error)) error {
	v, err := s.View(c)
	if err != nil {
		return err
	}
	if wire.FreshFor(c, s.pageTag(v, address{Input: wire.Input{Context: c}}), cachePage) {
		return nil
	}
	body, err := text(v)
	if err == nil {
		wire.Send(c, http.StatusOK, media, body)
	}
	return err
}

// sitemap is a list of pages as it is written.
type sitemap struct {
	XMLName xml.Name      `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
	Pages   []sitemapPage `xml:"url"`
}

type sitemapPage struct {
	Address string `xml:"loc"`
}

// maxSitemap is how many pages a sitemap may list.
const maxSitemap = 50_000

// sitemap lists the pages of the server at an address: the parts of the site, then each
// product, release and technology.
func sitemapOf(v *question.View, base string) sitemap {
	paths := slices.Clone(Sections)
	for _, p := range v.Products() {
		paths = append(paths, "/products/"+url.PathEscape(p.ID))
		for _, r := range p.Releases() {
			paths = append(paths, matrixPath(r))
		}
	}
	for _, t := range v.Technologies("", "") {
		paths = append(paths, "/technologies/"+url.PathEscape(t.ID))
	}
	paths = paths[:min(len(paths), maxSitemap)]
	return sitemap{Pages: wire.Each(paths, func(path string) sitemapPage { return sitemapPage{base + path} })}
}
