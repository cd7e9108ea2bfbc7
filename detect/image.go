package detect

import (
	"slices"
	"strconv"
	"strings"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/internal/str"
)

// kindJDK is the kind whose images hold the system that a product runs on.
const kindJDK = "jdk"

// imageRef is a reference to an image: [registry[:port]/]path[:tag][@digest].
type imageRef struct {
	path string // with the registry
	tag  string
}

// maxImage bounds a reference in bytes; names have at most 255, tags 128.
const maxImage = 512

// parseImage reads a reference to an image.
func parseImage(text string) (imageRef, bool) {
	if text == "" || len(text) > maxImage || strings.ContainsFunc(text, isNoImageRune) || !isWordRune(rune(text[0])) {
		return imageRef{}, false
	}
	text, _, _ = strings.Cut(text, "@")
	tag := ""
	if i := strings.LastIndexByte(text, ':'); i > strings.LastIndexByte(text, '/') {
		text, tag = text[:i], text[i+1:]
	}
	return imageRef{text, tag}, text != ""
}

func isNoImageRune(c rune) bool {
	return !isWordRune(c) && !strings.ContainsRune("./:@_-", c) || c >= 0x80
}

// imageLine reads a line that is a reference to an image, alone, after "docker pull" or
// "image:".
func imageLine(p *page, i int) int {
	if p.seen[p.lines[i]+unknown] {
		return 1
	}
	line := strings.TrimPrefix(cell(p.lines[i]), "docker pull ")
	if pair, ok := label(line); ok && pair.key == "image" && pair.value != "" {
		p.image("image", pair.value, p.lines[i])
		return 1
	}
	if ref, ok := parseImage(line); ok && strings.ContainsAny(line, ":/@") {
		if marked, _, _ := p.imageMark(ref); marked != nil || p.imageProduct(ref) != nil {
			p.image("image", line, p.lines[i])
			return 1
		}
	}
	return 0
}

// image records what a reference tells.
func (p *page) image(from, text, line string) {
	ref, _ := parseImage(text)
	marked, number, before := p.imageMark(ref)
	if marked == nil {
		product := p.imageProduct(ref)
		if product == nil {
			p.miss(line, unknown)
			return
		}
		release, variants, _ := strings.Cut(ref.tag, "-")
		if release == "" || !str.IsDigit(release[0]) {
			release, variants = "", ref.tag
		}
		p.product(product.ID, release, from, line)
		p.variants(from, nil, tagWords(variants), line)
		return
	}
	before = strings.TrimSuffix(before, "/")
	if space := before[strings.LastIndexByte(before, '/')+1:]; !strings.ContainsAny(space, ".:") && !slices.Contains(officials, space) {
		p.unread(line, "detect.image.space", strconv.Quote(space), marked[0].Name)
		return
	}
	words := tagWords(ref.tag)
	version, at := p.imageVersion(marked, words, number)
	if version == "" && slices.ContainsFunc(words, func(word string) bool { return str.IsDigit(word[0]) }) {
		p.unread(line, "detect.image.version", marked[0].Name)
		return
	}
	p.found(from, marked, version, line)
	if at >= 0 {
		words = slices.Delete(words, at, at+1)
	}
	p.variants(from, marked[0], words, line)
	for part := range strings.SplitSeq(ref.path, "/") {
		if system, version := p.variant(part, ""); system != nil && marked[0].Kind == kindJDK {
			p.found(from, system, version, line)
		}
	}
}

// imageProduct gives the product whose name is the last part of an image's, with or without
// that of its vendor, which the path holds: "wso2-apim/am"; nil for none.
func (p *page) imageProduct(ref imageRef) *compat.Product {
	name := ref.path[strings.LastIndexByte(ref.path, '/')+1:]
	products, _ := p.m.Select("")
	for _, product := range products {
		if !strings.Contains(strings.ToLower(ref.path), strings.ToLower(product.Vendor)) {
			continue
		}
		for _, called := range []string{name, product.Vendor + name} {
			if end, what := p.m.NameAt(called, 0, len(called)+1); what != nil && what.Product != nil && end == len(called) {
				return what.Product
			}
		}
	}
	return nil
}

// officials are the namespaces in which Docker keeps its official images. In any other that is no
// registry there may be anything of a name.
var officials = []string{"", "library", "amd64", "arm64v8", "localhost"}

// imageMark finds the mark of the longest end of an image's name, with its tag
// or else without, the number that stands in it for "#": "ubi9/ubi" is marked
// as "ubi#/ubi", and what stands before it.
func (p *page) imageMark(ref imageRef) (marked []*compat.Technology, number, before string) {
	for _, tag := range []string{":" + ref.tag, ""} {
		for path, more := ref.path, true; more; _, path, more = strings.Cut(path, "/") {
			before = ref.path[:len(ref.path)-len(path)]
			if marked = p.m.Marked(fact.InImage, path+tag); marked != nil {
				return marked, "", before
			}
			pattern, number := str.Numbered(path + tag)
			if marked = p.m.Marked(fact.InImage, pattern); marked != nil {
				return marked, number, before
			}
		}
	}
	return nil, "", ""
}

// imageVersion gives the version of an image: the first word of its tag that the
// technology reads, and where it stands. A number in its name counts more; the
// tag may then make it more precise, and is else the image's own.
func (p *page) imageVersion(marked []*compat.Technology, words []string, number string) (version string, at int) {
	inName, _, numberErr := p.shortest(marked[0], number)
	for i, word := range words {
		c, version, err := p.shortest(marked[0], word)
		if err != nil || c.Range.IsAll() {
			continue
		}
		if number == "" || numberErr == nil && c.Range.Within(inName.Range) {
			return version, i
		}
	}
	return number, -1
}

// variants records the systems that the words of a tag name, where the image holds that of the
// product, and names those words as unrecognised that say something else. The image is of a
// technology, or of a product: then a word may name its Java.
func (p *page) variants(from string, t *compat.Technology, words []string, line string) {
	for i, word := range words {
		next := ""
		if i+1 < len(words) && str.IsDigit(words[i+1][0]) {
			next = words[i+1]
		}
		system, version := p.variant(word, next)
		pattern, number := str.Numbered(word)
		switch {
		case system != nil:
			if t == nil || t.Kind == kindJDK {
				p.found(from, system, version, line)
			}
		case t != nil:
			if t.Strange(word) != "" && strings.Trim(word[1:], "0123456789._+") != "" && p.m.Marked(fact.InMachine, word) == nil { // unlike "jre", "b08"
				p.unread(line, tagWord, strconv.Quote(word))
			}
		case pattern == "jdk#" || pattern == "jre#" || pattern == "java#":
			p.someJava(from, number, line)
		case word != "latest" && !str.IsDigit(word[0]):
			p.miss(line, tagWord, strconv.Quote(word))
		}
	}
}

// tagWord is why a tag is not understood.
const tagWord = "detect.image.tag"

// someJava records a version of Java of which is not said whose it is.
func (p *page) someJava(from, version, line string) {
	p.add(reading{from, p.m.Marked(fact.InJavaRelease, "JAVA_VERSION"), version, line, unnamed})
}

// lowLine parts words in a tag: "alpine-3.13_glibc-2.32".
var lowLine = str.Regexp(`_([A-Za-z])`)

// tagWords parts a tag at hyphens, and at a low line before a word.
func tagWords(tag string) []string {
	return strings.FieldsFunc(lowLine().ReplaceAllString(tag, "-$1"), func(c rune) bool { return c == '-' })
}

// variant gives the system that a word names: "al2023", "ubi9", "ubuntu" before
// "22.04", or the name of a cycle, "jammy".
func (p *page) variant(word, next string) (marked []*compat.Technology, version string) {
	if marked := p.m.Marked(fact.InImageVariant, word); marked != nil {
		return marked, next
	}
	pattern, version := str.Numbered(word)
	if marked := p.m.Marked(fact.InImageVariant, pattern); marked != nil {
		return marked, version
	}
	return p.cycleNamed(word)
}

// cycleNamed finds the system, of those that images hold, that calls a cycle so.
func (p *page) cycleNamed(word string) (marked []*compat.Technology, version string) {
	if word == "" || str.IsDigit(word[0]) {
		return nil, ""
	}
	for _, t := range p.m.MarkedIn(fact.InImageVariant) {
		if c, _, err := p.shortest(t, word); err == nil && !c.Range.IsAll() {
			return []*compat.Technology{t}, word
		}
	}
	return nil, ""
}
