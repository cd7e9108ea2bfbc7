package api_test

import (
	"encoding/json"
	"fmt"
	"io"
	"mime/multipart"
	"net/url"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/testedon/testedon/api/answers"
	"github.com/testedon/testedon/detect"
)

// printed are what machines print of the environment of the question that
// everything is about.
var printed = []string{
	"ID=\"rhel\"\r\nVERSION_ID=\"9\"\r\n",
	"openjdk version \"21.0.5\" 2024-10-15 LTS\nOpenJDK Runtime Environment Corretto-21.0.5.11.1 (build 21.0.5+11-LTS)\n\njdbc:postgresql://scott:t1ger@db/x\n17.2",
}

// textsBody is a body with texts, and more members before them.
func textsBody(t testing.TB, texts []string, more string) string {
	t.Helper()
	list, err := json.Marshal(texts)
	if err != nil {
		t.Fatal(err)
	}
	return "{" + more + `"texts": ` + string(list) + "}"
}

func TestDetect(t *testing.T) {
	c := newServer(t)
	got := ok[answers.Detected](t, c.post("/v1/detect", textsBody(t, append(printed, "nothing of it", "<script>\u0000alert(1)</script>"), "")))
	want := map[string]answers.DetectedComponent{
		"os":   {Technology: "rhel", Version: "9", From: "os-release", Text: `ID="rhel" VERSION_ID="9"`, Asked: "rhel@9"},
		"jdk":  {Technology: "corretto", Version: "21.0.5", From: "java-version", Asked: "corretto@21.0.5"},
		"dbms": {Technology: "postgresql", Version: "17.2", From: "jdbc-url", Text: "jdbc:postgresql:***", Asked: "postgresql@17.2"},
	}
	for kind, component := range want {
		if len(got.Environment[kind]) != 1 {
			t.Fatalf("%s: %+v", kind, got.Environment)
		}
		found := got.Environment[kind][0]
		if component.Text == "" {
			component.Text = found.Text
		}
		if found != component || found.Text == "" {
			t.Errorf("%s: %+v", kind, found)
		}
	}
	if len(got.Environment) != 3 || !slices.Equal(got.Unrecognised, []string{"nothing of it", "<script>alert(1)</script>"}) {
		t.Errorf("%+v", got)
	}
	if got.Catalogue == nil || got.Catalogue.Revision != 1 {
		t.Errorf("catalogue %+v", got.Catalogue)
	}
	nothing := ok[answers.Detected](t, c.post("/v1/detect", textsBody(t, []string{"uname: not found"}, "")))
	if nothing.Environment == nil || len(nothing.Environment) != 0 || len(nothing.Unrecognised) != 1 {
		t.Errorf("%+v", nothing)
	}
}

// TestCheckTexts asks with texts in place of an environment, and with both.
func TestCheckTexts(t *testing.T) {
	c := newServer(t)
	about := `"product": "mi", "release": "4.4.0", `
	response := c.post("/v1/check", textsBody(t, printed, about))
	got := ok[answers.Answer](t, response)
	if got.Verdict != "tested" || !got.Pass || len(got.Components) != 3 || got.Detected == nil || len(got.Detected.Environment) != 3 || got.Detected.Catalogue != nil {
		t.Errorf("%+v", got)
	}
	if response.header.Get("Content-Location") != "" {
		t.Error("a question with texts has no address")
	}
	if strings.Contains(string(response.body), "t1ger") {
		t.Error("the password is given back")
	}
	for _, c := range got.Components {
		if found := got.Detected.Environment[c.Kind]; len(found) != 1 || found[0].Asked != c.Asked {
			t.Errorf("%s is asked, %+v was found", c.Asked, found)
		}
	}

	// Texts add to the environment, wherever they stand in the body.
	both := ok[answers.Answer](t, c.post("/v1/check", textsBody(t, append(printed, "no idea"), about+`"environment": {"arch": "arm64"}, `)))
	if len(both.Components) != 4 || both.Components[3].Kind != "arch" || both.Verdict != "compatible" || len(both.Detected.Unrecognised) != 1 {
		t.Errorf("%+v", both)
	}
	without := ok[answers.Answer](t, c.post("/v1/check", `{"product": "mi", "release": "4.4.0", "environment": {"os": "RHEL 9"}}`))
	if without.Detected != nil {
		t.Errorf("%+v", without.Detected)
	}
	tag := func(texts ...string) string {
		return c.post("/v1/check", textsBody(t, texts, about)).header.Get("Etag")
	}
	first, again, other := tag(printed[0]), tag(printed[0]), tag(printed[0], "no idea")
	if first == other || first != again {
		t.Error("the tag does not tell the texts apart")
	}
}

// badTexts are bodies with texts that nothing can be recognised in.
func badTexts(t *testing.T) []bad {
	t.Helper()
	big := strings.Repeat("x", detect.MaxText+1)
	many := slices.Repeat([]string{"RHEL 9"}, detect.MaxTexts+1)
	about := `"product": "mi", "release": "4.4.0", `
	return []bad{
		{"no texts", "/v1/detect", `{}`, 400, "invalid", "texts", `{"texts"`, ""},
		{"null for the texts", "/v1/detect", `{"texts": null}`, 400, "invalid", "texts", `{"texts"`, ""},
		{"null for a text", "/v1/detect", `{"texts": ["a", null]}`, 400, "invalid", "texts[1]", "out of the list", ""},
		{"an empty list", "/v1/detect", `{"texts": []}`, 400, "invalid", "texts", `{"texts"`, ""},
		{"an empty text", "/v1/detect", `{"texts": ["a", " \n"]}`, 400, "invalid", "texts[1]", "leave it out", ""},
		{"a text for the list", "/v1/detect", `{"texts": "a"}`, 400, "invalid", "texts", "/docs", ""},
		{"a number for a text", "/v1/detect", `{"texts": [1]}`, 400, "invalid", "texts[0]", "/docs", ""},
		{"a large text", "/v1/detect", textsBody(t, []string{"a", big}, ""), 413, "too_large", "texts[1]", "part", ""},
		{"many texts", "/v1/detect", textsBody(t, many, ""), 400, "invalid", "texts", "several outputs", ""},
		{"texts twice", "/v1/detect", `{"texts": ["a"], "texts": ["b"]}`, 400, "invalid", "texts", "once", ""},
		{"another member", "/v1/detect", `{"text": ["a"]}`, 400, "invalid", "text", "Did you mean texts?", "texts"},
		{"something after", "/v1/detect", `{"texts": ["a"]} {}`, 400, "invalid", "body", "nothing after", ""},
		{"no JSON", "/v1/detect", `ID=rhel`, 400, "invalid", "body", `{"texts"`, ""},
		{"no UTF-8", "/v1/detect", "{\"texts\": [\"\xff\"]}", 400, "invalid", "body", "UTF-8", ""},
		{"a parameter", "/v1/detect?texts=a", `{"texts": ["a"]}`, 400, "invalid", "texts", "", ""},
		{"a large body", "/v1/detect", `{"texts": ["a"]` + strings.Repeat(" ", 2<<20), 413, "too_large", "body", "", ""},
		{"a question with nothing in its texts", "/v1/check", textsBody(t, []string{"no idea"}, about), 400, "invalid", "texts", "no idea", ""},
		{"a question with an empty text", "/v1/check", textsBody(t, []string{""}, about), 400, "invalid", "texts[0]", "leave it out", ""},
		{"a question with 33 databases", "/v1/check", textsBody(t, databases(32), about+`"environment": {"os": "RHEL 9"}, `), 400, "invalid", "texts", "one environment", ""},
	}
}

// databases are texts that name as many versions.
func databases(n int) []string {
	var all []string
	for i := range n {
		all = append(all, "PostgreSQL 17."+strings.Repeat("1", i+1))
		if i >= 16 {
			all[i] = "PostgreSQL 16." + strings.Repeat("1", i-15)
		}
	}
	return all
}

func TestBadTexts(t *testing.T) {
	c := newServer(t)
	for _, b := range badTexts(t) {
		t.Run(b.name, func(t *testing.T) { b.verify(t, c.post(b.path, b.body)) })
	}
}

// TestTextsOfALargeBody reads more than a question may hold.
func TestTextsOfALargeBody(t *testing.T) {
	c := newServer(t)
	texts := slices.Repeat([]string{strings.Repeat("words that say nothing\n", 2000)}, 10)
	got := ok[answers.Detected](t, c.post("/v1/detect", textsBody(t, append(texts, printed...), "")))
	if len(got.Environment) != 3 || len(got.Unrecognised) != 1 {
		t.Errorf("%+v", got)
	}
}

// TestUnreadLines: a line of a text that could not be read and names something that is
// known may matter, and the answer does not pass; any other is told.
func TestUnreadLines(t *testing.T) {
	c := newSeeded(t)
	about := `"product": "mi", "release": "4.4.0", "environment": {"os": "RHEL 9"}, `
	for line, pass := range map[string]bool{
		"no idea": true, "load average: 0.1": true, "PostgreSQL 17.2 (Greenplum Database 8.0) on x86_64-pc-linux-gnu, compiled by gcc": false,
		"we run it on Oracle of some sort": false, "image: example/postgresql-operator:1.2": false, "WSO2 something 9": false,
	} {
		got := ok[answers.Answer](t, c.post("/v1/check", textsBody(t, []string{line}, about)))
		if got.Pass != pass || (len(got.Unread) == 0) != pass || len(got.Detected.Unrecognised) == 0 {
			t.Errorf("%s: pass %t, unread %q, unrecognised %q: %s", line, got.Pass, got.Unread, got.Detected.Unrecognised, got.Summary)
		}
	}
}

// TestPrintedField puts what a machine prints into the field of one component, which is read
// where it tells of just that.
func TestPrintedField(t *testing.T) {
	c := newSeeded(t)
	for _, test := range []struct{ kind, text, want string }{
		{"os", "docker.io/library/rockylinux:9.5", "rocky 9.5"},
		{"os", "registry.access.redhat.com/ubi9/ubi-minimal:9.4", "ubi 9.4"},
		{"os", "mcr.microsoft.com/windows/servercore:ltsc2022", "windows-server 2022"},
		{"os", "example.com/mirror/ubuntu:22.04", ""},
		{"os", "postgres:16-bookworm", ""},
		{"jdk", `openjdk version "17.0.10" 2024-01-16 LTS`, "java 17.0.10"},
		{"jdk", "docker.io/library/eclipse-temurin:17", "temurin 17"},
		{"dbms", "PostgreSQL 16.2 on x86_64-pc-linux-gnu, compiled by gcc (GCC) 11.4.1, 64-bit", "postgresql 16.2"},
		{"dbms", "PostgreSQL 16.2 (Foo 3) on x86_64-pc-linux-gnu, compiled by gcc (GCC) 11.4.1, 64-bit", ""},
		{"dbms", "psql (PostgreSQL) 16.2", ""},
		{"dbms", "jdbc:postgresql://db.abc.eu-west-1.rds.amazonaws.com/wso2", ""},
		{"dbms", "eclipse-temurin:17", ""},
		{"jdk", "java-17-amazon-corretto-headless-1:17.0.17+10-1.amzn2023.1.x86_64", "corretto 17.0.17"},
		{"jdk", "java-1.8.0-openjdk-1.8.0.432.b06-2.el8.x86_64", "redhat-openjdk 8.0.432"},
		{"dbms", "postgresql16-server-16.4-1PGDG.rhel9.x86_64", "postgresql 16.4"},
		{"dbms", "10.11.6-MariaDB-0+deb12u1", "mariadb 10.11.6"},
	} {
		got := ok[answers.Answer](t, c.get("/v1/check?product=mi&release=4.4.0&"+test.kind+"="+url.QueryEscape(test.text)))
		one := got.Components[0]
		if read := strings.TrimSpace(one.Technology + " " + one.Version); read != test.want || one.Asked != test.text || (one.Verdict == "unresolved") != (test.want == "") {
			t.Errorf("%s %q is %q, %s: %s", test.kind, test.text, read, one.Verdict, one.Why)
		}
	}
}

// formBody is a form with a part for each text, as a browser sends files.
func formBody(t testing.TB, texts ...string) (body, media string) {
	t.Helper()
	var b strings.Builder
	form := multipart.NewWriter(&b)
	for i, text := range texts {
		part, err := form.CreateFormFile(fmt.Sprintf("file%d", i), "printed.txt")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(part, text); err != nil {
			t.Fatal(err)
		}
	}
	if err := form.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String(), form.FormDataContentType()
}

// TestDetectBodies sends what was printed as one text and as the parts of a form: each tells
// what it tells as JSON.
func TestDetectBodies(t *testing.T) {
	c := newServer(t)
	want := ok[answers.Detected](t, c.post("/v1/detect", textsBody(t, printed, "")))
	form, media := formBody(t, append(printed, " \n")...) // the last is a field that was left empty
	for name, r := range map[string]response{
		// The validator of these tests knows no form whose parts are named as one likes.
		"form": c.beyond().do("POST", "/v1/detect", form, "Content-Type", media),
		"text": c.do("POST", "/v1/detect", strings.Join(printed, "\n"), "Content-Type", "text/plain; charset=utf-8"),
		"UTF-16": c.beyond().do("POST", "/v1/detect", "\xff\xfe"+string(utf16Of(strings.Join(printed, "\n"))),
			"Content-Type", "text/plain"),
	} {
		if got := ok[answers.Detected](t, r); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %+v, want %+v", name, got, want)
		}
	}
	for _, b := range []struct {
		bad
		media string
	}{
		{bad{"no text", "/v1/detect", "", 400, "invalid", "body", "leave it out", ""}, "text/plain"},
		{bad{"a large text", "/v1/detect", strings.Repeat("x", detect.MaxText+1), 413, "too_large", "body", "parts", ""}, "text/plain"},
		{bad{"another type", "/v1/detect", "<a/>", 415, "unsupported_media_type", "Content-Type", "application/json or text/plain or multipart/form-data", ""}, "text/xml"},
		{bad{"another charset", "/v1/detect", "a", 415, "unsupported_media_type", "Content-Type", "", ""}, "text/plain; charset=latin1"},
		{bad{"no parts", "/v1/detect", "--x--\r\n", 400, "invalid", "texts", "at least one part", ""}, "multipart/form-data; boundary=x"},
		{bad{"no boundary", "/v1/detect", "--x--\r\n", 400, "invalid", "body", "one text in each part", ""}, "multipart/form-data"},
		{bad{"a part cut short", "/v1/detect", "--x\r\nContent-Disposition: form-data; name=a\r\n\r\nID=rhel", 400, "invalid", "body", "one text in each part", ""}, "multipart/form-data; boundary=x"},
	} {
		t.Run(b.name, func(t *testing.T) { b.verify(t, c.beyond().do("POST", b.path, b.body, "Content-Type", b.media)) })
	}
	many, media := formBody(t, slices.Repeat([]string{"RHEL 9"}, detect.MaxTexts+1)...)
	(&bad{"many parts", "", "", 400, "invalid", "texts", "several outputs", ""}).verify(t, c.beyond().do("POST", "/v1/detect", many, "Content-Type", media))
}

func utf16Of(text string) (bytes []byte) {
	for _, unit := range utf16.Encode([]rune(text)) {
		bytes = append(bytes, byte(unit), byte(unit>>8))
	}
	return bytes
}

// TestNamedProduct asks with texts that name the product, and others than are asked about.
func TestNamedProduct(t *testing.T) {
	c := newSeeded(t)
	const log = "Product Version: MI 4.4.0.12\n"
	found := ok[answers.Detected](t, c.post("/v1/detect", textsBody(t, []string{log}, "")))
	if len(found.Products) != 1 || found.Products[0].Product != "mi" || found.Products[0].Release != "4.4.0" || found.Products[0].Assumed == "" || found.Contradictions != nil {
		t.Fatalf("%+v", found)
	}
	for _, test := range []struct{ members, text, product, release, contradicts string }{
		{``, log + "RHEL 9", "mi", "4.4.0", ""},
		{`"product": "mi", `, log + "RHEL 9", "mi", "4.4.0", ""},
		{`"product": "mi", "release": "4.4.0", `, log + "RHEL 9", "mi", "4.4.0", ""},
		{`"product": "mi", "release": "4.6.0", `, log + "RHEL 9", "mi", "4.6.0", "The texts name WSO2 Micro Integrator 4.4.0, and WSO2 Micro Integrator 4.6.0 is asked about: "},
		{`"product": "apim", "release": "4.6.0", `, log + "RHEL 9", "apim", "4.6.0", "The texts name WSO2 Micro Integrator, and WSO2 API Manager is asked about: "},
	} {
		body := textsBody(t, []string{test.text}, test.members)
		got := ok[answers.Answer](t, c.post("/v1/check", body))
		told := got.Detected.Contradictions
		if got.Product != test.product || got.Release != test.release || (len(told) != 0) != (test.contradicts != "") || len(told) > 0 && !strings.HasPrefix(told[0], test.contradicts) {
			t.Errorf("%s is %s %s, %q", test.members, got.Product, got.Release, told)
		}
		plain := c.do("POST", "/v1/check", body, "Content-Type", "application/json", "Accept", "text/plain")
		if !strings.Contains(string(plain.body), test.contradicts) {
			t.Errorf("%s in text: %s", test.members, plain.body)
		}
	}
	(&bad{"two releases", "", "", 400, "invalid", "release", "which of them", "4.4.0"}).verify(t, c.post("/v1/check", textsBody(t, []string{log, "WSO2 Micro Integrator 4.6.0", "RHEL 9"}, "")))
	(&bad{"two products", "", "", 400, "invalid", "product", "which of them", "mi"}).verify(t, c.post("/v1/check", textsBody(t, []string{log, "WSO2 API Manager 4.6.0", "RHEL 9"}, "")))
}
