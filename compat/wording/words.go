package wording

import (
	"embed"
	"io/fs"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/testedon/testedon/internal/order"
)

// Class is what a word does in a question. Zero is a word that is not known, and
// may be a name.
type Class uint64

// The classes, of which a word may have several.
const (
	Asks     Class = 1 << iota // it belongs to the question and changes nothing
	Parts                      // it stands between the things asked about
	Fills                      // it may stand between a name and its version
	Within                     // it may stand within a version: "11 or later"
	Joins                      // so, but never at its end
	Denies                     // what follows is not there
	Newest                     // it asks for the latest release of a product
	Counts                     // the number before it is an amount, not a version
	Relates                    // it is the verb between a technology and a product
	Relation                   // it stands behind that verb
	Leaves                     // so it denies, and plainly: what follows is left out
	Elides                     // it stands before a name, with an apostrophe: "l'"
	// What follows is asked for by Is; the word may be a name all the same.
	Nots    // what follows is left out behind "but" or a comma
	Buts    // it may stand before such a word
	Ands    // it joins what stands on both sides, as things of one sort
	Levels  // it marks an update or a pre-release of a release
	Tallies // the number before it says nothing of the environment: "12 nodes"
	Months  // it is a month, or stands for one
	Dates   // a day or a year may follow it: "since 2024"
	Chips   // it stands beside the name of a processor: "the M1 chip"
	Silicon // it is a processor only beside such a word
	Clients // what connects to a server: a driver, a client program
	Which   // it asks which there are
	Issues  // it stands for the releases or versions of something
	Listens // it asks for ports
	Demands // it asks what a machine must have
	Differs // it asks what changes between two releases
	Starts  // the release to begin with follows
	Ends    // the release to end with follows, where the words ask for a move
	Moves   // it asks for a change of release: "upgrade"
	Times   // it says another time than today
	Wishes  // it says that what is named is not there, or not yet: "we plan to"
	Retests // it asks what to test again
	Plans   // it asks what to test with
	Cites   // it asks where things are written
	Covers  // it asks what the record lacks
	Spans   // it says that a time from or until today is meant: "in the next 6 months"
	english // it is a word in capitals as well
	hidden  = ^(Nots - 1)
)

// classNames are the words by which the files in words name what their words do.
var classNames = map[string]Class{
	"filler": Asks, "part": Asks | Parts, "beside": Fills, "within": Within, "joins": Joins,
	"deny": Denies, "newest": Newest, "count": Counts, "relate": Relates, "relation": Relation, "leave": Denies | Leaves, "elide": Asks | Elides,
	"not": Nots, "but": Buts, "and": Ands, "level": Levels, "tally": Tallies, "month": Months, "date": Dates, "chip": Chips, "silicon": Silicon, "client": Clients,
	"which": Which, "issue": Issues, "listen": Listens, "demand": Demands, "differ": Differs, "start": Starts, "end": Ends, "move": Moves, "wish": Wishes, "time": Asks | Times,
	"retest": Retests, "plan": Plans, "cite": Cites, "cover": Covers, "span": Spans,
}

//go:embed words/*.txt
var wordFiles embed.FS

// questionWords are the words of a question by what they do, and the phrases that change
// nothing, by their first word. They are all that a question may have besides
// names and versions and still pass. In capitals only English ones are words: "HA"
// is no Italian.
var questionWords = sync.OnceValue(readWords)

// words are what the files say.
type words struct {
	classes      map[string]Class
	phrases      map[string][]string
	longestGlued int // bounds, in bytes, the words of scripts without blanks
}

// longestWord bounds the words of a question that are looked up, in bytes.
const longestWord = 48

// readWords reads the files of all languages. A file that cannot be read is a
// fault of the build.
func readWords() *words {
	all := &words{classes: map[string]Class{}, phrases: map[string][]string{}}
	files, err := wordFiles.ReadDir("words")
	if err != nil {
		panic(err)
	}
	order.Stable(files, func(a, b fs.DirEntry) int { // English first: nothing but ".txt" is left of its name
		return strings.Compare(strings.TrimPrefix(a.Name(), "en"), strings.TrimPrefix(b.Name(), "en"))
	})
	for _, f := range files {
		text, err := wordFiles.ReadFile("words/" + f.Name())
		if err != nil {
			panic(err)
		}
		for line := range strings.Lines(string(text)) {
			names, list, ok := strings.Cut(line, ":")
			if ok && !strings.HasPrefix(line, "#") {
				all.readLine(classesOf(names), list)
			}
		}
		if f.Name() == "en.txt" {
			for word := range all.classes {
				all.classes[word] |= english
			}
		}
	}
	return all
}

// classesOf reads what the words of a line do: "filler+beside".
func classesOf(names string) Class {
	var c Class
	for name := range strings.SplitSeq(names, "+") {
		if classNames[name] == 0 {
			panic("words: nothing is called " + name)
		}
		c |= classNames[name]
	}
	return c
}

// readLine reads the words of a line; those in quotes belong together.
func (w *words) readLine(c Class, list string) {
	all := w.classes
	for i, part := range strings.Split(list, `"`) {
		if i%2 == 1 {
			first := part[:strings.IndexAny(part+" ", " -?")]
			w.phrases[first] = append(w.phrases[first], part)
			all[part] |= c & (Asks | hidden)
			continue
		}
		for word := range strings.FieldsSeq(part) {
			all[word] |= c
			if all[word]&Denies != 0 { // in whatever language
				all[word] &^= Asks | Parts | Fills
			}
			if IsGlued(First(word, 0)) {
				w.longestGlued = max(w.longestGlued, len(word))
			}
		}
	}
}

// ClassOf is the class of a word, as far as it makes it one of a question. What stands
// after an apostrophe says nothing ("what's") unless it denies ("isn't").
func ClassOf(word string) Class {
	if len(word) > longestWord {
		return 0
	}
	var buf [longestWord]byte
	k := appendLower(buf[:0], word)
	all := questionWords().classes
	if c := all[string(k)]; c&^hidden != 0 {
		if c&(english|Elides) == 0 && IsCapitals(word) {
			return 0
		}
		return c &^ hidden
	}
	if i := strings.IndexByte(string(k), '\''); i > 0 {
		if rest := string(k[i:]); rest == "'t" {
			return Denies
		}
		return all[string(k[:i])] &^ hidden
	}
	return 0
}

// Is gives which of some classes a word is of, those besides that a name may have.
func Is(word string, of Class) Class {
	if len(word) > longestWord {
		return 0
	}
	var buf [longestWord]byte
	return questionWords().classes[string(appendLower(buf[:0], word))] & of
}

// IsCapitals reports whether a word of several letters has capitals and no small one.
func IsCapitals(word string) bool {
	return utf8.RuneCountInString(word) > 1 && strings.ContainsFunc(word, unicode.IsUpper) && !strings.ContainsFunc(word, unicode.IsLower)
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

// PhraseEnd gives where a phrase that changes nothing ends, which begins at a place;
// the place where none does. One that ends with a question mark stands at the
// end of a sentence.
func PhraseEnd(text string, at int) int {
	end := WordEnd(text, at)
	if end == at || end-at > longestWord {
		return at
	}
	var buf [longestWord]byte
	for _, p := range questionWords().phrases[string(appendLower(buf[:0], text[at:end]))] {
		p, last := strings.CutSuffix(p, "?")
		if len(text)-at < len(p) || !strings.EqualFold(text[at:at+len(p)], p) || IsWord(First(text, at+len(p))) {
			continue
		}
		after := strings.TrimLeft(text[at+len(p):], " \t)")
		if !last || after == "" || strings.ContainsRune("?!.;\n", rune(after[0])) {
			return at + len(p)
		}
	}
	return at
}
