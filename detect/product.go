package detect

import (
	"strconv"

	"github.com/testedon/testedon/internal/str"
)

// product records the product that a format names, and the release as printed; false where
// no product is called so.
func (r *reader) product(name, release, from, line string) bool {
	end, what := r.m.NameAt(name, 0, len(name)+1)
	if what == nil || what.Product == nil || end != len(name) {
		return false
	}
	found := Product{Product: what.Product, From: from, Text: printable(line)}
	if releases := what.Product.Named(release); len(releases) == 1 {
		found.Release, found.Taken = releases[0], what.Product.Taken(release, releases[0])
	} else if release != "" {
		r.unread(line, "detect.product.release", what.Product.Name, strconv.Quote(release))
	}
	r.takeProduct(found)
	return true
}

// pack records the product whose pack is called so: "wso2am-4.2.0.95".
func (r *reader) pack(name, from, line string) bool {
	for i := 1; i+1 < len(name); i++ { // "wso2is-7.1.0-beta"
		if name[i] == '-' && str.IsDigit(name[i+1]) {
			return r.product(name[:i], name[i+1:], from, line)
		}
	}
	return false
}

// takeProduct keeps a product. One without a release yields to one with it, and of two that
// say the same the first stays.
func (r *reader) takeProduct(found Product) {
	for i := range r.products {
		switch other := &r.products[i]; {
		case other.Product != found.Product:
		case found.Release == nil || found.Release == other.Release:
			return
		case other.Release == nil:
			*other = found
			return
		}
	}
	r.products = append(r.products, found)
}
