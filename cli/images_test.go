package cli_test

import (
	"slices"
	"testing"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/internal/sample"
)

// TestImages asks for each image of the catalogue: what runs together in it is compatible
// at least, unless the vendor says no, and the answer names its tag.
func TestImages(t *testing.T) {
	m := sample.Catalogue(t)
	ds := m.Dataset()
	require, _ := compat.ParseRequire("compatible")
	asked := 0
	for i := range ds.Images {
		image := &ds.Images[i]
		q := compat.Question{Product: image.Product, Release: image.Release, Require: require}
		named := true
		for _, c := range image.Components {
			technology, err := m.Technology(c.Technology)
			if err != nil {
				t.Fatal(err)
			}
			named = named && c.Version != ""
			q.Components = append(q.Components, m.Resolve(compat.Asked{Kind: technology.Kind, Text: technology.ID + ":" + c.Version}))
		}
		var a compat.Answer
		if err := m.Check(q, &a); err != nil {
			t.Fatal(err)
		}
		asked++
		told := slices.ContainsFunc(a.Combination.Pairs, func(s *compat.Shipment) bool { return s.Image == image && s.Tag == image.Tag })
		if told != named || named && !a.Pass || a.Combination.Recorded && a.Combination.Result == "" {
			t.Errorf("%s: %s, told %v: %s", image.ID, a.Verdict, told, a.Summary())
		}
	}
	t.Logf("%d images", asked)
}
