package cli

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/term"

	"github.com/testedon/testedon/cli/report"
	"github.com/testedon/testedon/internal/str"
)

// terminal is standard output where that is a terminal.
func (p Program) terminal() (fd int, ok bool) {
	file, ok := p.Stdout.(*os.File)
	if ok {
		fd = int(file.Fd())
	}
	return fd, ok && term.IsTerminal(fd)
}

// show prints a text for people: on a terminal in lines that fit, with the colours of verdicts.
// COLUMNS and CLICOLOR_FORCE ask for that elsewhere, and NO_COLOR refuses colours.
func (p Program) show(text string) error {
	fd, onTerminal := p.terminal()
	width, err := strconv.Atoi(os.Getenv("COLUMNS"))
	if err != nil && onTerminal {
		width, _, _ = term.GetSize(fd)
	}
	if width > 0 {
		lines := strings.Split(text, "\n")
		for i, line := range lines {
			lines[i] = fit(line, max(width, narrowest))
		}
		text = strings.Join(lines, "\n")
	}
	forced := strings.Trim(os.Getenv("CLICOLOR_FORCE"), "0") != ""
	if os.Getenv("NO_COLOR") == "" && (forced || onTerminal && os.Getenv("TERM") != "dumb") {
		text = judged().ReplaceAllStringFunc(text, func(words string) string {
			sign, _, _ := strings.Cut(strings.TrimLeft(words, " "), " ")
			return fmt.Sprintf("\x1b[1;%dm%s\x1b[0m", report.Colours[sign], words)
		})
	}
	return write(p.Stdout, text)
}

// narrowest is the width below which nothing can be read in columns.
const narrowest = 30

// columns are those of a line before its last one, or the blanks that it begins with.
var columns = str.Regexp(`^(.* {2,}|)`)

// fit wraps a line that is wider than a terminal below its last column, or near the left where
// that leaves too little room.
func fit(line string, width int) string {
	if utf8.RuneCountInString(line) <= width {
		return line
	}
	head := columns().FindString(line)
	indent := utf8.RuneCountInString(head)
	if indent > width*2/3 {
		head = line[:len(line)-len(strings.TrimLeft(line, " "))]
		indent = len(head) + 2
	} else if strings.TrimSpace(head) == "" && indent > 0 {
		indent += 2
	}
	text, at := head, utf8.RuneCountInString(head)
	for i, word := range strings.Fields(line[len(head):]) {
		size := utf8.RuneCountInString(word)
		if i > 0 && at+1+size > width {
			text += "\n" + strings.Repeat(" ", indent)
			at = indent
		} else if i > 0 {
			text += " "
			at++
		}
		text += word
		at += size
	}
	return text
}

// judged is the sign of a verdict with its words, which have a colour.
var judged = str.Regexp(`(?m)^ *[✓≈?–…✗▲] [A-Za-z, ]+?(: |  |$)`)
