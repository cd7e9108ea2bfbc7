// Package client asks a TestedOn server whether environments are tested.
//
//	c, err := client.New("https://testedon.example.com", client.Options{UserAgent: "my-pipeline/1.0"})
//	…
//	answer, err := c.Check(ctx, client.Question{
//		Product: "mi", Release: "4.4.0",
//		Environment: map[string][]string{"os": {"RHEL 9"}, "jdk": {"Corretto 21"}},
//	})
//	var p *client.Problem
//	if errors.As(err, &p) {
//		log.Fatal(p.Hint, p.Candidates) // how to mend the question, and what may have been meant
//	}
//
// The types have what programs decide by; all that an answer says is described by the contract of
// the server, /openapi.json, and can be read into a type of one's own by [Client.Get]. Members and
// words that this package does not know are no error: a server may be newer.
//
// A client may be used by several goroutines.
package client
