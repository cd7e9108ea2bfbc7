package bench
import ("testing";"net/http/httptest";"io";"log/slog";"os";"strings"
"github.com/testedon/testedon/api";"github.com/testedon/testedon/compat";"github.com/testedon/testedon/seed")
func BenchmarkZ(b *testing.B){
 ds,_:=seed.Load(seed.Embedded()); m,_:=compat.Build(ds)
 s,_:=api.New(api.Options{Catalogue: api.Still{M:m}, Logger: slog.New(slog.NewTextHandler(io.Discard,nil))})
 t,_:=os.ReadFile(os.Getenv("PATHS")); ps:=strings.Split(strings.TrimSpace(string(t)),"\n")
 h:=s.Handler(); b.ReportAllocs(); i:=0
 for b.Loop(){ r:=httptest.NewRequest("GET",ps[i%len(ps)],nil); i++; w:=httptest.NewRecorder(); h.ServeHTTP(w,r); if w.Code!=200 {b.Fatal(w.Body.String())} }
}
