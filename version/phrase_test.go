package version

import (
	"strings"
	"testing"
)

func TestPhrases(t *testing.T) {
	schemes := map[string][]Label{
		"dotted": nil, "java": nil, "oracle-database": nil, "ubuntu": nil,
		"sql-server":     {{Text: "2019", Version: "15", Printed: true}, {Text: "2022", Version: "16", Printed: true}},
		"windows-server": {{Text: "2019", Version: "10.0.17763", Printed: true}, {Text: "2022", Version: "10.0.20348", Printed: true}},
	}
	for _, test := range []struct{ scheme, text, want string }{
		{"dotted", "17.2", "17.2"},
		{"dotted", ">=17.5", "17.5 or later"},
		{"dotted", "<9", "before 9"},
		{"dotted", ">=9 <18", "9 to 17"},
		{"dotted", ">=17 <17.2", "17 to 17.1"},
		{"dotted", "12.1 || 19", "12.1 || 19"},
		{"java", "8u452 or later", "8.0.452 or later"},
		{"oracle-database", "12c", "12c"},
		{"oracle-database", "11g", "11g"},
		{"oracle-database", "19.22", "19.22"},
		{"ubuntu", ">=20.04 <22.04", "20.04 or later but before 22.04"},
		{"ubuntu", "^24.04", "24.04 or later but before 25"},
		{"ubuntu", ">=20.04", "20.04 or later"},
		{"sql-server", ">=2019", "2019 or later"},
		{"sql-server", "2022 CU15", "2022 CU15"},
		{"windows-server", "2019 to 2022", "2019 to 2022"},
		{"windows-server", "<2022", "before 2022"},
		{"windows-server", ">2022", "after 2022"},
		{"windows-server", ">2019", "after 2019"},
		{"windows-server", ">=2022", "2022 or later"},
	} {
		s, err := NewScheme(test.scheme, schemes[test.scheme]...)
		if err != nil {
			t.Fatal(err)
		}
		r, err := s.ParseAsked(test.text)
		if err != nil {
			t.Fatal(err)
		}
		said := string(s.AppendPhrase(nil, r))
		again, err := s.ParseAsked(said)
		if said != test.want || err != nil || !again.Equal(r) {
			t.Errorf("%s %s: %q, want %q, which reads as %v, %v", test.scheme, test.text, said, test.want, again, err)
		}
	}
}

// TestPhrasesOfSeries: a range is told to end with a version only where that may be one of a
// series that is known.
func TestPhrasesOfSeries(t *testing.T) {
	series := func(all ...string) (labels []Label) {
		for _, v := range all {
			labels = append(labels, Label{Version: v})
		}
		return labels
	}
	for _, test := range []struct {
		scheme     string
		series     []Label
		text, want string
	}{
		{scheme: "ubuntu", series: series("24.04", "24.10", "25.04"), text: "24.04 - 24.10", want: "24.04 to 24.10"},
		{scheme: "ubuntu", series: series("24.04", "24.10", "25.04"), text: ">=24.04 <25.04", want: "24.04 or later but before 25.04"},
		{scheme: "oracle-database", series: append(series("19", "23ai"), Label{Text: "21c", Version: "21", Printed: true}), text: ">=19 <21", want: "19 or later but before 21c"},
		{scheme: "oracle-database", series: series("18", "19", "21"), text: ">=18 <20", want: "18 to 19"},
		{scheme: "java", series: series("8", "11"), text: ">=8 <11", want: "8 or later but before 11"},
		{scheme: "dotted", series: series("9", "10"), text: ">=9 <10.4", want: "9 to 10.3"},
		{scheme: "dotted", series: series("8.0", "8.4", "9.0"), text: ">=8.0 <9", want: "8"},
		{scheme: "windows-server", series: []Label{{Text: "2019", Version: "10.0.17763", Printed: true}, {Text: "2022", Version: "10.0.20348", Printed: true}}, text: "^2019", want: "2019 or later but before 10.1"},
	} {
		s, err := NewScheme(test.scheme, test.series...)
		if err != nil {
			t.Fatal(err)
		}
		r, err := s.ParseAsked(test.text)
		if err != nil {
			t.Fatal(err)
		}
		said := string(s.AppendPhrase(nil, r))
		if again, err := s.ParseAsked(said); said != test.want || err != nil || !again.Equal(r) {
			t.Errorf("%s %s: %q, want %q, which reads as %v, %v", test.scheme, test.text, said, test.want, again, err)
		}
	}
}

func TestPartPhrases(t *testing.T) {
	for _, test := range []struct{ part, whole, want string }{
		{"17.2", "17", "17.2"},
		{">17.2 <18", "17", "later 17.x versions"},
		{">=17 <17.2", "17", "earlier 17.x versions"},
		{">17.2 <17.5", "17", "17.3 to 17.4"},
		{">=8.0.452 <9", ">=8.0.452", "later 8.x versions"},
		{">=9 <18", ">=8.0.452", "9 to 17"},
		{">=18", ">=8.0.452", "18 and later"},
		{">=2.6.3 <2.7", ">=2.6.3", "later 2.6.x versions"},
		{">=2.7", ">=2.6.3", "2.7 and later"},
		{">=17.5 <18", ">=17.5", "later 17.x versions"},
		{">=18 <18.3", ">=17.5", "earlier 18.x versions"},
		{">18.3 <19", ">=17.5", "later 18.x versions"},
		{"<9", "*", "versions before 9"},
		{"*", "*", "*"},
		{">=17 <17.2 || >=17.3 <18", "17", "other 17.x versions"},
		{">=17 <17.2 || 17.3 || >=17.5 <18", "17", "earlier 17.x versions|17.3|later 17.x versions"},
		{">=18 <18.3 || >=18.4 <19 || >=19", ">=17.5", "earlier 18.x versions|18.4 and later"},
	} {
		part, _ := Parse(test.part)
		whole, _ := Parse(test.whole)
		if all, _ := dotted.PartPhrases(part, whole, Range{}); strings.Join(all, "|") != test.want {
			t.Errorf("%s of %s: %q, want %q", test.part, test.whole, all, test.want)
		}
	}
}

// TestPartPhrasesOfWhatIs tells no part by a version that cannot be.
func TestPartPhrasesOfWhatIs(t *testing.T) {
	read := func(text string) Range {
		r, err := Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	never := read("9.8 - 26.6")
	for _, test := range []struct{ part, whole, want string }{
		{">=10", ">=9", "26.7 and later"},
		{"<9.2 || >=9.3", "*", "versions before 9.2|9.3 and later"},
		{">=8 <12", ">=8", "8 to 9.7"},
		{"9", ">=8", "9"},
	} {
		if all, _ := dotted.PartPhrases(read(test.part), read(test.whole), never); strings.Join(all, "|") != test.want {
			t.Errorf("%s of %s: %q, want %q", test.part, test.whole, all, test.want)
		}
	}
}
