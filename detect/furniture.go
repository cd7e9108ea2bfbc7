package detect

import (
	"slices"
	"strings"

	"github.com/testedon/testedon/internal/str"
)

// prompt is what a shell or a client prints before a command, and count what a
// client prints after a table.
var (
	prompt = str.Regexp(`^(\[[^\]]*\]|[^\s$#>%]*( \[[^\]]*\]| ~)?)\s?[$#>%](\s|$)|^[A-Z]:\\[^>]*>|^(PS [A-Z]:\\[^>]*|db2 =|\d+)>`)
	count  = str.Regexp(`^(\(?(\d+|no) (rows?|record)|-\[ record )`)
)

// headings stand alone in a line, and echoes begin one, around what a program
// tells. They are in lower case.
var (
	headings = []string{
		"starting wso2 carbon...", "version", "banner", "banner_full", "service_level", "no lsb modules are available.", "connected to:", "linux",
		`welcome to the mysql monitor. commands end with ; or \g.`, `welcome to the mariadb monitor. commands end with ; or \g.`,
		"oracle is a registered trademark of oracle corporation and/or its", "affiliates. other names may be trademarks of their respective", "owners.",
		"a fatal error has been detected by the java runtime environment:", "database connection information", "property settings:",
		`type 'help;' or '\h' for help. type '\c' to clear the current input statement.`,
	}
	echoes = []string{
		"select ", "show ", "from ", "copyright ", "database system is ", "database system was ", "entrypoint script for ", "(c) ", "@@version", "version(",
		"syntax=docker/",
	}
)

// namedEcho is an echo that holds a name.
var namedEcho = str.Regexp(`^(wso2 carbon started in \d+ sec|picked up _?(java|jdk)\w*:.*|copyright \(c\) [\d, -]*oracle.*|(select|show) [\w@(),. ]*version[\w@(), ]*(from [\w.$]+)?;?|your (mysql|mariadb) connection id is \d+|hkey_local_machine\\[\w\\ ]*)$`)

// commands are those that print what is read here, and those around them.
var commands = strings.Fields("ansible apk apt apt-cache apt-get aws az bash brew cat cd choco curl db2 db2level dnf docker dpkg dpkg-query echo " +
	"env exit export find gcloud git gradle ./gradlew grep head helm hostnamectl java javac kubectl ls lsb_release lscpu mariadb mvn ./mvnw mysql mysqld " +
	"oc podman postgres psql pwd quit rpm sapcontrol sdk select set sh show sqlcmd sqlplus ssh status sudo su sw_vers systemctl systeminfo tail terraform type " +
	"uname ver wget which whoami wmic yum zypper")

// maxPrompt bounds a prompt in bytes.
const maxPrompt = 100

// prompted takes the prompt of a shell or a client off a command; false where there is none.
func prompted(line string) (command string, ok bool) {
	begin := line[:min(len(line), maxPrompt)]
	if at := strings.IndexAny(begin, "$#>%"); at < 0 || begin[0] == '<' || !mayEndPrompt(begin[at:]) && begin[1:min(3, len(begin))] != `:\` && !strings.HasPrefix(begin, "PS ") && !strings.HasPrefix(begin, "db2 =") && !str.IsDigit(begin[0]) {
		return line, false
	}
	end := prompt().FindStringIndex(begin)
	if end == nil {
		return line, false
	}
	return strings.TrimSpace(line[end[1]:]), true
}

// mayEndPrompt reports whether a text has the sign of a prompt with a blank behind it.
func mayEndPrompt(text string) bool {
	for i := range len(text) {
		if strings.IndexByte("$#>%", text[i]) >= 0 && (i+1 == len(text) || text[i+1] == ' ' || text[i+1] == '\t') {
			return true
		}
	}
	return false
}

// isCommand reports whether what stands after a prompt is a command, which by itself tells
// nothing.
func isCommand(text string) bool {
	word, after, _ := strings.Cut(text, " ")
	for strings.Contains(word, "=") { // a variable for the command
		word, after, _ = strings.Cut(after, " ")
	}
	return slices.Contains(commands, strings.ToLower(strings.TrimSuffix(word, ";"))) || strings.HasPrefix(word, "/") || strings.HasPrefix(word, "./")
}

// isTyped reports whether a line is a command without a prompt: one that an option or a file
// follows.
func isTyped(line string) bool {
	_, after, ok := strings.Cut(line, " ")
	return ok && len(after) > 1 && (after[0] == '-' || after[0] == '/') && isWordRune(rune((strings.TrimLeft(after, "-/") + " ")[0])) && isCommand(line) && (line[0] < 'A' || line[0] > 'Z')
}

// isFurniture reports whether a line that nothing could read says nothing that
// could be read.
func (p *page) isFurniture(line string) bool {
	if !strings.ContainsFunc(line, isWordRune) || isTyped(line) || line[0] == '\\' {
		return true
	}
	if len(line) > maxFurniture {
		return false
	}
	lower := strings.ToLower(cell(line))
	if strings.Contains(lower, "  ") {
		lower = strings.Join(strings.Fields(lower), " ")
	}
	begins := func(echo string) bool { return strings.HasPrefix(lower, echo) }
	return slices.Contains(headings, lower) || namedEcho().MatchString(lower) ||
		(count().MatchString(lower) || slices.ContainsFunc(echoes, begins)) && !p.matters(line)
}

// maxFurniture bounds, in bytes, a line that may be furniture.
const maxFurniture = 200

func isWordRune(c rune) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c >= 0x80
}

// cell is a line without the box that a client draws around it and without
// quotes.
func cell(line string) string { return strings.Trim(line, "|\"'` \t") }
