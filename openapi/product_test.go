package openapi_test

import (
	"os/exec"
	"strings"
	"testing"
)

// TestProduct: what makes and checks the contract is not linked into the
// product.
func TestProduct(t *testing.T) {
	list := exec.Command("go", "list", "-deps", ".")
	list.Dir = ".."
	linked, err := list.Output()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"getkin/kin-openapi", "swaggo/swag", "chromedp", "testedon/openapi/generate", "testedon/openapi/contract"} {
		if strings.Contains(string(linked), name) {
			t.Errorf("the product links %s", name)
		}
	}
}
