package page

import (
	"cmp"
	"html"
	"strings"
)

// macro is a way to write something inside a paragraph that is none of Markdown's.
type macro struct {
	sign  string // what every use of it has
	as    expression
	means any // what to write in place of it: a template, or a function of the groups
}

// macros are those of AsciiDoc, reStructuredText, MyST, Hugo, Liquid, MkDocs and MDX.
var macros = []macro{
	{"`", compiled("(?::(?:octicon|icon|fa[bsrl]?|material-[\\w-]+):|\\{(?:octicon|icon|fa[bsrl]?|material-[\\w-]+)\\})`([^`;]+)[^`]*`"), "![$1](icon)"},
	{"`", compiled("(?:\\\\ )?(?::sup:|\\{sup\\})`([^`]+)`"), "<sup>$1</sup>"},
	{"\\ ", compiled(`\\ `), ""},
	{"`", compiled("(?:(?::[\\w-]+)+:|\\{[\\w:-]+\\})`([^`<]+?)(?:\\s*<[^>`]*>)?`"), "$1"},
	{"`_", compiled("`([^`<]+?)(?:\\s*<[^>`]*>)?`__?"), "$1"},
	{"](", compiled(`\]\([^()]*\{[{%][^()]*\)`), "](x)"},
	{"[^", compiled(`\[\^([^\]\s]+)\](:?)`), `<pagenote label="^$1">$2`},
	{"]_", compiled(`\s?\[#?([\w*†-]*)\]_`), func(m []string) string {
		return `<pagenote label="` + cmp.Or(m[1], autoLabel) + `">`
	}},
	{"footnote", compiled(`footnote(?:ref)?:([\w-]*)\[([^\]]*)\]`), func(m []string) string {
		return `<pagenote label="` + m[1] + `" text="` + html.EscapeString(m[2]) + `">`
	}},
	{":", compiled(`(?:image|icon)::?([^\s\[\]:][^\s\[\]]*)(?:\[(?:alt=)?"?([^\],="]*)(?:[",][^\]]*)?\]|\[[^\]]*\])`), "![$2](<$1>)"},
	{":", compiled(`(?:\b(?:link|xref|mailto|pass|kbd|btn):|\bhttps?://)[^\s\[\]<>|()]*\[([^\],]+?)\^?(?:,[^\]]*)?\]`), "$1"},
	{"<<", compiled(`<<#?([^<>,\s]+)(?:,\s*([^<>]*))?>>`), `<a href="#$1">$2</a>`},
	{"[[", compiled(`^\s*\[\[([\w.:-]+)\]\]`), `<a id="$1">`},
	{"]#", compiled(`\[[.\w\s#-]*\]#([^#]+)#`), "$1"},
	{"^", compiled(`\^([^\s^\[\]]{1,20})\^`), "<sup>$1</sup>"},
	{"[", compiled(`\s?\[(\d{1,2}|\*{1,3})\]([^(\[:\w]|$)`), `<pagenote label="$1">$2`},
	{"[", compiled(`^\[[xX]\](\s|$)`), yesSign + "$1"},
	{"[ ]", compiled(`^\[ \]`), unknownSign},
	{"{{", compiled(`\{\{[<%]?\s*([\w/-]+)([^{}]*?)\s*[%>]?\}\}`), func(m []string) string {
		if said := quoted().FindStringSubmatch(m[2]); said != nil && strings.Contains("badge label pill tag status", m[1]) {
			return cmp.Or(signOf(said[1], false), said[1])
		}
		return cmp.Or(settings(m[2])["text"], signOf(m[1]+" "+m[2], false), m[0])
	}},
	{"{/*", compiled(`\{/\*.*?\*/\}`), ""},
	{"{", compiled(`\{:?\s*[.#][\w-][^{}]*\}`), ""},
	{":", compiled(`(^|[\s(\[|>/*,])(:[\w+-]+:)`), func(m []string) string {
		if m[2] == ":+1:" {
			return m[1] + yesSign
		}
		return m[1] + cmp.Or(signOf(m[2], false), m[2])
	}},
}

// quoted is the text that a shortcode shows.
var quoted = compiled(`"([^"=]+)"\s*$`)

// plainer writes what macros say as Markdown does.
func plainer(lines []line) []line {
	whole := lines
	for i, l := range lines {
		t := l.text
		if !strings.ContainsAny(t, "`[:^{<\\") {
			continue
		}
		for _, m := range macros {
			if strings.Contains(t, m.sign) {
				t = replaceAll(m.as(), t, m.means)
			}
		}
		if t != l.text {
			if &whole[0] == &lines[0] {
				whole = append([]line(nil), lines...)
			}
			whole[i].text = t
		}
	}
	return whole
}

// replaceAll replaces what an expression finds by a template or by what a function makes of its groups.
func replaceAll(find *matcher, t string, means any) string {
	template, ok := means.(string)
	if ok {
		return find.ReplaceAllString(t, template)
	}
	var b strings.Builder
	end := 0
	for _, at := range find.FindAllStringSubmatchIndex(t, -1) {
		groups := make([]string, len(at)/2)
		for i := range groups {
			if at[2*i] >= 0 {
				groups[i] = t[at[2*i]:at[2*i+1]]
			}
		}
		b.WriteString(t[end:at[0]])
		b.WriteString(means.(func([]string) string)(groups))
		end = at[1]
	}
	return b.String() + t[end:]
}
