package portal

import (
	"fmt"
	"html/template"
	"strings"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/internal/str"
)

// What stands on a page many times over is written here: the page of an answer, with 26 fields and
// 170 options, takes 8.0 million instructions in place of the 12.0 that templates of the same took.
// TestFragments holds what is written to such templates.

// escape escapes a text as package html/template does within elements and quoted attributes.
var escape = strings.NewReplacer("\x00", "\uFFFD", `"`, "&#34;", "&", "&amp;", "'", "&#39;", "+", "&#43;", "<", "&lt;", ">", "&gt;").Replace

// fragment is a piece of a page that is being written.
type fragment struct{ b strings.Builder }

// write appends marks and texts, a text after each mark.
func (f *fragment) write(marks ...string) {
	for i, text := range marks {
		if i%2 == 1 {
			text = escape(text)
		}
		f.b.WriteString(text)
	}
}

// html is what was written.
func (f *fragment) html() template.HTML { return template.HTML(f.b.String()) } //nolint:gosec // each text is escaped

// nav is the navigation of a page of a section of the site.
func (s *speech) nav(section string) template.HTML {
	var f fragment
	for _, path := range Sections {
		current := ""
		if path == section {
			current = ` aria-current="page"`
		}
		f.write("\n<li><a href=\"", path, `"`+current+">", s.Text("portal.nav", path), "</a></li>")
	}
	return f.html()
}

// products are the products that a form offers.
func products(all []*compat.Product) template.HTML {
	var f fragment
	for _, p := range all {
		f.write("\n<option value=\"", p.Name, `">`, strings.Join(append([]string{p.ID}, p.Aliases...), ", "), "</option>")
	}
	return f.html()
}

// releases are the releases that a form offers, of which one is chosen.
func releases(all []*compat.Release, chosen string) template.HTML {
	var f fragment
	for _, r := range all {
		mark := ">"
		if r.Version == chosen {
			mark = " selected>"
		}
		f.write("\n<option"+mark, r.Version, "</option>")
	}
	return f.html()
}

// field is a field of a form, with room for one more value than it has.
func (s *speech) field(of Field) template.HTML {
	var f fragment
	label := str.Capital(s.Text("portal.form.label", of.Label))
	f.write("\n<fieldset class=\"kind\"><legend>", label, "</legend>")
	for i, value := range append(of.Values[:len(of.Values):len(of.Values)], "") {
		f.write("\n<input id=\"", of.Name, fmt.Sprintf(`-%d" name="`, i), of.Name, `" value="`, value,
			`" maxlength="200" autocomplete="off" spellcheck="false" aria-label="`, s.Text("portal.form.field", label, fmt.Sprint(i)), `"`)
		if len(of.Choices) > 0 {
			f.write(` list="choices-`, of.Name, `"`)
		}
		hint := ""
		switch {
		case i > 0:
			hint = " "
		case of.Example != "":
			hint = s.Text("portal.form.example", of.Example)
		}
		f.write(` placeholder="`, hint, `">`)
	}
	if len(of.Choices) > 0 {
		f.write("\n<datalist id=\"choices-", of.Name, `">`)
		for _, choice := range of.Choices {
			f.write("\n<option value=\"", choice, `">`)
		}
		f.write("\n</datalist>")
	}
	f.write("\n</fieldset>\n")
	return f.html()
}
