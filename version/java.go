package version

import (
	"strconv"
	"strings"

	"github.com/testedon/testedon/internal/str"
	"github.com/testedon/testedon/message"
)

// readJava reads versions of Java. Since Java 9 they are dotted, with the
// feature release first (JEP 223, JEP 322); before, Java 8 was "1.8.0", with an
// update number after an underscore, written "8u392" for short. All of them
// become feature.interim.update: 1.8.0_392 is 8.0.392.
func readJava(text string) (Range, error) {
	p, err := scanJava(text)
	if err != nil {
		return Range{}, err
	}
	p = javaParts(p)
	return prefix(p.slice()...), nil
}

// checkJava refuses one version whose second number is not 0, which it is of all since
// Java 5. As a bound it is what "up to 17.0" ends at.
func checkJava(r Range) error {
	if r.Shared() > 1 && r.spans[0].low[0] >= 5 && r.spans[0].low[1] != 0 {
		return message.Of("version.java.second", r.spans[0].low[0])
	}
	return nil
}

// scanJava takes the numbers of a version, without the leading 1 of old ones.
func scanJava(text string) (numbers, error) {
	text = trimJavaPrefix(text)
	if i := strings.LastIndex(text, " b"); i > 0 && str.IsDigit(text[len(text)-1]) { // a build apart from its version
		text = text[:i] + "-b" + text[i+2:]
	}
	if p, ok, err := scanJavaUpdate(text); ok {
		return p, err
	}
	if strings.HasPrefix(text, "1.") {
		text = strings.Replace(text, "_", ".", 1)
	}
	p, err := scanVersion(text)
	if p.n > 1 && p.all[0] == 1 && p.all[1] >= 2 { // the old numbering, which Java 2 began
		p = numbersOf(p.all[1:p.n]...)
	}
	return p, err
}

// javaParts makes the numbers those of feature, interim and update. Where Java 5
// to 8 have a second number it is the update: Corretto 8 prints 8.392.08.1 for
// update 392, build 08.1, and people write 1.8.392. The first updates of Java 8
// were numbered from 5.
func javaParts(p numbers) numbers {
	if p.n > 1 && p.n < maxParts && p.all[0] >= 5 && p.all[0] <= 8 && p.all[1] >= 5 {
		copy(p.all[2:], p.all[1:])
		p.all[1], p.n = 0, p.n+1
	}
	return p
}

// scanJavaUpdate takes the numbers of "8u392" and "8u392-b08".
func scanJavaUpdate(text string) (p numbers, ok bool, err error) {
	n := countDigits(text)
	if n == 0 || n >= len(text) || text[n] != 'u' {
		return p, false, nil
	}
	major, _, err := scan(text[:n])
	if err != nil {
		return p, true, err
	}
	update, rest, err := scan(text[n+1:])
	if err != nil || update.n > 1 {
		return p, true, message.Of("version.java.update")
	}
	return numbersOf(major.all[0], 0, update.all[0]), true, checkTail(&update, rest)
}

func trimJavaPrefix(text string) string {
	for _, word := range []string{"jdk", "jre", "java"} {
		if rest, ok := strings.CutPrefix(text, word); ok {
			return strings.TrimLeft(rest, " -")
		}
	}
	return text
}

// zuluNumber is a number of Azul's own for a build of Zulu: "8.96.0.205", "11.41+23-CA".
// It begins with that of Java, whose second one is 0.
var zuluNumber = str.Regexp(`^(\d+)\.[1-9]\d*(?:\.\d+){0,2}(?:[-+]?(?:\d+|[cs]a)){0,2}$`)

// readZulu reads versions of Java, and those in the names of Azul's files:
// "21.38.21-ca-jdk21.0.5". Azul's number alone does not tell the update.
func readZulu(text string) (Range, error) {
	if own, java, ok := strings.Cut(text, "-jdk"); ok && zuluNumber().MatchString(own) {
		text = java
	}
	return readBuild(text, "version.java.zulu", func(p *numbers) bool { return p.all[1] != 0 })
}

// graalMember is a number of GraalVM's own with that of Java beside it: "22.3.1 (Java 17)",
// "java17-22.3.1".
var graalMember = str.Regexp(`^(?:(?:19|2\d)(?:\.\d+)+[ -]\(?(?:java|jdk)[ -]?(\d+)\)?|(?:java|jdk)[ -]?(\d+)-(?:19|2\d)(?:\.\d+)+)$`)

// readGraal reads versions of Java, by which GraalVM is numbered since "GraalVM for
// JDK 17" and "20" in 2023. Before, 19.0 to 22.3 ran on Java 8, 11, 16, 17 or 19.
func readGraal(text string) (Range, error) {
	return readBuild(text, "version.java.graalvm", func(p *numbers) bool {
		first := p.all[0]
		return p.all[1] != 0 || first == 19 && p.n > 1 || first > 19 && first < 23 && p.n > 2 && p.all[2] == 0 || graalMember().MatchString(text)
	})
}

// readBuild reads versions of Java for a vendor that has numbers of its own; isOwn
// tells them by two or more, and own is the message that refuses one. Java's second number
// is 0, so N.0 is all of N.
func readBuild(text, own string, isOwn func(*numbers) bool) (Range, error) {
	p, err := scanJava(text)
	if err != nil {
		return Range{}, err
	}
	if isOwn(&p) {
		return Range{}, message.Of(own, strconv.Quote(text))
	}
	if p = javaParts(p); p.n == 2 {
		p.n = 1
	}
	return prefix(p.slice()...), nil
}
