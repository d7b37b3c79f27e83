package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/caddyserver/caddy/v2/caddyconfig"
	"github.com/caddyserver/caddy/v2/caddyconfig/caddyfile"
)

// projected is the folder of a ConfigMap as a kubelet keeps it: the file is a link into a folder that is a link, and a
// change replaces the latter by one rename.
type projected struct {
	t      *testing.T
	folder string
	turn   int
}

func projectedIn(t *testing.T) *projected {
	t.Helper()
	return &projected{t: t, folder: t.TempDir()}
}

func (p *projected) file() string { return filepath.Join(p.folder, "addresses") }

// name writes a file of these servers, and is its revision.
func (p *projected) name(addresses ...string) (revision string) {
	p.t.Helper()
	revision = fmt.Sprintf("%012x", p.turn+1)
	p.write("# revision " + revision + "\n" + strings.Join(append(addresses, ""), "\n"))
	return revision
}

func (p *projected) write(text string) {
	p.t.Helper()
	p.turn++
	former, _ := os.Readlink(filepath.Join(p.folder, "..data"))
	now := fmt.Sprintf("..turn_%d", p.turn)
	p.must(os.Mkdir(filepath.Join(p.folder, now), 0o755))
	p.must(os.WriteFile(filepath.Join(p.folder, now, "addresses"), []byte(text), 0o644))
	p.must(os.Symlink(now, filepath.Join(p.folder, "..data_tmp")))
	p.must(os.Rename(filepath.Join(p.folder, "..data_tmp"), filepath.Join(p.folder, "..data")))
	if former == "" {
		p.must(os.Symlink(filepath.Join("..data", "addresses"), p.file()))
	} else {
		p.must(os.RemoveAll(filepath.Join(p.folder, former)))
	}
}

func (p *projected) must(err error) {
	p.t.Helper()
	if err != nil {
		p.t.Fatal(err)
	}
}

func TestAFileNamesServersByAddress(t *testing.T) {
	read, err := parseServers("# revision 0123456789ab\n10.0.0.7:8080\n[fd00::7]:8080\n")
	if err != nil || read.revision != "0123456789ab" || !slices.Equal(read.addresses, []string{"10.0.0.7:8080", "[fd00::7]:8080"}) {
		t.Errorf("%v %v", read, err)
	}
	nobody, err := parseServers("# revision 0123456789ab\n")
	if err != nil || len(nobody.addresses) != 0 {
		t.Errorf("%v %v", nobody, err)
	}
}

func TestAFileThatIsNotWholeIsNotTaken(t *testing.T) {
	for _, text := range []string{
		"", "\n", "10.0.0.7:8080\n", "# revision\n", "# revision 0123\n", "# revision 0123456789AB\n10.0.0.7:8080\n",
		"# revision 0123456789ab\n10.0.0.7\n", "# revision 0123456789ab\n\n10.0.0.7:8080\n",
		"# revision 0123456789ab\n10.0.0.7:0\n", "# revision 0123456789ab\n10.0.0.7:70000\n",
		"# revision 0123456789ab\nfd00::7:8080\n", "# revision 0123456789ab\n[fe80::1%eth0]:8080\n",
		"# revision 0123456789ab\nbots.example.com:8080\n", "# revision 0123456789ab\n{env.HOME}:8080\n",
		"# revision 0123456789ab\n10.0.0.7:8080 10.0.0.8:8080\n", "# revision 0123456789ab\n10.0.0.7:8080\r\n",
		"# revision 0123456789ab\n10.0.0.7:8080\n10.0.0.7:8080\n", "# revision 0123456789ab\n0.0.0.0:8080\n",
		"# revision 0123456789ab\n10.0.0.7:8080\n10.0.0.",
	} {
		if read, err := parseServers(text); err == nil {
			t.Errorf("%q is read as %v", text, read)
		}
	}
}

func TestTheDirectiveIsRead(t *testing.T) {
	read := new(Servers)
	text := "servers /x/addresses {\n otherwise bots:8080\n health_uri /up\n health_interval 3s\n health_timeout 2s\n}"
	if err := read.UnmarshalCaddyfile(caddyfile.NewTestDispenser(text)); err != nil {
		t.Fatal(err)
	}
	if read.File != "/x/addresses" || read.Otherwise != "bots:8080" || read.HealthURI != "/up" ||
		read.interval() != 3*time.Second || read.timeout() != 2*time.Second {
		t.Errorf("%+v", read)
	}
	for _, wrong := range []string{
		"servers", "servers /x /y", "servers /x {\n otherwise bots\n}", "servers /x {\n otherwise :8080\n}",
		"servers /x {\n health_uri up\n}", "servers /x {\n health_interval soon\n}", "servers /x {\n health_timeout 0s\n}",
		"servers /x {\n what ever\n}", "servers /x {\n health_uri\n}",
	} {
		if err := new(Servers).UnmarshalCaddyfile(caddyfile.NewTestDispenser(wrong)); err == nil {
			t.Errorf("%s is read", wrong)
		}
	}
}

func TestAFolderThatIsNotThereIsAnErrorOfTheConfiguration(t *testing.T) {
	if _, err := holdRoll(filepath.Join(t.TempDir(), "none", "addresses"), checking{}); err == nil {
		t.Error("nothing would ever be read")
	}
}

func TestTheDirectiveIsOneOfCaddy(t *testing.T) {
	text := "http://:80 {\n reverse_proxy {\n dynamic servers /x/addresses {\n otherwise bots:8080\n }\n }\n}"
	adapted, _, err := caddyconfig.GetAdapter("caddyfile").Adapt([]byte(text), nil)
	if err != nil || !strings.Contains(string(adapted), `{"file":"/x/addresses","otherwise":"bots:8080","source":"servers"}`) {
		t.Errorf("%s %v", adapted, err)
	}
}
