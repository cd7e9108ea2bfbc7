package detect

import (
	"slices"
	"strconv"
	"strings"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/internal/str"
)

// reader collects what all texts tell.
type reader struct {
	m            *compat.Matrix
	evidence     []evidence
	products     []Product
	releases     []orphan             // those of which is not said of what
	strangers    []*compat.Technology // the heads of the families of what is not known
	unrecognised []string
	doubts       []string        // of these, those that may matter
	unnamed      int             // what more there was to name as unrecognised
	seen         map[string]bool // lines that were named as unrecognised
	worded       int             // bytes that were read in plain words
	texts        []string        // lines of which something was told, since they were last forgotten
}

// page is one text on its way through the recognisers.
type page struct {
	*reader
	raw   []string // cleaned, with their indentation
	lines []string // the same, trimmed; those that a document owns are empty
	left  []int    // those that nothing could read
	// heading is the name of the kind that the last heading asks for.
	heading string
	// blockEnd is the line up to which a block was looked through in vain, and dockerEnd a
	// Dockerfile.
	blockEnd, dockerEnd int
	// connection is whether the text tells of one to a server: 1, or -1; 0 until it was looked at.
	connection int
}

// own takes lines as part of a document that was read, up to before another: no
// recogniser sees them, and none of them is told as unread.
func (p *page) own(from, to int) {
	for i := from; i < to; i++ {
		p.lines[i] = ""
	}
}

// recognisers are asked in this order at each line. Each gives the number of
// lines it used, 0 where it does not know the format.
var recognisers = []func(*page, int) int{
	identifier,
	jdbcURL,
	javaVersion,
	virtualMachine,
	javaHomes,
	carbonWarning,
	packageLine,
	oracleBanner,
	sqlServerBanner,
	db2Level,
	programVersion,
	serverBanner,
	started,
	dumped,
	columnValue,
	versionRow,
	windowsVer,
	uname,
	nodes,
	dockerfile,
	registry,
	assignments,
	properties,
	labelled,
	systemName,
	imageLine,
	machineLine,
}

// text reads one text.
func (r *reader) text(text string) {
	clean, fault := r.clean(text)
	if fault != "" {
		r.name(fault)
	}
	p := &page{reader: r}
	p.split(clean)
	p.hide()
	first, told := len(r.evidence)+len(r.products), len(r.unrecognised)+r.unnamed
	from := len(r.evidence)
	p.outlines()
	for i := 0; i < len(p.lines); {
		if len(r.evidence) >= maxEvidence {
			rest := r.say("detect.rest", strconv.Itoa(i))
			r.named(rest, rest, true)
			break
		}
		i += p.line(i)
	}
	p.bareVersion(r.evidence[from:])
	p.words()
	if len(r.evidence)+len(r.products) == first && len(r.unrecognised)+r.unnamed == told {
		r.name(p.first())
	}
}

// first gives the first line that is not blank.
func (p *page) first() string {
	for _, line := range p.lines {
		if line != "" {
			return line
		}
	}
	return ""
}

// line reads from one line on and gives the number of lines read. What no format knows is
// asked again without what may stand before it: a comment mark, a prompt, a label.
func (p *page) line(i int) int {
	if p.lines[i] == "" {
		return 1
	}
	if p.isOut(i) {
		if !p.isFurniture(strings.TrimLeft(p.lines[i], "# ")) {
			p.left = append(p.left, i)
		}
		return 1
	}
	if n := p.recognise(i); n > 0 {
		return n
	}
	if p.uncomment(i) {
		return 0
	}
	if command, ok := prompted(p.lines[i]); ok {
		if p.lines[i] = command; command == "" {
			return 1
		} else if n := p.recognise(i); n > 0 || isCommand(command) {
			return max(n, 1)
		}
	}
	if n := p.value(i); n > 0 {
		return n
	}
	if !p.isFurniture(p.lines[i]) {
		p.left = append(p.left, i)
	}
	return 1
}

// recognise asks all formats of single lines.
func (p *page) recognise(i int) int {
	for _, recognise := range recognisers {
		if n := recognise(p, i); n > 0 {
			return n
		}
	}
	return 0
}

// commentMarks begin a line that says something to people: of a script, of SQL, of a program.
var commentMarks = []string{"#", "--", "//"}

// isOut reports whether a line is commented out: no blank stands behind the mark, or it is one
// line among others that gives a key a value.
func (p *page) isOut(i int) bool {
	line := p.lines[i]
	if !isCommentedOut(line) {
		return false
	}
	mark := commentMark(line)
	if mark == "" {
		return true
	}
	alone := commentMark(p.at(i+1)) != mark && (i == 0 || commentMark(p.lines[i-1]) != mark)
	return alone && len(p.lines) > 2 && setting().MatchString(line)
}

// setting is a line of a comment that gives a key a value.
var setting = str.Regexp(`^\W+[\w.-]+ ?[:=] ?\S`)

// uncomment takes the marks off a run of lines from one on; false where there are none. A
// mark that no blank follows comments out what is not wanted.
func (p *page) uncomment(i int) bool {
	mark := commentMark(p.lines[i])
	if mark == "" {
		return false
	}
	for ; i < len(p.lines) && commentMark(p.lines[i]) == mark; i++ {
		p.lines[i] = undecorated(strings.TrimLeft(p.lines[i], mark[:1]+" \t"))
	}
	return true
}

// commentMark gives the mark of a comment that a line begins with; empty for none.
func commentMark(line string) string {
	for _, mark := range commentMarks {
		if rest, ok := strings.CutPrefix(line, mark); ok {
			if rest = strings.TrimLeft(rest, mark[:1]); rest == "" || rest[0] == ' ' || rest[0] == '\t' {
				return mark
			}
		}
	}
	return ""
}

// value reads what follows a label, as the formats of single lines know it: "database version:
// PostgreSQL 17.9 (Debian …)". Where the label is not understood, it has to be the key of a
// member, and what follows has to tell by itself that a machine printed it.
func (p *page) value(i int) int {
	line := p.lines[i]
	key, value, ok := strings.Cut(strings.TrimRight(line, ", "), ":")
	value = strings.Trim(value, " \t\"'")
	if !ok || key == "" || value == "" || len(key) > maxLabel || strings.Contains(key, "jdbc") ||
		!p.m.IsLabel(key) && (key[0] != '"' || p.matters(key) || !strings.Contains(value, " (") && !strings.Contains(value, " on ")) {
		return 0
	}
	p.lines[i] = value
	n := p.recognise(i)
	p.lines[i] = line
	return n
}

// at gives a line, empty beyond the last.
func (p *page) at(i int) string {
	if i < len(p.lines) {
		return p.lines[i]
	}
	return ""
}

// maxSeen bounds the lines that are remembered, so that none is looked at twice.
const maxSeen = 1000

// known reports whether something was told already, and remembers it.
func (r *reader) known(told string) bool {
	if r.seen[told] {
		return true
	}
	if len(r.seen) < maxSeen {
		r.seen[told] = true
	}
	return false
}

// name names a line as unrecognised, once.
func (r *reader) name(line string) { r.tell(line, r.m.Mentions(line)) }

// tell names a line as unrecognised, once, of which is known whether it mentions a name.
func (r *reader) tell(line string, mentions bool) {
	if r.known(line) {
		return
	}
	mentions = mentions || r.m.MarkedWithin(fact.InStranger, line) != nil
	if !mentions && len(r.unrecognised) == maxUnrecognised {
		r.unnamed++
		return
	}
	text := printable(line)
	r.named(text, text, mentions)
}

// matters reports whether what could not be read may tell of a component.
func (r *reader) matters(text string) bool {
	return r.m.Mentions(text) || r.m.MarkedWithin(fact.InStranger, text) != nil
}

// named names a text as unrecognised, once; of it line is what was printed. Where it
// matters, an answer may not pass over it.
func (r *reader) named(text, line string, matters bool) {
	switch {
	case text == "":
		return
	case matters && len(r.doubts) < maxUnread && !slices.Contains(r.doubts, line):
		r.doubts = append(r.doubts, line)
	}
	switch {
	case slices.Contains(r.unrecognised, text):
	case len(r.unrecognised) < maxUnrecognised:
		r.unrecognised = append(r.unrecognised, text)
	default:
		r.unnamed++
	}
}

// say is a message with its values, in the language of the matrix.
func (r *reader) say(identity string, values ...string) string {
	return r.m.Words().Text(identity, values...)
}

// miss names a line as unrecognised, with the reason, which is a message.
func (r *reader) miss(line, reason string, values ...string) {
	r.texts = append(r.texts, line)
	if r.known(line + reason) {
		return
	}
	line = printable(line)
	r.named(line+" ("+clip(r.say(reason, values...))+")", line, r.matters(line))
}

// unread names a line as unrecognised that surely tells of a component, and not of
// which. The reason is a message.
func (r *reader) unread(line, reason string, values ...string) {
	r.because(line, r.say(reason, values...))
}

// because names a line as unread does, with the reason as it is told.
func (r *reader) because(line, reason string) {
	r.texts = append(r.texts, line)
	line = printable(line)
	r.named(line+" ("+clip(reason)+")", line, true)
}
