package detect

import (
	"slices"
	"strings"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/internal/str"
)

// maxLayers bounds what is taken off one line: a quoted mail may quote a log of a
// container.
const maxLayers = 8

// split parts a text into lines and takes off them what tools, mailers and people put
// before a line. What is hidden where the text was copied from counts for nothing:
// comments of HTML, an unchecked box, struck words, the example of a form.
func (p *page) split(text string) {
	text = cutAll(text, "<!--", "-->")
	for line := range strings.SplitSeq(text, "\n") {
		if line = p.carried(line); strings.HasPrefix(line, `"`) || strings.Contains(line, `\n`) {
			if inner, ok := embedded(line); ok {
				for line := range strings.SplitSeq(inner, "\n") {
					p.push(p.carried(line))
				}
				continue
			}
		}
		p.push(line)
	}
}

func (p *page) push(line string) {
	line = strings.TrimRight(line, " \t")
	p.raw = append(p.raw, line)
	p.lines = append(p.lines, undecorated(strings.TrimSpace(line)))
}

// cutAll cuts what stands between two signs, with them.
func cutAll(text, begin, end string) string {
	i := strings.Index(text, begin)
	if i < 0 {
		return text
	}
	var b strings.Builder
	for i >= 0 {
		n := strings.Index(text[i+len(begin):], end)
		if n < 0 {
			break
		}
		b.WriteString(text[:i])
		text = text[i+len(begin)+n+len(end):]
		i = strings.Index(text, begin)
	}
	return b.String() + text
}

// embedded reads a line that is a string of JSON which holds line ends, alone or as the value
// of a member: how drivers and log shippers hand on what was printed.
func embedded(line string) (inner string, ok bool) {
	line = strings.TrimSuffix(strings.TrimSpace(line), ",")
	if key, value, member := strings.Cut(line, `": "`); member && strings.HasPrefix(key, `"`) {
		line = `"` + value
	}
	if len(line) < 2 || line[0] != '"' || line[len(line)-1] != '"' || !strings.Contains(line, `\n`) {
		return "", false
	}
	return unescape.Replace(line[1 : len(line)-1]), true
}

var unescape = strings.NewReplacer(`\r\n`, "\n", `\n`, "\n", `\r`, "\n", `\t`, "\t", `\"`, `"`, `\/`, "/", `\\`, `\`)

// carried takes off a line what carries it: the marks of a quoted mail, the name of a
// container or of a file, the time and the level of a log. The rest keeps its indentation.
func (r *reader) carried(line string) string {
	for range maxLayers {
		rest := r.carrier(line)
		if len(rest) == len(line) {
			break
		}
		line = rest
	}
	return line
}

// carrier takes one layer off.
func (r *reader) carrier(line string) string {
	text := strings.TrimLeft(line, " \t")
	if text == "" {
		return line
	}
	switch c := text[0]; {
	case c == '>':
		return strings.TrimPrefix(text[1:], " ")
	case c == '[':
		if inner, rest, ok := strings.Cut(text[1:], "]"); ok && (isLevel(strings.TrimSpace(inner)) || timeEnd(inner) > 0 || strings.HasPrefix(inner, "pod/")) {
			return r.logFields(rest)
		}
	case str.IsDigit(c):
		if n := timeEnd(text); n > 0 {
			return r.logFields(text[n:])
		}
	case c == '/':
		if path, rest, ok := strings.Cut(text, ":"); ok && isPath(path) && rest != "" && rest[0] != ' ' {
			return rest
		}
	case strings.HasPrefix(text, "TID: ["):
		return r.logFields(text[len("TID: "):])
	default:
		return r.service(line, text)
	}
	return line
}

// service takes off the name of a container, the fields of a job's log, the head of the
// system's log, and a level with a colon.
func (r *reader) service(line, text string) string {
	if word, rest, ok := strings.Cut(text, " "); ok {
		name := strings.TrimLeft(rest, " ")
		switch {
		case strings.HasPrefix(name, "| ") && isContainer(word) && r.m.MarkedWithin(fact.InStranger, word) == nil && r.m.MarkedWithin(fact.InServer, word) == nil && (strings.Count(text, "|") == 1 || strings.ContainsAny(word, "-_") && str.IsDigit(word[len(word)-1])):
			return name[len("| "):]
		case isLevel(word) && word == strings.ToUpper(word) && name != "" && (name[0] == '{' || name[0] == '['):
			return r.logFields(rest)
		case len(word) > 1 && word[len(word)-1] == ':' && word == strings.ToUpper(word) && isLevel(word[:len(word)-1]):
			return rest
		}
	}
	if n := fits(text, "Aaa ?d dd:dd:dd "); n > 0 {
		_, rest, _ := strings.Cut(text[n:], " ") // the host
		if program, message, ok := strings.Cut(rest, ": "); ok && !strings.Contains(program, " ") {
			return message
		}
	}
	if _, rest, ok := strings.Cut(text, "\t"); ok { // job, step, time
		if _, rest, ok = strings.Cut(rest, "\t"); ok && timeEnd(strings.TrimPrefix(rest, "\ufeff")) > 0 {
			return strings.TrimPrefix(rest, "\ufeff")
		}
	}
	return line
}

// isContainer reports whether a word is the name of a container, as compose prints it.
func isContainer(word string) bool {
	return word[0] >= 'a' && word[0] <= 'z' && strings.Trim(word, "abcdefghijklmnopqrstuvwxyz0123456789_.-") == ""
}

func isPath(text string) bool {
	return len(text) <= maxLabel*2 && strings.Count(text, "/") > 1 && !strings.ContainsAny(text, " \t\"'(),;=<>|")
}

// levels are the words by which logs say how much a line matters, and the systems that
// write them.
var levels = []string{"TRACE", "DEBUG", "INFO", "NOTICE", "NOTE", "LOG", "WARN", "WARNING", "ERROR", "SEVERE", "FATAL"}

func isLevel(word string) bool {
	return len(word) >= len("LOG") && len(word) <= len("WARNING") && slices.ContainsFunc(levels, func(level string) bool { return strings.EqualFold(level, word) })
}

// zones are those that a time is most often followed by.
var zones = []string{"UTC", "GMT", "Z", "CET", "CEST", "WET", "WEST", "EET", "EEST", "BST", "MSK", "IST", "JST", "KST", "SGT", "HKT", "AEST", "AEDT", "EST", "EDT", "CST", "CDT", "MST", "MDT", "PST", "PDT"}

// times are the ways a time is written, see fits.
var times = []string{"dddd-dd-dd?dd:dd:dd", "dddd/dd/dd dd:dd:dd", "dd-Aaa-dddd dd:dd:dd", "dd.dd.dddd dd:dd:dd", "dddd-dd-dd dd:dd", "dd:dd:dd"}

// timeEnd gives where the time ends that a text begins with; 0 for none.
func timeEnd(text string) int {
	for _, form := range times {
		n := fits(text, form)
		if n == 0 {
			continue
		}
		n += len(text[n:]) - len(strings.TrimLeft(text[n:], "0123456789.,:+-Z"))
		if n == len(text) || strings.IndexByte(" \t]|", text[n]) >= 0 {
			return n
		}
	}
	return 0
}

// fits gives the length of a form that text begins with, 0 where it does not: "d" stands
// for a digit, "A" and "a" for letters, "?" for anything.
func fits(text, form string) int {
	if len(text) < len(form) {
		return 0
	}
	for i := range len(form) {
		c := text[i]
		switch form[i] {
		case 'd':
			if !str.IsDigit(c) {
				return 0
			}
		case 'A':
			if c < 'A' || c > 'Z' {
				return 0
			}
		case 'a':
			if c < 'a' || c > 'z' {
				return 0
			}
		case '?':
		default:
			if c != form[i] {
				return 0
			}
		}
	}
	return len(form)
}

// logFields takes off what a log puts between the time of a line and its message: a zone,
// a process, a level, a thread, a class. Where nothing else follows, it is the message,
// which keeps its indentation, as a line of a file does.
func (r *reader) logFields(text string) string {
	level := false
	for range maxLayers {
		rest := strings.TrimLeft(text, " \t")
		word, after, more := strings.Cut(rest, " ")
		bare := strings.TrimRight(word, ":")
		levels := isLevel(bare) && bare == strings.ToUpper(bare)
		switch {
		case rest == "":
			return ""
		case !levels && strings.HasPrefix(text, "  "):
			return text[1:]
		case rest[0] == '[' || rest[0] == '{':
			var inner string
			inner, after, more = strings.Cut(rest, closing(rest[0]))
			if !more || strings.Contains(inner, `"`) || r.matters(inner) || strings.Trim(after, " ,") == "" {
				return strings.TrimPrefix(text, " ")
			}
		case bare == "-" && level && !r.isLogger(after):
			return classless(after)
		case levels, slices.Contains(zones, word), bare == "-" && !r.isLogger(after), bare == "":
		case bare == "-":
			_, after, _ = strings.Cut(strings.TrimLeft(after, " "), " ")
		case len(word) <= 10 && strings.Trim(word, "0123456789") == "" && more:
		case more && strings.Count(word, ".") > 2 && strings.ToLower(word) != word && isPackage(word):
		case strings.HasPrefix(word, "spid") && len(word) > len("spid") && str.IsDigit(word[len("spid")]), word == "Server" && strings.HasPrefix(after, " "):
		default:
			return classless(rest)
		}
		text, level = after, level || levels
	}
	return classless(strings.TrimLeft(text, " \t"))
}

// isPackage reports whether a word may be a class with its package: "org.example.Server.log".
func isPackage(word string) bool {
	return word[0] >= 'a' && word[0] <= 'z' && !strings.ContainsFunc(word, func(c rune) bool { return c != '.' && c != '$' && (!isWordRune(c) || c >= 0x80) })
}

// isLogger reports whether a message begins with the name of the class that wrote it:
// "CarbonCoreActivator Starting …".
func (r *reader) isLogger(message string) bool {
	word, rest, ok := strings.Cut(strings.TrimLeft(message, " "), " ")
	rest = strings.TrimLeft(rest, " ")
	return ok && len(word) >= 12 && rest != "" && rest[0] != ':' && rest[0] != '=' && strings.Trim(word, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz") == "" &&
		strings.ToLower(word[1:]) != word[1:] && !r.m.Mentions(word)
}

// classless takes off a message the class that wrote it: "… {org.example.Server}".
func classless(message string) string {
	if i := strings.LastIndex(message, " {"); i > 0 && strings.HasSuffix(message, "}") && strings.Contains(message[i:], ".") && !strings.ContainsAny(message[i+1:], " ,=") {
		return message[:i]
	}
	return message
}

// closing is the bracket that closes another one.
func closing(open byte) string {
	if open == '(' {
		return ")"
	}
	return string(rune(open + 2))
}

// undecorated takes off a trimmed line what people and mark-up put around it: a bullet, a
// number, a box, signs of emphasis, tags. A box that is not checked and struck words say
// nothing.
func undecorated(line string) string {
	if line == "" {
		return ""
	}
	if strings.HasPrefix(line, "```") || strings.HasPrefix(line, "~~~") {
		return ""
	}
	line = bullet(line)
	if box, rest, ok := strings.Cut(line, "] "); ok && len(box) <= 2 && box != "" && box[0] == '[' {
		if box == "[" || box == "[ " {
			return ""
		}
		line = rest
	}
	if strings.Contains(line, "~~") {
		line = cutAll(line, "~~", "~~")
	}
	if strings.Contains(line, "**") || strings.IndexByte(line, '`') >= 0 {
		line = strings.TrimSpace(emphasis.Replace(line))
	}
	if strings.IndexByte(line, '<') >= 0 {
		line = strings.TrimSpace(tags.Replace(line))
	}
	return examples(line)
}

var (
	emphasis = strings.NewReplacer("**", "", "`", "")
	tags     = strings.NewReplacer("<b>", "", "</b>", "", "<strong>", "", "</strong>", "", "<i>", "", "</i>", "", "<code>", "", "</code>", "", "<pre>", "", "</pre>", "",
		"<p>", "", "</p>", "", "<li>", "", "</li>", "", "<tr>", "", "</tr>", "", "<td>", " ", "</td>", " ", "<br>", " ", "<br/>", " ", "<br />", " ")
)

// bullet takes off what begins an item of a list: "- ", "3) ", "a. ".
func bullet(line string) string {
	for _, sign := range []string{"- ", "* ", "+ ", "• ", "– ", "· "} {
		if rest, ok := strings.CutPrefix(line, sign); ok {
			return strings.TrimLeft(rest, " \t")
		}
	}
	if number, rest, ok := strings.Cut(line, " "); ok && len(number) >= 2 && len(number) <= 3 {
		if last := number[len(number)-1]; (last == ')' || last == '.') && strings.Trim(number[:len(number)-1], "0123456789abcde") == "" {
			return strings.TrimLeft(rest, " ")
		}
	}
	return line
}

// examples takes out what a form says in brackets of how to fill it in: "[e.g. Ubuntu
// 22.04]".
func examples(line string) string {
	if !strings.ContainsAny(line, "[(") {
		return line
	}
	for _, sign := range []string{"[e.g", "(e.g", "[eg", "(eg", "[ex:", "(ex:", "[for example", "(for example"} {
		at := strings.Index(line, sign)
		if at < 0 {
			continue
		}
		if end := strings.Index(line[at:], closing(line[at])); end > 0 {
			return strings.TrimSpace(line[:at] + line[at+end+1:])
		}
	}
	return line
}
