package compat

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/testedon/testedon/version"
)

// Mark is a word by which the output of a machine names a technology: the ID in
// /etc/os-release, the implementor of a JDK, the name of an image.
type Mark struct {
	In Place `json:"in"`
	// Text is the word as printed; upper and lower case are alike. In the names
	// and variants of images "#" stands for a number: "ubi#".
	Text string `json:"text"`
}

// Place is where a mark is printed.
type Place string

// The places of marks.
const (
	InOSRelease       Place = "os-release"       // ID of /etc/os-release, DISTRIB_ID, Distributor ID of lsb_release
	InOSName          Place = "os-name"          // full name of a system: "CentOS Stream"
	InWindowsVer      Place = "windows-ver"      // what `ver` prints before the version
	InUname           Place = "uname"            // first word of `uname -a`
	InMachine         Place = "machine"          // an architecture: "x86_64"
	InJavaImplementor Place = "java-implementor" // IMPLEMENTOR of $JAVA_HOME/release
	InJavaRelease     Place = "java-release"     // a key of $JAVA_HOME/release: "GRAALVM_VERSION"
	InJavaVendor      Place = "java-vendor"      // a word of IMPLEMENTOR_VERSION and of what `java -version` prints
	InJavaRuntime     Place = "java-runtime"     // the runtime's name in `java -version` where no vendor follows it
	InBanner          Place = "banner"           // how a server names itself, before its version: "PostgreSQL"
	InColumn          Place = "column"           // the heading above a bare version: "version()"
	InProgram         Place = "program"          // a program that prints the version of its server: "mysqld"
	InJDBC            Place = "jdbc"             // what follows "jdbc:": "postgresql"
	InJDBCHost        Place = "jdbc-host"        // the end of a host in a JDBC URL: "rds.amazonaws.com"
	InServer          Place = "server"           // a word beside the name and version of another server whose protocol it speaks: "Percona"
	InImage           Place = "image"            // the end of an image's name: "mssql/server", "ubi#/ubi"
	InImageVariant    Place = "image-variant"    // a word of an image's tag that names the system it holds: "ubi#"
)

// Places are the places of marks.
var Places = []Place{
	InOSRelease, InOSName, InWindowsVer, InUname, InMachine, InJavaImplementor, InJavaRelease, InJavaVendor,
	InJavaRuntime, InBanner, InColumn, InProgram, InJDBC, InJDBCHost, InServer, InImage, InImageVariant,
}

// mark is the text of marks with the technologies that share it.
type mark struct {
	text  string // in lower case
	found []*Technology
}

// marks indexes the marks of technologies by place, the longest first.
func (b *builder) marks() {
	b.m.marks = map[Place][]mark{}
	b.m.marked = map[Mark][]*Technology{}
	for i := range b.m.ds.Technologies {
		for _, m := range b.m.ds.Technologies[i].Marks {
			b.mark(&b.m.ds.Technologies[i], Mark{m.In, strings.ToLower(m.Text)})
		}
	}
	for m, found := range b.m.marked {
		b.m.marks[m.In] = append(b.m.marks[m.In], mark{m.Text, found})
	}
	for _, list := range b.m.marks {
		slices.SortFunc(list, func(a, b mark) int {
			return cmp.Or(cmp.Compare(len(b.text), len(a.text)), strings.Compare(a.text, b.text))
		})
	}
}

// mark adds one mark. Technologies of one kind may share it: what else is
// printed then decides.
func (b *builder) mark(t *Technology, m Mark) {
	where := "technology " + t.ID
	found := b.m.marked[m]
	switch {
	case !slices.Contains(Places, m.In):
		b.fault(where, "mark %q stands in %q, which is no place; the places are %v", m.Text, m.In, Places)
	case m.Text == "" || strings.TrimSpace(m.Text) != m.Text:
		b.fault(where, "mark %q in %s is empty or has blanks around it", m.Text, m.In)
	case slices.Contains(found, t):
		b.fault(where, "mark %q in %s is there twice; keep one", m.Text, m.In)
	case len(found) > 0 && found[0].Kind != t.Kind:
		b.fault(where, "mark %q in %s is one of %s too, which is of another kind", m.Text, m.In, found[0].ID)
	default:
		b.m.marked[m] = append(found, t)
	}
}

// Marked gives the technologies that text marks in a place, in the order of their
// IDs. It is nearly always one, or none.
func (m *Matrix) Marked(in Place, text string) []*Technology {
	return m.marked[Mark{in, strings.ToLower(text)}]
}

// MarkedIn gives the technologies of every mark of a place, each once.
func (m *Matrix) MarkedIn(in Place) []*Technology {
	var all []*Technology
	for _, mark := range m.marks[in] {
		for _, t := range mark.found {
			if !slices.Contains(all, t) {
				all = append(all, t)
			}
		}
	}
	return all
}

// MarkedPrefix gives the technologies of the longest mark of a place that text
// begins with, and what follows it.
func (m *Matrix) MarkedPrefix(in Place, text string) (rest string, found []*Technology) {
	for _, mark := range m.marks[in] {
		if mark.stands(text, 0) {
			return text[len(mark.text):], mark.found
		}
	}
	return text, nil
}

// MarkedWithin gives the technologies of the longest mark of a place that stands
// in text as a word of its own.
func (m *Matrix) MarkedWithin(in Place, text string) []*Technology {
	for _, mark := range m.marks[in] {
		for at := range text {
			if mark.stands(text, at) {
				return mark.found
			}
		}
	}
	return nil
}

// stands reports whether the mark stands in text at a byte, with no letter
// adjacent to it and no digit before it.
func (k *mark) stands(text string, at int) bool {
	end := at + len(k.text)
	if end > len(text) || !strings.EqualFold(text[at:end], k.text) {
		return false
	}
	return (at == 0 || !isLetter(text[at-1]) && !isDigit(text[at-1])) && (end == len(text) || !isLetter(text[end]))
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' || c >= 0x80 }

// Name words a technology in versions as printed, so that [Matrix.Resolve] reads
// just that: "rhel@9.4"; without versions, "rhel". Where the print has remarks that
// a question may not have, it is the versions in the technology's notation. The
// error says why the versions cannot be read, or that no name is the technology's
// alone.
func (m *Matrix) Name(t *Technology, printed string) (Component, error) {
	own := m.technologies[t.ID]
	versions, err := own.parseLabel(printed)
	if err != nil {
		return Component{}, err
	}
	_, plain := own.display(versions)
	for _, number := range []string{printed, plain} {
		for _, name := range t.names() {
			text := name
			if number != "" {
				text += "@" + number
			}
			if c := m.Resolve(Asked{t.Kind, text}); c.tech == own && c.Range.Equal(versions) {
				return c, nil
			}
		}
	}
	return Component{}, fmt.Errorf("%q of %s cannot be worded as a question", printed, t.Name)
}

// Known reports whether a known cycle of the technology holds the versions.
func (c *Component) Known() bool {
	return c.tech != nil && slices.ContainsFunc(c.tech.cycles, func(cycle version.Range) bool { return c.Range.Within(cycle) })
}
