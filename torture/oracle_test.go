//go:build torture

package torture

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
)

// question is something to ask a server.
type question struct{ method, target, media, body string }

// questions are of sixteen sorts. Each answer but those of lists has the digest of the
// catalogue that it stands on.
var questions = []question{
	{"GET", "/v1/check?product=mi&release=4.4.0&os=RHEL+9.4&jdk=Corretto+21&dbms=Postgres+17.2", "", ""},
	{"GET", "/v1/check?product=is&release=7.1.0&os=Ubuntu+24.04&dbms=MySQL+8.4&require=compatible", "", ""},
	{"GET", "/v1/ask?q=mi+4.4.0+with+rhel+9+and+postgres+17.2", "", ""},
	{"POST", "/v1/check", "application/json", `{"product":"apim","release":"4.4.0","environment":{"dbms":["Oracle 19c"],"os":["RHEL 8"]}}`},
	{"POST", "/v1/checks", "application/json", `{"items":[{"product":"mi","release":"4.4.0","environment":{"jdk":["Temurin 21"]}},{"product":"is","release":"7.1.0","environment":{"dbms":["MySQL 8.0"]}}]}`},
	{"POST", "/v1/detect", "application/json", `{"texts":["ID=\"rhel\"\nVERSION_ID=\"9.4\"","openjdk version \"21.0.5\" 2024-10-15 LTS"]}`},
	{"GET", "/v1/find?os=RHEL+9&dbms=Postgres+16&limit=5", "", ""},
	{"GET", "/v1/compare?product=mi&from=4.3.0&to=4.4.0&os=RHEL+9", "", ""},
	{"GET", "/v1/products/mi/releases/4.4.0", "", ""},
	{"GET", "/v1/products/mi/releases/4.4.0/test-plan", "", ""},
	{"GET", "/v1/products/ei/releases/6.3.0/requirements", "", ""},
	{"GET", "/v1/products/mi/releases/4.4.0/export", "", ""},
	{"GET", "/v1/claims?product=mi&limit=20", "", ""},
	{"GET", "/v1/search?q=postgres", "", ""},
	{"GET", "/v1/sources?limit=20", "", ""},
	{"GET", "/v1/catalogue", "", ""},
}

// everything is the whole catalogue in one answer.
var everything = question{"GET", "/v1/export", "", ""}

// ask sends a question to a server. What in an answer is of the request or of the number
// of the revision is left out of it.
func (q question) ask(base string) (status int, answer []byte, err error) {
	req, err := http.NewRequest(q.method, base+q.target, strings.NewReader(q.body))
	if err != nil {
		return 0, nil, err
	}
	if q.media != "" {
		req.Header.Set("Content-Type", q.media)
	}
	res, err := client.Do(req)
	if err != nil {
		return 0, nil, err
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	return res.StatusCode, plain(body), err
}

// plain is an answer without the number of the revision.
func plain(body []byte) []byte {
	const name = `"revision":`
	at := bytes.Index(body, []byte(name))
	if at < 0 {
		return body
	}
	from := at + len(name)
	to := from
	for to < len(body) && (body[to] == ' ' || '0' <= body[to] && body[to] <= '9') {
		to++
	}
	return slices.Concat(body[:from], []byte{'0'}, plain(body[to:]))
}

// digestIn gives the digest that an answer names; empty where it names none.
func digestIn(body []byte) string {
	_, after, _ := bytes.Cut(body, []byte(`"digest":`))
	after = bytes.TrimPrefix(bytes.TrimPrefix(after, []byte(" ")), []byte(`"`))
	digest, _, _ := bytes.Cut(after, []byte(`"`))
	return string(digest)
}

// truth is what a server to which nothing happened answers from a catalogue.
type truth struct {
	folder  string // of the catalogue
	digest  string
	rows    string // of its record; see [record.rows]
	answers map[question][]byte
}

// learn starts a server on a catalogue and asks it everything.
func learn(t testing.TB, folder string) *truth {
	t.Helper()
	data := t.TempDir()
	s := mustServe(t, "--catalogue", folder, "--data", data)
	u := &truth{folder: folder, answers: map[question][]byte{}}
	for _, q := range append([]question{everything}, questions...) {
		status, body, err := q.ask(s.base)
		if err != nil || status != http.StatusOK {
			t.Fatalf("%s: %d %v %.300s", q.target, status, err, body)
		}
		u.answers[q] = body
		if q.target == "/v1/catalogue" {
			u.digest = digestIn(body)
		}
	}
	if code := s.stop(); code != 0 {
		t.Fatalf("the server ends with %d: %s", code, s.log)
	}
	r, err := inspect(data)
	must(t, err)
	if u.rows = r.rows[1]; r.newest != 1 || u.rows == "" || r.digests[1] != u.digest {
		t.Fatalf("the record of %s is %+v", folder, r)
	}
	return u
}

// errWrong is an answer that is not the right one.
var errWrong = errors.New("WRONG ANSWER")

// hold asks a server everything, and holds the answers against the truth.
func (u *truth) hold(base string) error {
	for _, q := range append([]question{everything}, questions...) {
		if err := u.holdOne(base, q); err != nil {
			return err
		}
	}
	return nil
}

func (u *truth) holdOne(base string, q question) error {
	status, body, err := q.ask(base)
	if err != nil {
		return fmt.Errorf("%s: %w", q.target, err)
	}
	if status != http.StatusOK {
		return fmt.Errorf("%s: %d %.300s", q.target, status, body)
	}
	if !bytes.Equal(body, u.answers[q]) {
		return fmt.Errorf("%w to %s, from %s: %.300s", errWrong, q.target, digestIn(body), body)
	}
	return nil
}

// truths are those of two catalogues that differ in many files, made once.
func truths(t testing.TB) (first, second *truth) {
	t.Helper()
	made.Do(func() {
		dir, err := os.MkdirTemp("", "catalogues")
		must(t, err)
		made.dir = dir
		first, second := filepath.Join(dir, "first"), filepath.Join(dir, "second")
		must(t, os.CopyFS(first, os.DirFS("../seed/catalogue")))
		changed, err := edition(second, "second")
		must(t, err)
		figure(t, "catalogues", "the second differs from the first in %d files", changed)
		made.first, made.second = learn(t, first), learn(t, second)
	})
	if made.second == nil {
		t.Fatal("the catalogues could not be made")
	}
	if made.first.digest == made.second.digest {
		t.Fatal("the catalogues are the same")
	}
	return made.first, made.second
}

var made struct {
	sync.Once
	dir           string
	first, second *truth
}

var (
	titles = regexp.MustCompile(`(?m)^(title: .*?)("?)$`)
	quotes = regexp.MustCompile(`(?m)^(\s+quote: [^"'>|&#\[{\n][^#\n]*[^"': \n])$`)
)

// edition writes the catalogue with another title of each source, and another end of most
// quotes, to a folder.
func edition(folder, name string) (changed int, err error) {
	files := editionFiles(name, &err)
	if err != nil {
		return 0, err
	}
	for _, f := range files {
		path := filepath.Join(folder, f.name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return 0, err
		}
		if err := os.WriteFile(path, f.data, 0o644); err != nil {
			return 0, err
		}
		if f.changed {
			changed++
		}
	}
	return changed, nil
}

// catalogueFile is a file of a catalogue.
type catalogueFile struct {
	name    string
	data    []byte
	changed bool
}

func editionFiles(name string, failed *error) (files []catalogueFile) {
	const from = "../seed/catalogue"
	*failed = filepath.WalkDir(from, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		was, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		at, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		is := was
		switch filepath.Dir(at) {
		case "sources":
			is = titles.ReplaceAll(was, []byte(`$1, `+name+` edition$2`))
		default:
			if strings.HasPrefix(at, "releases/") {
				is = quotes.ReplaceAll(was, []byte(`$1 (`+name+`)`))
			}
		}
		files = append(files, catalogueFile{at, is, !bytes.Equal(is, was)})
		return nil
	})
	return files
}

// readiness is what /readyz says.
type readiness struct {
	Status   string          `json:"status"`
	Stale    json.RawMessage `json:"stale"`
	SetAside string          `json:"set_aside"`
}

func (s *server) readiness() (r readiness, status int, err error) {
	status, body, err := get(s.base + "/readyz")
	if err == nil {
		err = json.Unmarshal(body, &r)
	}
	return r, status, err
}
