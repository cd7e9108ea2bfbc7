package survey_test

import (
	"fmt"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/survey"
	"github.com/testedon/testedon/internal/sample"
)

func ExampleFind() {
	m, _ := compat.Build(sample.Small())
	found, err := survey.Find(survey.FindQuestion{Products: m.Products(), Components: []compat.Component{m.Resolve(compat.Asked{Kind: "os", Text: "Alpha 2.3"})}, Limit: 1})
	fmt.Println(found.Summary(), err)
	// Output:
	// 1 of 2 releases passes. The best answer is that of Shop 2.0: tested. <nil>
}

func ExampleCompare() {
	m, _ := compat.Build(sample.Small())
	from, _ := m.Release("shop", "2.0")
	to, _ := m.Release("shop", "10.0")
	compared, err := survey.Compare(survey.CompareQuestion{From: from, To: to})
	fmt.Println(compared.Summary(), err)
	// Output:
	// Compared with 2.0, Shop 10.0 drops Alpha Linux, New KV and Old KV. <nil>
}
