package page

import "strings"

// Lines that name a technology and a number are told, whatever became of them.
const nothingMade = "nothing was made of it: state it by hand, if it states anything"

// tellRest reports the lines that name a technology and a number, and from which nothing
// was made: no statement and nothing that is reported already. Examples of code are none.
func (r *reader) tellRest() {
	seen := r.heads
	sections := map[string]bool{r.page.Title: true}
	for i := range r.page.Statements {
		seen[r.page.Statements[i].Line], sections[r.page.Statements[i].Section] = true, true
	}
	for i := range r.page.Unread {
		seen[r.page.Unread[i].Line], sections[r.page.Unread[i].Section] = true, true
	}
	for _, remark := range r.page.Remarks {
		seen[remark.Line] = true
	}
	fence, section := "", ""
	unseen := false // within what no browser shows
	for _, l := range r.lines {
		text := strings.TrimSpace(l.text)
		if at := notSeen().FindAllString(text, -1); unseen || at != nil {
			unseen = at == nil || at[len(at)-1][1] != '/' && !strings.HasSuffix(at[len(at)-1], "hidden")
			continue
		}
		switch mark := fenceOf(text); {
		case mark != "" && (fence == "" || fence == mark):
			fence = strings.TrimPrefix(mark, fence)
			continue
		case fence != "" || text == "":
			continue
		}
		if title := strings.Trim(seenOf(text), "#= "); sections[title] {
			section = title
			continue
		}
		switch {
		case seen[l.no] || !r.names.mayBeStated(text):
		case pointer().MatchString(text):
			r.page.Remarks = append(r.page.Remarks, Remark{seenOf(text), l.no})
		default:
			r.unread(seenOf(text), l.no, scope{section: section}, nothingMade)
		}
	}
}

// setAside keeps the lines of a row in which remarks alone name anything: they state nothing.
func (t *tableReader) setAside(cells []*cell) {
	for i, c := range cells {
		if t.column(i).role != noteRole && t.names.mayBeStated(oneLine(c.words().text)) {
			return
		}
	}
	for i, c := range cells {
		if t.column(i).role == noteRole {
			each(c.subs, func(w words) {
				if k := len(t.page.Remarks); w.text != "" && (k == 0 || t.page.Remarks[k-1].Line != w.line(0)) {
					t.page.Remarks = append(t.page.Remarks, Remark{rowQuote(cells), w.line(0)})
				}
			})
		}
	}
}

// fenceOf gives the mark of a line that opens or closes an example of code.
func fenceOf(text string) string {
	if len(text) > 2 && (text[:3] == "```" || text[:3] == "~~~") && !strings.Contains(text[3:], text[:3]) {
		return text[:3]
	}
	return ""
}

var (
	// notShown are the parts of a line that a browser would not show: addresses, and tags.
	notShown = compiled(`\]\([^()\s]*(?:\s+"[^"]*")?\)|(?:https?|ftp)://[^\s\[\]<>"')]+|<[^<>]*>`)
	// notShownFirst are those at its beginning.
	notShownFirst = compiled(`^(?:[\s#=*-]*\d+[.)]\s|\s*\[[^\]]*\]:\s.*|\s*(?:link|image|include|xref):+\S*)`)
)

// pointer is a line that says where something is from, or where to read more.
var pointer = compiled(`(?i)^\W*(?:<\w+>)?(?:sources?|see(?: also)?|references?|related):`)

// notSeen are the tags of what no browser shows.
var notSeen = compiled(`(?i)</?(?:script|style|template)\b|<\w+[^<>]*\shidden`)

// seenOf gives what a browser would show of a line.
func seenOf(text string) string {
	return strings.Join(strings.Fields(notShown().ReplaceAllString(notShownFirst().ReplaceAllString(text, " "), " ")), " ")
}

// mayBeStated reports whether a line names a technology and, apart from it, a number.
func (names Names) mayBeStated(text string) bool {
	if !strings.ContainsAny(text, digits) {
		return false
	}
	title := text[0] == '#' || text[0] == '=' || strings.HasPrefix(text, "<h")
	text = seenOf(text)
	named, number, end := false, false, 0
	for _, at := range wordsIn(text, maxWords) {
		if at[0] < end {
			continue
		}
		name, of, to := names.at(text, at[0])
		if name == "" && !named {
			if m := glued().FindStringSubmatch(text[at[0]:at[1]]); m != nil && names(m[1]).Kind != "" {
				name, of, to, number = m[1], names(m[1]), at[1], true
			}
		}
		switch {
		case of.Kind != "" && of.Kind != kindArch && name != "" && (of.Kind != kindProduct || !title):
			named, end = true, to
		case of.Kind != "":
			end = to
		default:
			number = number || strings.ContainsAny(strings.TrimPrefix(text[at[0]:at[1]], "v")[:1], digits)
		}
		if named && number {
			return true
		}
	}
	return false
}
