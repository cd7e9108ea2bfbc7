package cli_test

import (
	"io"
	"net/http"
	"strings"
	"testing"
)

// What is assumed is told by every door that answers, and changes no answer.
func TestAssumedAtEveryDoor(t *testing.T) {
	s := serveEmbedded(t)
	get := func(path string) (int, string) {
		t.Helper()
		response, err := http.Get(s.base + path)
		if err != nil {
			t.Fatal(err)
		}
		defer response.Body.Close()
		text, err := io.ReadAll(response.Body)
		if err != nil {
			t.Fatal(err)
		}
		return response.StatusCode, string(text)
	}
	const asked = "product=mi&release=4.4.0&os=RHEL+9&jdk=Corretto+21&dbms=Postgres+17.2"
	for _, path := range []string{
		"/v1/check?" + asked, "/?" + asked, "/embed/check?" + asked, "/embed/check.html?" + asked, "/embed/check.md?" + asked,
		"/v1/ask?q=is+RHEL+9+tested+for+MI+4.4.0", "/?q=is+RHEL+9+tested+for+MI+4.4.0", "/v1/find?product=mi&os=RHEL+9", "/badge/mi/4.4.0.json?os=RHEL+9",
	} {
		for _, spelling := range []string{"amd64", "x86_64", "x64"} {
			_, without := get(path)
			address := path + "&arch=" + spelling
			if strings.Contains(path, "q=") {
				address = path + "+on+" + spelling
			}
			status, with := get(address)
			if status != http.StatusOK {
				t.Errorf("%s: %d: %s", address, status, with)
			}
			said := "`x86-64` is assumed: "
			if !strings.HasSuffix(strings.SplitN(path, "?", 2)[0], ".md") {
				said = "x86-64 is assumed: "
			}
			if !strings.Contains(path, "/badge") && (!strings.Contains(with, said) || strings.Contains(without, "is assumed: ")) {
				t.Errorf("%s does not say %q, or says it unasked:\n%s", address, said, with)
			}
			if strings.Contains(path, "/badge") && with != without {
				t.Errorf("%s:\n%s\nwithout:\n%s", address, with, without)
			}
		}
	}
	for _, path := range []string{
		"/v1/check?product=mi&release=4.4.0&arch=x86_64", "/?product=mi&release=4.4.0&arch=x86_64", "/embed/check.md?product=mi&release=4.4.0&arch=x86_64",
		"/v1/ask?q=does+MI+4.4.0+run+on+x86_64", "/v1/find?arch=x86_64", "/v1/compare?product=mi&from=4.3.0&to=4.4.0&arch=x86_64",
	} {
		status, text := get(path)
		if status != http.StatusBadRequest || !strings.Contains(strings.ReplaceAll(text, "`", ""), "names no component but what is assumed: x86-64") {
			t.Errorf("%s: %d: %s", path, status, text)
		}
	}
	// A question with texts is one with components, alone and among many.
	answer := struct {
		Items []struct{ Answer struct{ Verdict string } }
	}{}
	err := s.ask("/v1/checks", map[string]any{"items": []any{map[string]any{"product": "mi", "release": "4.4.0", "texts": []string{"NAME=\"Ubuntu\"\nVERSION_ID=\"24.04\"\nID=ubuntu\n", "x86_64"}}}}, &answer)
	if err != nil || len(answer.Items) != 1 || answer.Items[0].Answer.Verdict != "tested" {
		t.Errorf("%+v, %v", answer, err)
	}
}
