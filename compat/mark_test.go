package compat_test

import (
	"strings"
	"testing"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/internal/sample"
)

// marked is a dataset of technologies with marks.
func marked(technologies ...fact.Technology) *fact.Dataset {
	ds := &fact.Dataset{Kinds: []fact.Kind{{ID: "os", Order: 1}, {ID: "jdk", Order: 2}}}
	for _, t := range technologies {
		if t.Scheme == "" {
			t.Scheme = "dotted"
		}
		t.Name = strings.ToUpper(t.ID)
		ds.Technologies = append(ds.Technologies, t)
	}
	return ds
}

func marks(pairs ...string) []fact.Mark {
	var all []fact.Mark
	for i := 0; i < len(pairs); i += 2 {
		all = append(all, fact.Mark{In: fact.Place(pairs[i]), Text: pairs[i+1]})
	}
	return all
}

// ids lists technologies, "-" for none.
func ids(list []*compat.Technology) string {
	all := []string{}
	for _, t := range list {
		all = append(all, t.ID)
	}
	if len(all) == 0 {
		return "-"
	}
	return strings.Join(all, " ")
}

func TestMarked(t *testing.T) {
	m, err := compat.Build(marked(
		fact.Technology{ID: "rhel", Kind: "os", Marks: marks("os-release", "rhel", "os-name", "Red Hat", "os-name", "Red Hat Linux", "image", "ubi#")},
		fact.Technology{ID: "centos", Kind: "os", Marks: marks("os-release", "CentOS", "os-name", "CentOS")},
		fact.Technology{ID: "stream", Kind: "os", Marks: marks("os-release", "centos", "os-name", "CentOS Stream")},
		fact.Technology{ID: "zulu", Kind: "jdk", Marks: marks("java-vendor", "Zulu", "java-vendor", "rhel")},
	))
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ how, in, text, want string }{
		{how: "whole", in: "os-release", text: "rhel", want: "rhel"},
		{how: "whole", in: "os-release", text: "RHEL", want: "rhel"},
		{how: "whole", in: "os-release", text: "rhe", want: "-"},
		{how: "whole", in: "os-release", text: "rhel ", want: "-"},
		{how: "whole", in: "os-release", want: "-"},
		{how: "whole", in: "os-name", text: "rhel", want: "-"},
		{how: "whole", in: "nowhere", text: "rhel", want: "-"},
		{how: "whole", in: "os-release", text: "centos", want: "centos stream"},
		{how: "whole", in: "image", text: "ubi9", want: "-"}, // the number is for those who read images
		{how: "whole", in: "java-vendor", text: "rhel", want: "zulu"},
		{how: "prefix", in: "os-name", text: "Red Hat Linux 9", want: "rhel: 9"},
		{how: "prefix", in: "os-name", text: "Red Hat 9", want: "rhel: 9"},
		{how: "prefix", in: "os-name", text: "Red Hatter 9", want: "-"},
		{how: "prefix", in: "os-name", text: "CentOS Stream release 9", want: "stream: release 9"},
		{how: "prefix", in: "os-name", text: "centos streaming", want: "centos: streaming"},
		{how: "prefix", in: "os-name", text: "CentOS7", want: "centos:7"},
		{how: "prefix", in: "os-name", text: "CentOS", want: "centos:"},
		{how: "prefix", in: "os-name", text: "a CentOS", want: "-"},
		{how: "within", in: "java-vendor", text: "Runtime (Zulu17.1) x", want: "zulu"},
		{how: "within", in: "java-vendor", text: "zulu", want: "zulu"},
		{how: "within", in: "java-vendor", text: "ZZulu", want: "-"},
		{how: "within", in: "java-vendor", text: "1Zulu", want: "-"},
		{how: "within", in: "java-vendor", text: "Zuluü Zulus", want: "-"},
		{how: "within", in: "java-vendor", text: "Zulus Zulu", want: "zulu"},
		{how: "within", in: "os-name", text: "this is CentOS Stream", want: "stream"},
		{how: "within", in: "java-vendor", want: "-"},
	} {
		got := ""
		switch in := fact.Place(test.in); test.how {
		case "whole":
			got = ids(m.Marked(in, test.text))
		case "within":
			got = ids(m.MarkedWithin(in, test.text))
		case "prefix":
			rest, found := m.MarkedPrefix(in, test.text)
			if got = ids(found); found != nil {
				got += ":" + rest
			} else if rest != test.text {
				t.Errorf("without a mark, %q becomes %q", test.text, rest)
			}
		}
		if got != test.want {
			t.Errorf("%s %s %q: %s, want %s", test.how, test.in, test.text, got, test.want)
		}
	}
	if got := ids(m.MarkedIn("os-name")); got != "centos rhel stream" {
		t.Errorf("marked in os-name: %s", got)
	}
}

// TestStrange finds what stands beside a name and is not understood.
func TestStrange(t *testing.T) {
	m, err := compat.Build(marked(
		fact.Technology{ID: "rhel", Kind: "os", Cycles: []fact.Cycle{{Version: "9", Names: []string{"Plow"}}}, Marks: marks("os-name", "Red Hat", "plain", "Server", "plain", "R2")},
		fact.Technology{ID: "centos", Kind: "os", Family: "rhel", Marks: marks("os-name", "CentOS")},
		fact.Technology{ID: "zulu", Kind: "jdk", Marks: marks("plain", "Server")},
	))
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ id, text, want string }{
		{"rhel", "", ""},
		{"rhel", " 9.4 (17) –", ""},
		{"rhel", "red hat server9 R2", ""},
		{"rhel", "(Plow)", ""},
		{"rhel", "R3", "R3"},
		{"rhel", "Servers", "Servers"},
		{"rhel", "9.4 165f042", "165f042"},
		{"rhel", "(Постгрес 1)", "Постгрес"},
		{"rhel", "CentOS", "CentOS"},
		{"centos", "CentOS Server", ""},
		{"centos", "Red Hat", "Red"},
		{"zulu", "Server Plow", "Plow"},
	} {
		technology, err := m.Technology(test.id)
		if err != nil {
			t.Fatal(err)
		}
		if got := technology.Strange(test.text); got != test.want {
			t.Errorf("%s %q: %q, want %q", test.id, test.text, got, test.want)
		}
	}
}

func TestMarkFaults(t *testing.T) {
	for _, test := range []struct {
		marks []fact.Mark
		want  string
	}{
		{marks("os-relase", "a"), `technology one: mark "a" stands in "os-relase", which is no place; the places are [os-release`},
		{marks("os-release", ""), `technology one: mark "" in os-release is empty or has blanks around it`},
		{marks("os-release", " a"), "has blanks around it"},
		{marks("os-release", "a", "os-release", "A"), `technology one: mark "a" in os-release is there twice; keep one`},
		{marks("os-release", "other"), `technology other: mark "other" in os-release is one of one too, which is of another kind`},
	} {
		_, err := compat.Build(marked(
			fact.Technology{ID: "one", Kind: "os", Marks: test.marks},
			fact.Technology{ID: "other", Kind: "jdk", Marks: marks("os-release", "other", "image", "a")},
		))
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%v: %v, want %q", test.marks, err, test.want)
		}
	}
}

// TestName words technologies so that they are read again, whatever shares their
// names.
func TestName(t *testing.T) {
	m := sample.Catalogue(t)
	for _, test := range []struct{ id, version, want string }{
		{"rhel", "9.4", "rhel@9.4"},
		{"rhel", "", "rhel"},
		{"amd64", "", "amd64"},
		{"sles", "15 SP6", "sles@15 SP6"},
		{"windows", "10.0.26100", "windows@10.0.26100"},
		{"windows-server", "10.0.26100", "windows-server@10.0.26100"},
		{"oracle-jdk", "1.8.0_391", "oracle-jdk@1.8.0_391"},
		{"rhel", "nine", `error cannot read "nine"`},
		{"rhel", "9:4", "error cannot read"},
	} {
		technology, err := m.Technology(test.id)
		if err != nil {
			t.Fatal(err)
		}
		c, err := m.Name(technology, test.version)
		got := c.Text
		if err != nil {
			got = "error " + err.Error()
		}
		want, failing := strings.CutPrefix(test.want, "error ")
		if got != want && (!failing || !strings.Contains(got, want)) {
			t.Errorf("%s %q: %q, want %q", test.id, test.version, got, test.want)
		}
	}
	for text, want := range map[string]bool{"Windows Server 10.0.20348": true, "Windows Client 10.0.20348": false, "Windows Client 11": true, "nonsense": false} {
		if c := m.Resolve(compat.Asked{Kind: "os", Text: text}); c.Known() != want {
			t.Errorf("%s: known %v", text, !want)
		}
	}
}
