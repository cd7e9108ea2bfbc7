package plan_test

import (
	"fmt"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/plan"
	"github.com/testedon/testedon/internal/sample"
)

func ExampleNew() {
	m, _ := compat.Build(sample.Small())
	shop, _ := m.Release("shop", "2.0")
	p, err := plan.New(plan.Question{Release: shop, Strategy: plan.Each})
	fmt.Println(len(p.Environments), "of", p.Combinations, err)
	for _, l := range p.Environments[0] {
		fmt.Println(l.Display())
	}
	// Output:
	// 6 of 12 <nil>
	// Alpha Linux 2.3
	// New KV 3.1
}
