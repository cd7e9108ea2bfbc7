package portal

import (
	"bytes"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"github.com/testedon/testedon/api/question"
	"github.com/testedon/testedon/api/wire"
)

// present is the address of a request, which asks about the present.
func present(c wire.Context) string {
	rest, _ := question.CutMoment(c.Request().URL.RawQuery)
	return strings.TrimSuffix(c.Request().URL.EscapedPath()+"?"+rest, "?")
}

// unset takes the parameters of a moment that a form leaves empty out of a request.
func unset(c wire.Context) {
	target := c.Request().URL
	rest, moment := question.CutMoment(target.RawQuery)
	for pair := range strings.SplitSeq(moment, "&") {
		if _, value, _ := strings.Cut(pair, "="); strings.TrimSpace(unescaped(value)) != "" {
			rest += "&" + pair
		}
	}
	target.RawQuery = strings.TrimPrefix(rest, "&")
}

// inMoment is a page whose links to this server, and whose forms, ask about the moment that
// the page itself is about, so that no template has to. The query is that of
// [question.Moment.Query]. What has a moment of its own keeps it, and what is marked with
// data-now asks about the present.
func inMoment(page []byte, query string) []byte {
	if query == "" {
		return page
	}
	var out bytes.Buffer
	var own []html.Attribute // of the fields of a form
	asks := false            // it is one whose fields become the query
	z := html.NewTokenizer(bytes.NewReader(page))
	for kind := z.Next(); kind != html.ErrorToken; kind = z.Next() {
		raw := slices.Clone(z.Raw())
		tag := z.Token()
		switch {
		case kind == html.EndTagToken && tag.Data == "form" && asks:
			for pair := range strings.SplitSeq(query[1:], "&") {
				if name, value, _ := strings.Cut(pair, "="); !slices.Contains(own, html.Attribute{Key: "name", Val: name}) {
					out.WriteString(`<input type="hidden" name="` + name + `" value="` + value + `">`)
				}
			}
		case kind != html.StartTagToken && kind != html.SelfClosingTagToken:
		case tag.Data == "input":
			own = append(own, tag.Attr...)
		case tag.Data == "form":
			if own, asks = nil, slices.Contains(tag.Attr, html.Attribute{Key: "method", Val: "get"}); !asks {
				raw = led(raw, tag, "action", query)
			}
		case tag.Data != "script":
			raw = led(led(raw, tag, "href", query), tag, "src", query)
		}
		out.Write(raw)
	}
	return out.Bytes()
}

// led is a tag one of whose attributes leads to a moment, where it is an address of what
// this server says at some time. The files of pages and the contract are of none.
func led(raw []byte, tag html.Token, name, query string) []byte {
	at := slices.IndexFunc(tag.Attr, func(a html.Attribute) bool { return a.Key == name })
	if at < 0 || slices.Contains(tag.Attr, html.Attribute{Key: "data-now"}) {
		return raw
	}
	path, asked, _ := strings.Cut(tag.Attr[at].Val, "?")
	_, own := question.CutMoment(asked)
	if own != "" || !strings.HasPrefix(path, "/") || strings.HasPrefix(path, "//") || strings.HasPrefix(path, "/assets/") || strings.HasPrefix(path, "/docs") {
		return raw
	}
	tag.Attr[at].Val = path + "?" + strings.TrimPrefix(asked+query, "&")
	return []byte(tag.String())
}
