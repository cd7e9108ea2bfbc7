package page

import (
	"html"
	"strings"

	"github.com/yuin/goldmark/ast"
)

var (
	// tagName is what a tag begins with.
	tagName = compiled(`^<(/?)([A-Za-z][\w.]*)`)
	// tagSetting is an attribute of a tag or of a shortcode.
	tagSetting = compiled(`([\w:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|\{["']?([^"'{}]*)["']?\}|([^\s"'>]+))`)
	// lineTags are elements whose words stand in lines of their own.
	lineTags = map[string]bool{"br": true, "p": true, "li": true, "ul": true, "ol": true, "div": true, "tr": true, "td": true, "dt": true, "dd": true}
	// isIcon is the class of an element that shows a picture.
	isIcon = compiled(`(?:^|[\s-])(?:fa[bsrlw]?|icon|icons|glyphicon|bi|mdi|octicon|emoji)(?:[\s-]|$)`)
)

// settings gives the attributes of a tag or a shortcode.
func settings(tag string) map[string]string {
	all := map[string]string{}
	for _, m := range tagSetting().FindAllStringSubmatch(tag, 20) {
		all[strings.ToLower(m[1])] = html.UnescapeString(m[2] + m[3] + m[4] + m[5])
	}
	return all
}

// tag takes what a tag inside a paragraph can say.
func (b *wordBuilder) tag(n *ast.RawHTML) {
	first := n.Segments.At(0)
	raw := string(n.Segments.Value(b.src))
	m := tagName().FindStringSubmatch(raw)
	switch {
	case m == nil:
	case isName(raw):
		b.add(raw, first.Start)
	case strings.EqualFold(m[2], "del"), strings.EqualFold(m[2], "s"), strings.EqualFold(m[2], "strike"):
		b.add("~~", first.Start)
	case lineTags[strings.ToLower(m[2])]:
		b.breakLine()
	case m[1] == "/":
		b.end(strings.ToLower(m[2]))
	default:
		b.opened(m[2], raw, first.Start)
	}
}

// opened takes a tag that begins a superscript, a link or a picture.
func (b *wordBuilder) opened(name, raw string, at int) {
	set := settings(raw)
	switch strings.ToLower(name) {
	case "sup", "sub":
		b.hold("sup", "", at)
	case noteTag:
		b.refer(ref{label: set["label"], text: set["text"]}, at)
	case "a":
		b.link(set["href"], at)
	case "img":
		b.picture(picture{alt: set["alt"], title: set["title"], file: set["src"], class: set["class"], at: at})
	default:
		class := set["class"]
		if icon := isIcon().MatchString(class); icon || name[0] < 'a' && strings.HasSuffix(raw, "/>") {
			if !icon {
				class = name + " " + raw[len(name)+1:]
			}
			if p := (picture{alt: set["aria-label"], title: set["title"], class: class, at: at}); icon || p.sign() != "" {
				b.picture(p)
			}
		}
	}
	if id := set["id"] + set["name"]; id != "" {
		b.refer(ref{label: "#" + id}, at)
	}
}

// isName reports whether what looks like a tag stands for something the reader is to fill in: <PRODUCT_HOME>.
func isName(tag string) bool {
	return strings.ContainsAny(tag, "_") && !strings.ContainsAny(tag, "= \"")
}
