package detect

import (
	"regexp"
	"slices"
	"strings"
)

// prompt is what a shell or a client prints before a command, and count what a
// client prints after a table.
var (
	prompt = regexp.MustCompile(`^(\[[^\]]*\]|[^\s$#>%]*( \[[^\]]*\]| ~)?)\s?[$#>%](\s|$)|^[A-Z]:\\[^>]*>|^(PS [A-Z]:\\[^>]*|db2 =|\d+)>`)
	count  = regexp.MustCompile(`^(\(?(\d+|no) (rows?|record)|-\[ record |your (mysql|mariadb) connection id is \d+$)`)
)

// headings stand alone in a line, and echoes begin one, around what a program
// tells. They are in lower case.
var (
	headings = []string{
		"version", "banner", "banner_full", "service_level", "no lsb modules are available.", "connected to:", "linux",
		`welcome to the mysql monitor. commands end with ; or \g.`, `welcome to the mariadb monitor. commands end with ; or \g.`,
		"oracle is a registered trademark of oracle corporation and/or its", "affiliates. other names may be trademarks of their respective", "owners.",
		`type 'help;' or '\h' for help. type '\c' to clear the current input statement.`,
	}
	echoes = []string{"select ", "show ", "from ", "picked up ", "copyright ", "(c) ", "@@version", "version(", `hkey_local_machine\`}
)

// isFurniture reports whether a line that nothing could read says nothing that
// could be read.
func isFurniture(line string) bool {
	if !strings.ContainsFunc(line, isWordRune) || prompt.MatchString(line) {
		return true
	}
	lower := strings.Join(strings.Fields(strings.ToLower(cell(line))), " ")
	return count.MatchString(lower) || slices.Contains(headings, lower) ||
		slices.ContainsFunc(echoes, func(echo string) bool { return strings.HasPrefix(lower, echo) })
}

func isWordRune(c rune) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c >= 0x80
}

// cell is a line without the box that a client draws around it and without
// quotes.
func cell(line string) string { return strings.Trim(line, "|\"'` \t") }
