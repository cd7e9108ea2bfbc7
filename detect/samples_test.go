package detect_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/detect"
	shared "github.com/testedon/testedon/internal/sample"
)

// sample is what machines print and what is found in it. The files in
// testdata/samples hold them one after the other, each as
//
//	-- text TITLE --
//	what is printed; several texts may follow each other
//	-- want --
//	KIND TECHNOLOGY VERSION FROM    a finding, in order; - for no version
//	= PRODUCT RELEASE FROM          a product, in order; - for no release
//	? TEXT                          what is unrecognised, up to its reason, in order
//	! TEXT                          what must not be given back anywhere
//
// and a # begins a comment in what is wanted.
type sample struct {
	name  string
	texts []string
	want  []string // findings and unrecognised texts
	never []string
}

func samples(t testing.TB) []sample {
	t.Helper()
	files, err := filepath.Glob("testdata/samples/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no samples", err)
	}
	var all []sample
	for _, name := range files {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, read(t, strings.TrimSuffix(filepath.Base(name), ".txt"), archive.Files)...)
	}
	return all
}

func read(t testing.TB, family string, files []txtar.File) []sample {
	t.Helper()
	var all []sample
	open := false
	for _, f := range files {
		word, title, _ := strings.Cut(f.Name, " ")
		switch {
		case word == "text" && !open:
			all = append(all, sample{name: family + "/" + title, texts: []string{string(f.Data)}})
			open = true
		case word == "text":
			all[len(all)-1].texts = append(all[len(all)-1].texts, string(f.Data))
		case word == "want" && open:
			all[len(all)-1].expect(string(f.Data))
			open = false
		default:
			t.Fatalf("%s: section %q is not expected here", family, f.Name)
		}
	}
	return all
}

func (s *sample) expect(want string) {
	for line := range strings.Lines(want) {
		line, _, _ = strings.Cut(line, " # ")
		line = strings.TrimSpace(line)
		if never, ok := strings.CutPrefix(line, "! "); ok {
			s.never = append(s.never, never)
		} else if line != "" && line[0] != '#' {
			s.want = append(s.want, line)
		}
	}
}

// told writes a result as a sample does. Of what is unrecognised, only as much
// as is wanted is compared.
func told(r *detect.Result, want []string) []string {
	var all []string
	for _, f := range r.Found {
		version := f.Version
		if version == "" {
			version = "-"
		}
		all = append(all, strings.Join([]string{f.Kind, f.Technology, version, f.From}, " "))
	}
	for _, p := range r.Products {
		release := "-"
		if p.Release != nil {
			release = p.Release.Version
		}
		all = append(all, strings.Join([]string{"=", p.Product.ID, release, p.From}, " "))
	}
	for i, text := range r.Unrecognised {
		line := "? " + text
		if at := len(r.Found) + len(r.Products) + i; at < len(want) && strings.HasPrefix(line, want[at]) {
			line = want[at]
		}
		all = append(all, line)
	}
	return all
}

func TestSamples(t *testing.T) {
	m := shared.Catalogue(t)
	for _, s := range samples(t) {
		t.Run(s.name, func(t *testing.T) {
			r := detect.Read(m, s.texts)
			if got := told(r, s.want); !slices.Equal(got, s.want) {
				t.Errorf("got\n\t%s\nwant\n\t%s", strings.Join(got, "\n\t"), strings.Join(s.want, "\n\t"))
			}
			check(t, m, r)
			for _, secret := range s.never {
				if whole := everything(r); strings.Contains(whole, secret) {
					t.Errorf("%q is given back in %s", secret, whole)
				}
			}
		})
	}
}

// TestEveryMarkedTechnologyHasASample makes sure that a technology which machine
// output can name is found in some sample, or is one of several that a line may mean.
func TestEveryMarkedTechnologyHasASample(t *testing.T) {
	m := shared.Catalogue(t)
	found := map[string]bool{}
	unsure := ""
	for _, s := range samples(t) {
		r := detect.Read(m, s.texts)
		for _, f := range r.Found {
			found[f.Technology] = true
		}
		unsure += strings.Join(r.Unrecognised, "\n")
	}
	for _, technology := range m.Technologies("", "") {
		printed := slices.ContainsFunc(technology.Marks, func(m fact.Mark) bool { return m.In != fact.InJavaDistribution })
		if printed && !found[technology.ID] && !strings.Contains(unsure, technology.Name) {
			t.Errorf("no sample finds %s", technology.ID)
		}
	}
}

// everything joins all that a result gives back.
func everything(r *detect.Result) string {
	var b strings.Builder
	for _, f := range r.Found {
		b.WriteString(strings.Join([]string{f.Version, f.Asked.Text, f.Text}, "\n") + "\n")
	}
	b.WriteString(strings.Join(r.Unrecognised, "\n"))
	return b.String()
}
