package plain_test

import (
	"fmt"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/compat/plain"
)

func ExampleUnderstand() {
	m, err := compat.Build(&fact.Dataset{
		Kinds:        []fact.Kind{{ID: "dbms", Name: "database", Order: 1}},
		Technologies: []fact.Technology{{ID: "postgresql", Name: "PostgreSQL", Kind: "dbms", Scheme: "dotted", Aliases: []string{"Postgres"}}},
		Products:     []fact.Product{{ID: "shop", Name: "Shop", Vendor: "Acme"}},
		Releases:     []fact.Release{{Product: "shop", Version: "2.0"}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	u := plain.Understand(m, "Can I run Shop 2.0 on Postgres 17?")
	fmt.Println(u.Product.ID, u.Release.Version, u.Components[0].Query())
	fmt.Println(plain.Understand(m, "Postgres 17?").Summary(nil))
	// Output:
	// shop 2.0 postgresql:17
	// Name a product that is known here.
}
