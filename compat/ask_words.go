package compat

import (
	"embed"
	"io/fs"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// class is what a word does in a question. Zero is a word that is not known, and
// may be a name.
type class uint16

const (
	asks     class = 1 << iota // it belongs to the question and changes nothing
	parts                      // it stands between the things asked about
	fills                      // it may stand between a name and its version
	within                     // it may stand within a version: "11 or later"
	joins                      // so, but never at its end
	denies                     // what follows is not there
	newest                     // it asks for the latest release of a product
	counts                     // the number before it is an amount, not a version
	relates                    // it is the verb between a technology and a product
	relation                   // it stands behind that verb
	levels                     // it marks an update or a pre-release of a release
)

// classNames are the words by which the files in words name what their words do.
var classNames = map[string]class{
	"filler": asks, "part": asks | parts, "beside": fills, "within": within, "joins": joins,
	"deny": denies, "newest": newest, "count": counts, "relate": relates, "relation": relation, "level": levels,
}

//go:embed words/*.txt
var wordFiles embed.FS

// questionWords are the words of a question by what they do, and the phrases that change
// nothing, by their first word. They are all that a question may have besides
// names and versions and still pass. In capitals only English ones are words: "HA"
// is no Italian.
var questionWords, phrases, english = readWords()

// longestWord bounds the words of a question that are looked up, in bytes.
const longestWord = 48

// readWords reads the files of all languages. A file that cannot be read is a
// fault of the build.
func readWords() (all map[string]class, several map[string][]string, english map[string]bool) {
	all, several, english = map[string]class{}, map[string][]string{}, map[string]bool{}
	files, err := wordFiles.ReadDir("words")
	if err != nil {
		panic(err)
	}
	slices.SortStableFunc(files, func(a, b fs.DirEntry) int { // English first
		return compareBool(a.Name() != "en.txt", b.Name() != "en.txt")
	})
	for _, f := range files {
		text, err := wordFiles.ReadFile("words/" + f.Name())
		if err != nil {
			panic(err)
		}
		for line := range strings.Lines(string(text)) {
			names, list, ok := strings.Cut(line, ":")
			if ok && !strings.HasPrefix(line, "#") {
				readLine(classesOf(names), list, all, several)
			}
		}
		if f.Name() == "en.txt" {
			for word := range all {
				english[word] = true
			}
		}
	}
	return all, several, english
}

// classesOf reads what the words of a line do: "filler+beside".
func classesOf(names string) class {
	var c class
	for name := range strings.SplitSeq(names, "+") {
		if classNames[name] == 0 {
			panic("words: nothing is called " + name)
		}
		c |= classNames[name]
	}
	return c
}

// readLine reads the words of a line; those in quotes belong together.
func readLine(c class, list string, all map[string]class, several map[string][]string) {
	for i, part := range strings.Split(list, `"`) {
		if i%2 == 1 {
			first := part[:wordEnd(part, 0)]
			several[first] = append(several[first], part)
			continue
		}
		for word := range strings.FieldsSeq(part) {
			all[word] |= c
			if all[word]&denies != 0 { // in whatever language
				all[word] &^= asks | parts | fills
			}
		}
	}
}

// classOf is the class of a word. What stands after an apostrophe says nothing
// ("what's") unless it denies ("isn't").
func classOf(word string) class {
	if len(word) > longestWord {
		return 0
	}
	var buf [longestWord]byte
	k := appendLower(buf[:0], word)
	if c := questionWords[string(k)]; c != 0 {
		if !english[string(k)] && isCapitals(word) {
			return 0
		}
		return c &^ levels
	}
	if i := strings.IndexByte(string(k), '\''); i > 0 {
		if rest := string(k[i:]); rest == "'t" {
			return denies
		}
		return questionWords[string(k[:i])] &^ levels
	}
	return 0
}

// isCapitals reports whether a word of several letters has no small one.
func isCapitals(word string) bool {
	return utf8.RuneCountInString(word) > 1 && !strings.ContainsFunc(word, unicode.IsLower)
}

// isLevel reports whether a word marks an update or a pre-release of a release.
func isLevel(word string) bool {
	var buf [longestWord]byte
	return len(word) <= longestWord && questionWords[string(appendLower(buf[:0], word))]&levels != 0
}

// appendLower appends a word in lower case, its apostrophes as typed on a keyboard.
func appendLower(dst []byte, word string) []byte {
	for _, c := range word {
		if c == '’' || c == '‘' {
			c = '\''
		}
		dst = utf8.AppendRune(dst, unicode.ToLower(c))
	}
	return dst
}

// phraseEnd gives where a phrase that changes nothing ends, which begins at a place;
// the place where none does. One that ends with a question mark stands at the
// end of a sentence.
func phraseEnd(text string, at int) int {
	end := wordEnd(text, at)
	if end == at || end-at > longestWord {
		return at
	}
	var buf [longestWord]byte
	for _, p := range phrases[string(appendLower(buf[:0], text[at:end]))] {
		p, last := strings.CutSuffix(p, "?")
		if len(text)-at < len(p) || !strings.EqualFold(text[at:at+len(p)], p) || isWord(first(text, at+len(p))) {
			continue
		}
		after := strings.TrimLeft(text[at+len(p):], " \t)")
		if !last || after == "" || strings.ContainsRune("?!.;\n", rune(after[0])) {
			return at + len(p)
		}
	}
	return at
}
