package version

import "strings"

// readJava reads versions of Java. Since Java 9 they are dotted, with the
// feature release first (JEP 223, JEP 322); before, Java 8 was "1.8.0", with an
// update number after an underscore, written "8u392" for short. All of them
// become feature.interim.update: 1.8.0_392 is 8.0.392.
func readJava(text string) (Range, string) {
	text = trimJavaPrefix(text)
	if r, reason, ok := readJavaUpdate(text); ok {
		return r, reason
	}
	if strings.HasPrefix(text, "1.") {
		text = strings.Replace(text, "_", ".", 1)
	}
	p, rest, reason := scan(text)
	if reason == "" {
		reason = checkTail(&p, rest)
	}
	if reason != "" {
		return Range{}, reason
	}
	p = javaParts(p)
	return prefix(p.slice()...), ""
}

// javaParts drops the leading 1 of the old numbering, which Java 2 began. Corretto 8 prints
// 8.392.08.1 for update 392, build 08.1: there the second number is the update.
func javaParts(p numbers) numbers {
	if p.n > 1 && p.all[0] == 1 && p.all[1] >= 2 {
		p = numbersOf(p.all[1:p.n]...)
	}
	if p.n == 4 && p.all[0] == 8 && p.all[1] >= 20 {
		return numbersOf(8, 0, p.all[1], p.all[2], p.all[3])
	}
	return p
}

// readJavaUpdate reads "8u392" and "8u392-b08".
func readJavaUpdate(text string) (Range, string, bool) {
	n := countDigits(text)
	if n == 0 || n >= len(text) || text[n] != 'u' {
		return Range{}, "", false
	}
	major, _, reason := scan(text[:n])
	if reason != "" {
		return Range{}, reason, true
	}
	update, rest, reason := scan(text[n+1:])
	if reason != "" || update.n > 1 {
		return Range{}, "an update is written as 8u392", true
	}
	if reason = checkTail(&update, rest); reason != "" {
		return Range{}, reason, true
	}
	return prefix(major.all[0], 0, update.all[0]), "", true
}

func trimJavaPrefix(text string) string {
	for _, word := range []string{"jdk", "jre", "java"} {
		if rest, ok := strings.CutPrefix(text, word); ok {
			return strings.TrimLeft(rest, " -")
		}
	}
	return text
}
