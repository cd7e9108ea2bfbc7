package sheet

import (
	"strings"

	"github.com/goccy/go-yaml/ast"
)

// Data is a value of a document of any shape: a text; a list; keys with their values.
// Numbers, true and false are texts, as printed: 8.10 is not 8.1.
type Data struct {
	Line   int
	Text   string
	IsText bool
	Keys   []string // of Items; nil for a list
	Items  []*Data
}

// ReadData reads a document in YAML or JSON, within the limits of a file of a catalogue. What
// has no value is neither a text nor has it any items.
func ReadData(f File) (*Data, Problems) {
	if strings.HasSuffix(f.Name, ".json") { // tabs may indent it
		f.Data = []byte(strings.ReplaceAll(strings.TrimPrefix(string(f.Data), "\ufeff"), "\t", " "))
	}
	d := &document{file: f}
	root := d.parse()
	if root == nil {
		return nil, d.problems
	}
	return d.data(root), d.problems
}

// data gives what stands at a node.
func (d *document) data(n ast.Node) *Data {
	v := &Data{Line: max(placeOf(n).Line, 1)}
	switch node := n.(type) {
	case ast.MapNode:
		seen := map[string]bool{}
		for entries := node.MapRange(); entries.Next(); {
			key := entries.Key().GetToken()
			if seen[key.Value] {
				d.fault(tokenPlace(key), "key %q is there twice", key.Value)
			}
			seen[key.Value] = true
			v.Keys, v.Items = append(v.Keys, key.Value), append(v.Items, d.data(entries.Value()))
		}
	case *ast.SequenceNode:
		for _, item := range node.Values {
			v.Items = append(v.Items, d.data(item))
		}
	case *ast.NullNode:
	default:
		if v.Text, v.IsText = textOf(n); !v.IsText {
			v.Text, v.IsText = strings.TrimSpace(n.GetToken().Value), true
		}
	}
	return v
}
