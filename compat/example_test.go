package compat_test

import (
	"fmt"

	"github.com/testedon/testedon/compat"
)

func ExampleBuild() {
	m, err := compat.Build(small())
	if err != nil {
		panic(err)
	}
	shop, err := m.Release("Shop", "2.0")
	if err != nil {
		panic(err)
	}
	var answer compat.Answer
	err = shop.Check(compat.Question{Components: []compat.Component{m.Resolve(compat.Asked{Kind: "os", Text: "Alpha Linux 2.3"})}}, &answer)
	fmt.Println(answer.Verdict, answer.Pass, err)
	fmt.Println(answer.Summary())
	// Output:
	// tested true <nil>
	// Alpha Linux 2.3 is listed as tested for Shop 2.0.
}

func ExampleMatrix_Resolve() {
	m, _ := compat.Build(small())
	for _, text := range []string{"alpha:2", "New KV 6.1", "Gamma Linux 1"} {
		if c := m.Resolve(compat.Asked{Kind: "os", Text: text}); c.Technology != nil {
			fmt.Println(c.Technology.ID, c.VersionText())
		} else {
			fmt.Println(c.Reason)
		}
	}
	// Output:
	// alpha 2
	// New KV is of kind cache; ask for it as cache
	// no technology of this kind is called that
}
