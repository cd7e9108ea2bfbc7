package detect

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/testedon/testedon/internal/str"
)

// masked stands for a secret.
const masked = "***"

// maxPrinted bounds, in bytes, a line that is given back.
const maxPrinted = 160

// secret is something that must not be given back.
type secret struct {
	signs   []string // in lower case; a line without any has no such secret
	pattern func() *regexp.Regexp
}

// secretWords are the words that mean a secret, in the languages of forms.
const secretWords = `pass|pwd|secret|token|credential|api[_-]?key|access[_-]?key|private[_-]?key|kennwort|contrase|senha|parola|wachtwoord|пароль|密码|口令|パスワード`

// secretSigns are signs of these words.
var secretSigns = []string{"pass", "pwd", "secret", "token", "credential", "key", "kennwort", "contrase", "senha", "parola", "wachtwoord", "пароль", "密码", "口令", "パスワード"}

// secrets are what stands in a JDBC URL after the name of its driver, the user and password
// of any URL, and what follows a word that means a secret or a user, and a sign that gives
// it a value; after "password" and in the options of commands a blank is enough. The first
// group of each is kept.
var secrets = []secret{
	{[]string{"jdbc:"}, str.Regexp(`(?i)(jdbc:[a-z0-9-]*:?).*`)},
	{[]string{"://"}, str.Regexp(`([a-zA-Z][a-zA-Z0-9+.-]*://)\S*(@)`)},
	{
		append(secretSigns, "user", "authorization", "pw"),
		str.Regexp(`(?i)((?:` + secretWords + `|authorization(?: id)?|\bpw|\buser(?:[ _-]?(?:name|id))?\b|[_.-]user(?:name)?)[\p{L}\w.-]*["'\]]*\s*(?:[=:：]|>)\s*).*`),
	},
	{
		[]string{"pass", "pwd", "secret", "identified by", "bearer ", "create user", "sqlplus", "docker login"},
		str.Regexp(`(?i)(\b(?:\w*pass(?:w(?:or)?d)?|\w*pwd|secret|identified by|bearer|create user|sqlplus|docker login)\s+).*`),
	},
	{[]string{"curl", "mysql", "mariadb", "wget"}, str.Regexp(`(?i)((?:\s-u\s*|\s--user[ =])\S+?:|\s-p|\s--password[ =])\S+`)},
	{[]string{"eyj"}, str.Regexp(`()eyJ[\w-]+\.[\w.-]+`)},
}

// printable is a line as it is given back: bounded, with single blanks, and with
// secrets masked.
func printable(line string) string {
	line = strings.Join(strings.Fields(line), " ")
	lower := strings.ToLower(line)
	for _, s := range secrets {
		if slices.ContainsFunc(s.signs, func(sign string) bool { return strings.Contains(lower, sign) }) {
			line = s.pattern().ReplaceAllString(line, "${1}"+masked+"${2}")
		}
	}
	return clip(line)
}

// clip bounds a text.
func clip(text string) string {
	if len(text) <= maxPrinted {
		return text
	}
	cut := maxPrinted
	for !utf8.RuneStart(text[cut]) {
		cut--
	}
	return strings.TrimSpace(text[:cut]) + "…"
}

// opensSecret is a line whose value stands in the lines below it: "password: |", "name: DB_PASSWORD".
var opensSecret = str.Regexp(`(?i)(?:` + secretWords + `)[\p{L}\w.-]*["']?\s*(?:[:=]\s*(?:[|>][+-]?|"""|''')?)?$|(?:variable|parameter).*(?:` + secretWords + `)`)

// maxHidden bounds the lines of one secret.
const maxHidden = 20

// openers end a line whose value stands below it.
var openers = []string{":", " |", " >", " |-", " >-", `"""`, "'''", " {"}

// isOpen reports whether the value of a line may stand below it, and be a secret.
func isOpen(line string) bool {
	if len(line) > maxPrinted || !strings.HasPrefix(line, "name:") && !slices.ContainsFunc(openers, func(end string) bool { return strings.HasSuffix(line, end) }) {
		return false
	}
	lower := strings.ToLower(line)
	return slices.ContainsFunc(secretSigns, func(sign string) bool { return strings.Contains(lower, sign) })
}

// hide takes out of a page what is a secret by the lines above it, and private keys.
func (p *page) hide() {
	for i := 0; i < len(p.lines); i++ {
		line := p.lines[i]
		if strings.HasPrefix(line, "-----BEGIN ") { // of one word a line
			for i+1 < len(p.lines) && !strings.HasPrefix(p.lines[i+1], "-----END ") && !strings.ContainsAny(p.lines[i+1], " \t") {
				i++
				p.conceal(i)
			}
			continue
		}
		if !isOpen(line) || !opensSecret().MatchString(line) {
			continue
		}
		indent := len(p.raw[i]) - len(strings.TrimLeft(p.raw[i], " \t-"))
		for n := 1; n < maxHidden && i+n < len(p.lines); n++ {
			raw := p.raw[i+n]
			if len(raw)-len(strings.TrimLeft(raw, " \t")) <= indent && (n > 1 || !isQuoted(line) && !strings.HasPrefix(p.lines[i+n], "value:")) {
				break
			}
			p.conceal(i + n)
		}
	}
}

// isQuoted reports whether a text of several lines begins at the end of a line.
func isQuoted(line string) bool {
	return strings.HasSuffix(line, `"""`) || strings.HasSuffix(line, "'''")
}

// conceal takes out a line. Where it holds a name, that is told without it.
func (p *page) conceal(i int) {
	if p.matters(p.lines[i]) {
		p.named(masked+" ("+p.say("detect.secret")+")", masked, true)
	}
	p.lines[i] = ""
}
