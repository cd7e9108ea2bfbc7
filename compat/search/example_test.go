package search_test

import (
	"fmt"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/search"
	"github.com/testedon/testedon/internal/sample"
)

func ExampleFind() {
	m, _ := compat.Build(sample.Small())
	for _, hit := range search.Find(m, "alhpa linux") {
		fmt.Println(hit.Title()+":", hit.Why())
	}
	// Output:
	// Alpha Linux: It is 1 typing slip away from the name Alpha Linux.
}
