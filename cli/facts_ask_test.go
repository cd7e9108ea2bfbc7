package cli_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/testedon/testedon/api"
	"github.com/testedon/testedon/api/answers"
	"github.com/testedon/testedon/cli"
)

// service is a testedon serve with the catalogue of the program.
type service struct {
	base    string
	sources map[string]api.Source // those asked for
}

// serveEmbedded starts a server that ends with the test.
func serveEmbedded(t *testing.T) *service {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	out, in := io.Pipe()
	var complaints bytes.Buffer
	ended := make(chan int, 1)
	go func() {
		args := []string{"serve", "--listen", "127.0.0.1:0", "--data", t.TempDir(), "--log-level", "error", "--drain", "0"}
		ended <- cli.Program{Args: args, Stdout: in, Stderr: &complaints}.Run(ctx)
		in.Close()
	}()
	lines := bufio.NewReader(out)
	first, err := lines.ReadString('\n')
	if err != nil {
		t.Fatalf("the server did not start: %s", complaints.String())
	}
	go io.Copy(io.Discard, lines)
	t.Cleanup(func() {
		stop()
		if code := <-ended; code != 0 {
			t.Errorf("the server ended with code %d: %s", code, complaints.String())
		}
	})
	return &service{base: strings.Fields(first)[3], sources: map[string]api.Source{}} // after "TestedOn answers at"
}

// ask sends a question, as GET where it has no body, and reads the answer.
func (s *service) ask(path string, question, answer any) error {
	method, body := http.MethodGet, io.Reader(nil)
	if question != nil {
		data, err := json.Marshal(question)
		if err != nil {
			return err
		}
		method, body = http.MethodPost, bytes.NewReader(data)
	}
	request, err := http.NewRequestWithContext(context.Background(), method, s.base+path, body)
	if err != nil {
		return err
	}
	request.Header.Set("Content-Type", "application/json")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	data, err := io.ReadAll(response.Body)
	if err != nil {
		return err
	}
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("%s: %s", response.Status, data)
	}
	return json.Unmarshal(data, answer)
}

// check asks about an environment: kind and text, one after the other. The
// product is asked for by the name that the facts have.
func (s *service) check(r row, components ...string) (*answers.Answer, error) {
	environment := map[string]string{}
	for pair := range slices.Chunk(components, 2) {
		environment[pair[0]] = pair[1]
	}
	answer := &answers.Answer{}
	err := s.ask("/v1/check", map[string]any{"product": r.product, "release": r.release, "environment": environment}, answer)
	return answer, err
}

// from reports whether a citation is of the source of a row.
func (s *service) from(r row, c answers.Citation) bool {
	source, known := s.sources[c.ID]
	if !known {
		if s.ask("/v1/sources/"+url.PathEscape(c.ID), nil, &source) != nil {
			return false
		}
		s.sources[c.ID] = source
	}
	id, handMade := strings.CutPrefix(r.sourceRepository, "seed:")
	switch {
	case source.Authority != r.authority || c.Authority != r.authority:
		return false
	case handMade: // a founding document, whose place is not known
		return source.ID == "wso2-"+id
	case r.authority == "site":
		return source.URL == "https://"+r.sourceRepository+r.sourcePath
	}
	return source.Document == strings.TrimSpace(r.sourceRepository+" "+r.sourcePath) && source.Revision == r.sourceRevision
}
