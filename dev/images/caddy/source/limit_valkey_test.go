package main

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
)

// edgeUser is what the operator writes for the gateways (cluster/valkey/EdgeLogin).
const edgeUser = "user edge on >secret resetkeys ~edge:* resetchannels -@all +time +get +set +eval +evalsha"

// valkey is a server of its own that knows the gateways' user.
type valkey struct {
	t       testing.TB
	port    int
	folder  string
	more    []string
	running *exec.Cmd
}

func startedValkey(t testing.TB, more ...string) *valkey {
	t.Helper()
	started := &valkey{t: t, port: freePort(t), folder: t.TempDir(), more: more}
	started.start()
	t.Cleanup(started.kill)
	return started
}

// start returns when it answers.
func (v *valkey) start() {
	v.t.Helper()
	program, err := exec.LookPath("valkey-server")
	if err != nil {
		v.t.Skip("there is no valkey-server in PATH: see dev/tools/valkey")
	}
	acl := filepath.Join(v.folder, "users.acl")
	if err := os.WriteFile(acl, []byte("user default on nopass ~* &* +@all\n"+edgeUser+"\n"), 0o600); err != nil {
		v.t.Fatal(err)
	}
	v.running = exec.Command(program, append([]string{"--port", fmt.Sprint(v.port), "--bind", "127.0.0.1", "--save", "", "--dir", v.folder, "--aclfile", acl}, v.more...)...)
	if err := v.running.Start(); err != nil {
		v.t.Fatal(err)
	}
	within(v.t, 10*time.Second, "Valkey answers", func() bool { return v.client().Ping(context.Background()).Err() == nil })
}

func (v *valkey) kill() {
	if v.running.ProcessState == nil {
		_ = v.running.Process.Kill()
		_ = v.running.Wait()
	}
}

func (v *valkey) client() *redis.Client {
	client := redis.NewClient(&redis.Options{Addr: fmt.Sprintf("127.0.0.1:%d", v.port), MaxRetries: -1})
	v.t.Cleanup(func() { _ = client.Close() })
	return client
}

func (v *valkey) uri() string { return fmt.Sprintf("redis://edge:secret@127.0.0.1:%d", v.port) }

// gateway is one that shares the buckets by now.
func (v *valkey) gateway() *lender { return v.gatewayBy(v.uri(), "") }

func (v *valkey) gatewayBy(uri, authority string) *lender {
	v.t.Helper()
	opened, err := open(uri, authority)
	if err != nil {
		v.t.Fatal(err)
	}
	v.t.Cleanup(func() { _ = opened.close() })
	within(v.t, 10*time.Second, "the gateway shares", func() bool { return !opened.away.Load() })
	return &lender{shared: opened, own: ownBuckets(2)}
}

// ownCertificate vouches for itself: its files, and its text.
func ownCertificate(t *testing.T) (string, string, string) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	about := &x509.Certificate{SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(time.Hour), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		IsCA: true, BasicConstraintsValid: true}
	der, err := x509.CreateCertificate(rand.Reader, about, about, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	private, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	text := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
	folder := t.TempDir()
	for name, content := range map[string][]byte{"tls.crt": text, "tls.key": pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: private})} {
		if err := os.WriteFile(filepath.Join(folder, name), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return filepath.Join(folder, "tls.crt"), filepath.Join(folder, "tls.key"), string(text)
}

func freePort(t testing.TB) int {
	t.Helper()
	listening, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listening.Close()
	return listening.Addr().(*net.TCPAddr).Port
}

func within(t testing.TB, limit time.Duration, what string, so func() bool) {
	t.Helper()
	for end := time.Now().Add(limit); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		if so() {
			return
		}
	}
	t.Fatalf("not within %s: %s", limit, what)
}

func slow(who string) []claim {
	return []claim{{zone: Zone{Name: "all", Requests: 100, Window: 3600, Burst: 20}, who: who}}
}

func TestTwoGatewaysShareOneBucketToTheToken(t *testing.T) {
	valkey := startedValkey(t)
	gateways := []*lender{valkey.gateway(), valkey.gateway()}
	var passed atomic.Int32
	var all sync.WaitGroup
	for worker := range 8 {
		all.Go(func() {
			for range 50 {
				if gateways[worker%2].take(slow("ann")).refused < 0 {
					passed.Add(1)
				}
			}
		})
	}
	all.Wait()
	if passed.Load() != 120 {
		t.Errorf("%d passed", passed.Load())
	}
	if gateways[0].take(slow("ben")).refused >= 0 {
		t.Error("another one is refused as well")
	}
}

func TestWhatIsRefusedByOneBucketIsTakenFromNone(t *testing.T) {
	gateway := startedValkey(t).gateway()
	all := Zone{Name: "all", Requests: 10, Window: 3600}
	chat := Zone{Name: "chat", Requests: 3, Window: 3600, Paths: []string{"/ws"}}
	both := []claim{{zone: all, who: "ann"}, {zone: chat, who: "ann"}}
	for range 3 {
		if said := gateway.take(both); said.refused >= 0 {
			t.Fatalf("refused: %+v", said)
		}
	}
	for range 5 {
		said := gateway.take(both)
		if said.refused != 1 || said.left[0] != 7 || said.left[1] != 0 || said.wait < 1190*time.Second || said.wait > 1200*time.Second {
			t.Errorf("it says %+v", said)
		}
	}
}

// By the clock of the server, at a rate that is a fraction of a microsecond wrong at most.
func TestNeverMoreThanAFullBucketAndWhatComesIn(t *testing.T) {
	gateway := startedValkey(t).gateway()
	zone := Zone{Name: "all", Requests: 333, Window: 1, Burst: 7}
	passed, began := 0, time.Now()
	for time.Since(began) < 2*time.Second {
		if gateway.take([]claim{{zone: zone, who: "ann"}}).refused < 0 {
			passed++
		}
	}
	most := float64(zone.volume()) + 333*time.Since(began).Seconds()
	if float64(passed) > most+1 || float64(passed) < most*0.97 {
		t.Errorf("%d passed of %.1f", passed, most)
	}
}

func TestKeysSayNobodysAddressAndExpire(t *testing.T) {
	valkey := startedValkey(t)
	valkey.gateway().take([]claim{{zone: Zone{Name: "all", Requests: 10, Window: 10}, who: "address 192.0.2.7"}})
	client := valkey.client()
	keys, err := client.Keys(context.Background(), "*").Result()
	if err != nil || len(keys) != 1 && len(keys) != 2 {
		t.Fatal(keys, err)
	}
	for _, key := range keys {
		if !strings.HasPrefix(key, prefix) || strings.Contains(key, "192") {
			t.Errorf("a key is %s", key)
		}
		if left := client.PTTL(context.Background(), key).Val(); left <= 0 || left > time.Second {
			t.Errorf("%s is there for %s more", key, left)
		}
	}
}

// As the operator writes it for every Valkey that has TLS.
func TestOverTLSItIsVerifiedByTheAuthorityThatIsGiven(t *testing.T) {
	certificate, key, authority := ownCertificate(t)
	port := freePort(t)
	valkey := startedValkey(t, "--tls-port", fmt.Sprint(port), "--tls-cert-file", certificate, "--tls-key-file", key,
		"--tls-ca-cert-file", certificate, "--tls-auth-clients", "no")
	uri := fmt.Sprintf("rediss://edge:secret@127.0.0.1:%d", port)
	if said := valkey.gatewayBy(uri, authority).take(slow("ann")); said.refused >= 0 || said.left[0] != 119 {
		t.Errorf("it says %+v", said)
	}
	_, _, another := ownCertificate(t)
	for _, untrusted := range []string{another, ""} {
		opened, err := open(uri, untrusted)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := opened.ask(slow("ann")); err == nil {
			t.Error("a server that nobody vouches for is trusted")
		}
		_ = opened.close()
	}
}

func TestTheUserOfTheGatewaysCanDoNothingElse(t *testing.T) {
	valkey := startedValkey(t)
	options, _ := redis.ParseURL(valkey.uri())
	edge := redis.NewClient(options)
	defer edge.Close()
	for _, command := range [][]any{
		{"get", "web_session:1"}, {"set", "llm_cache:x", "1"}, {"keys", "*"}, {"del", "edge:x"}, {"config", "get", "*"},
		{"flushall"}, {"eval", "return redis.call('GET', 'web_session:1')", 0}, {"eval", "return redis.call('DEL', KEYS[1])", 1, "edge:x"},
		{"publish", "__sentinel__:hello", "x"}, {"acl", "list"}, {"client", "list"}, {"replicaof", "no", "one"},
	} {
		if err := edge.Do(context.Background(), command...).Err(); err == nil || err == redis.Nil || !strings.Contains(err.Error(), "NOPERM") && !strings.Contains(err.Error(), "ACL") {
			t.Errorf("%v: %v", command, err)
		}
	}
}

func TestAValkeyThatIsKilledUnderLoadCostsNobodyARequestAndIsFoundAgain(t *testing.T) {
	valkey := startedValkey(t)
	gateway := valkey.gateway()
	var waited []time.Duration
	ask := func() {
		began := time.Now()
		gateway.take(slow(fmt.Sprint("client ", len(waited))))
		waited = append(waited, time.Since(began))
	}
	ask()
	valkey.kill()
	for range 1500 {
		ask()
		time.Sleep(time.Millisecond)
	}
	if !gateway.shared.away.Load() {
		t.Fatal("it is not noticed")
	}
	slices.Sort(waited)
	if longest := waited[len(waited)-1]; longest > 3*limitPatience {
		t.Errorf("somebody waited for %s", longest)
	}
	if late := waited[len(waited)*99/100]; late > 5*time.Millisecond {
		t.Errorf("more than one in a hundred waited: %s", late)
	}
	valkey.start()
	within(t, 5*time.Second, "Valkey is used again", func() bool { return !gateway.shared.away.Load() })
	if said := gateway.take(slow("ann")); said.refused >= 0 || said.left[0] != 119 {
		t.Errorf("it says %+v", said)
	}
}

// One that takes connections and says nothing: a node that is gone, or a server that stands still.
func TestAValkeyThatSaysNothingIsLeftAfterOnePatience(t *testing.T) {
	valkey := startedValkey(t)
	gateway := valkey.gateway()
	stop(t, valkey.running)
	began := time.Now()
	for range 200 {
		gateway.take(slow("ann"))
	}
	if took := time.Since(began); took < limitPatience/2 || took > 3*limitPatience {
		t.Errorf("200 requests took %s", took)
	}
	if gateway.take(slow("ann")).refused < 0 {
		t.Error("without Valkey nobody is refused")
	}
}

func TestWithoutItEachGatewayHasItsShare(t *testing.T) {
	gateway := &lender{own: ownBuckets(2)}
	passed := 0
	for range 200 {
		if gateway.take(slow("ann")).refused < 0 {
			passed++
		}
	}
	if passed != 60 {
		t.Errorf("%d passed", passed)
	}
}
