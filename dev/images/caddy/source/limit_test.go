package main

import (
	"context"
	"encoding/base64"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/caddyserver/caddy/v2"
	"github.com/caddyserver/caddy/v2/caddyconfig/caddyfile"
	"github.com/caddyserver/caddy/v2/caddyconfig/httpcaddyfile"
	"github.com/caddyserver/caddy/v2/modules/caddyhttp"
	"github.com/prometheus/client_golang/prometheus"
)

const signingKey = "the key that bot servers sign with"

// written is what the operator writes.
const written = `limit {
	by ip
	zone all 100 60 20
	zone chat 30 60 0 /ws /api/chat
	zone files 50 60 0 /api/files /api/drive
	zone auth 10 60 0 /api/auth /auth
	zone llm 20 60 0 /api/llm
	gateways 2
}`

func limitOf(t *testing.T, text string) *Limit {
	t.Helper()
	parsed, err := parseLimit(httpcaddyfile.Helper{Dispenser: caddyfile.NewTestDispenser(text)})
	if err != nil {
		t.Fatal(err)
	}
	limit := parsed.(*Limit)
	ctx, cancel := caddy.NewContext(caddy.Context{Context: context.Background()})
	t.Cleanup(cancel)
	if err := limit.Provision(ctx); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = limit.Cleanup() })
	// Each has its own clock, and buckets that no test before it took from.
	limit.lender = &lender{own: ownBuckets(limit.Gateways)}
	return limit
}

// visitor asks from an address; of a tenant's host if it names one.
func visitor(ip, target string, vars map[string]any) *http.Request {
	request := httptest.NewRequest(http.MethodGet, "http://bots.test/", nil)
	request.URL.Path, request.URL.RawPath = "", ""
	if parsed, err := request.URL.Parse(target); err == nil {
		request.URL = parsed
	}
	known := map[string]any{caddyhttp.ClientIPVarKey: ip}
	for name, value := range vars {
		known[name] = value
	}
	return request.WithContext(context.WithValue(request.Context(), caddyhttp.VarsCtxKey, known))
}

func visit(t *testing.T, limit *Limit, request *http.Request) *httptest.ResponseRecorder {
	t.Helper()
	answer := httptest.NewRecorder()
	served := caddyhttp.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) error {
		_, err := io.WriteString(w, "served")
		return err
	})
	if err := limit.ServeHTTP(answer, request, served); err != nil {
		t.Fatal(err)
	}
	return answer
}

// passing is how many of so many requests pass.
func passing(t *testing.T, limit *Limit, asked int, request func(i int) *http.Request) int {
	t.Helper()
	passed := 0
	for i := range asked {
		if visit(t, limit, request(i)).Code == http.StatusOK {
			passed++
		}
	}
	return passed
}

func TestWhatPassesNamesTheLimitsAndWhatIsLeft(t *testing.T) {
	answer := visit(t, limitOf(t, written), visitor("192.0.2.1", "/ws", nil))
	if answer.Code != 200 || answer.Body.String() != "served" {
		t.Fatal(answer.Code, answer.Body)
	}
	if policy := answer.Header().Get("RateLimit-Policy"); policy != `"all";q=100;w=60;burst=20, "chat";q=30;w=60` {
		t.Error(policy)
	}
	// A gateway that is one of two and has nothing but itself has a half.
	if left := answer.Header().Get("RateLimit"); left != `"all";r=59;t=2, "chat";r=14;t=4` {
		t.Error(left)
	}
	if answer.Header().Get("Retry-After") != "" {
		t.Error("it is told to come again")
	}
}

func TestOverTheLimitTheAnswerSaysWhatAndWhen(t *testing.T) {
	limit := limitOf(t, written)
	asking := func(int) *http.Request { return visitor("192.0.2.1", "/api/auth/login", nil) }
	if passed := passing(t, limit, 8, asking); passed != 5 {
		t.Fatal(passed)
	}
	answer := visit(t, limit, asking(0))
	if answer.Code != 429 || answer.Header().Get("Retry-After") != "12" || answer.Header().Get("Cache-Control") != "no-store" {
		t.Error(answer.Code, answer.Header())
	}
	if left := answer.Header().Get("RateLimit"); !strings.HasSuffix(left, `"auth";r=0;t=12`) {
		t.Error(left)
	}
	if body := answer.Body.String(); body != "Too many requests: limit \"auth\" is 10 in 60 s. Try again in 12 s.\n" {
		t.Error(body)
	}
	if other := visit(t, limit, visitor("192.0.2.2", "/api/auth/login", nil)); other.Code != 200 {
		t.Error("another address is refused as well")
	}
	if elsewhere := visit(t, limit, visitor("192.0.2.1", "/suite/", nil)); elsewhere.Code != 200 {
		t.Error("another endpoint is refused as well")
	}
}

func TestEverySpellingOfAPathIsThePathsLimit(t *testing.T) {
	limit := limitOf(t, written)
	for _, one := range []struct{ zone, target string }{
		{"auth", "/api/auth/login"}, {"auth", "//api//auth/login"}, {"auth", "/api/./auth"}, {"auth", "/x/../api/auth"},
		{"auth", "/API/Auth/Login"}, {"auth", "/%61pi/auth"}, {"auth", "/api%2fauth"}, {"auth", "/api/%2e/auth"},
		{"auth", "/%2e%2e/api/auth"}, {"auth", "/%2561pi/auth"}, {"auth", "/api/x/%2e%2e/auth"}, {"auth", `/api\auth`},
		{"auth", "/api%5cauth"}, {"auth", "/auth/callback"}, {"auth", "/api/v1/auth/login"},
		{"chat", "/ws"}, {"chat", "/ws/support"}, {"chat", "/WS?bot_name=x"}, {"chat", "/wsx"}, {"chat", "/api/chat"},
		{"files", "/api/files/list"}, {"files", "/api/drive"}, {"llm", "/api/llm/v1/chat/completions"}, {"llm", "/api//LLM"},
	} {
		policy := visit(t, limit, visitor("2001:db8::1", one.target, nil)).Header().Get("RateLimit-Policy")
		if !strings.Contains(policy, `"`+one.zone+`"`) || !strings.Contains(policy, `"all"`) {
			t.Errorf("%s: %s", one.target, policy)
		}
	}
	for _, free := range []string{"/", "/suite/", "/api", "/api/sessions", "/apiauth", "/x/ws", "/%zz"} {
		if policy := visit(t, limit, visitor("2001:db8::1", free, nil)).Header().Get("RateLimit-Policy"); strings.Contains(policy, ",") {
			t.Errorf("%s: %s", free, policy)
		}
	}
}

func TestWhoAsksHowAHostIsCountsForNobodyInThatSpellingAlone(t *testing.T) {
	limit := limitOf(t, written)
	for _, path := range []string{"/health", "/api/health"} {
		if answer := visit(t, limit, visitor("192.0.2.1", path, nil)); answer.Header().Get("RateLimit") != "" || answer.Code != 200 {
			t.Error(path, answer.Header())
		}
	}
	for _, path := range []string{"/health/", "/Health", "/health/../ws", "/api/health/x", "/%68ealth", "/healthz", "//health"} {
		if answer := visit(t, limit, visitor("192.0.2.1", path, nil)); answer.Header().Get("RateLimit") == "" {
			t.Error(path, "counts for nobody")
		}
	}
	posted := visitor("192.0.2.1", "/api/health", nil)
	posted.Method = http.MethodPost
	if visit(t, limit, posted).Header().Get("RateLimit") == "" {
		t.Error("a body counts for nobody")
	}
}

func TestWhoHasAnIPv6NetworkHasOneBucket(t *testing.T) {
	limit := limitOf(t, written)
	asked := func(format string) func(int) *http.Request {
		return func(i int) *http.Request { return visitor(fmt.Sprintf(format, i), "/", nil) }
	}
	if passed := passing(t, limit, 100, asked("2001:db8:1:2::%x")); passed != 60 {
		t.Errorf("of one /64: %d", passed)
	}
	if passed := passing(t, limit, 100, asked("2001:db8:1:%x::1")); passed != 99 {
		t.Errorf("of a hundred, one of which is used up: %d", passed)
	}
	if passed := passing(t, limit, 100, asked("::ffff:192.0.2.%d")); passed != 100 {
		t.Errorf("of a hundred of IPv4: %d", passed)
	}
	if passed := passing(t, limit, 100, func(i int) *http.Request { return visitor("fe80::1%eth"+fmt.Sprint(i), "/", nil) }); passed != 60 {
		t.Errorf("of one with many zones: %d", passed)
	}
}

func TestWhatAClientSaysOfItselfBuysNothing(t *testing.T) {
	limit := limitOf(t, written)
	passed := passing(t, limit, 100, func(i int) *http.Request {
		request := visitor("192.0.2.1", fmt.Sprintf("/?%d", i), nil)
		for _, name := range []string{"X-Forwarded-For", "X-Real-IP", "Forwarded", "X-Generalbots-Tenant", "Cookie", "User-Agent", "Authorization"} {
			request.Header.Set(name, fmt.Sprint("Bearer ", i))
		}
		request.RemoteAddr = fmt.Sprintf("198.51.100.%d:1", i)
		return request
	})
	if passed != 60 {
		t.Errorf("%d passed", passed)
	}
}

func byUsers(t *testing.T) *Limit {
	t.Helper()
	file := filepath.Join(t.TempDir(), "jwt-secret")
	if err := os.WriteFile(file, []byte(signingKey+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return limitOf(t, strings.Replace(written, "by ip", "by user "+file, 1))
}

func showing(ip, token string) *http.Request {
	request := visitor(ip, "/", nil)
	request.Header.Set("Authorization", bearer+token)
	return request
}

func ofUser(name string, ends time.Duration) string {
	said := fmt.Sprintf(`{"sub":%q,"exp":%d}`, name, time.Now().Add(ends).Unix())
	return tokenWith(`{"alg":"HS256","typ":"JWT"}`, said, signingKey)
}

func TestAUserIsOneWhereverItComesFrom(t *testing.T) {
	limit := byUsers(t)
	ann := ofUser("ann", time.Hour)
	if passed := passing(t, limit, 100, func(i int) *http.Request { return showing(fmt.Sprintf("192.0.2.%d", i), ann) }); passed != 60 {
		t.Errorf("%d passed", passed)
	}
	if visit(t, limit, showing("192.0.2.1", ofUser("ben", time.Hour))).Code != 200 {
		t.Error("another user of that address is refused as well")
	}
}

func TestATokenThatIsNotVerifiedBuysNoBucket(t *testing.T) {
	limit := byUsers(t)
	said := func(i int) string { return fmt.Sprintf(`{"sub":"u%d","exp":%d}`, i, time.Now().Add(time.Hour).Unix()) }
	plain := func(text string) string { return base64.RawURLEncoding.EncodeToString([]byte(text)) }
	forged := []func(i int) string{
		func(i int) string { return tokenWith(`{"alg":"HS256"}`, said(i), "another key that is long enough") },
		func(i int) string { return tokenWith(`{"alg":"HS256"}`, said(i), "") },
		func(i int) string { return tokenWith(`{"alg":"none"}`, said(i), signingKey) },
		func(i int) string { return tokenWith(`{"alg":"HS512"}`, said(i), signingKey) },
		func(i int) string { return tokenWith(`{"alg":"HS256","crit":["x"]}`, said(i), signingKey) },
		func(i int) string { return plain(`{"alg":"none"}`) + "." + plain(said(i)) + "." },
		func(i int) string { return ofUser(fmt.Sprint("u", i), -time.Hour) },
		func(i int) string { return tokenWith(`{"alg":"HS256"}`, fmt.Sprintf(`{"sub":"u%d"}`, i), signingKey) },
		func(i int) string { return tokenWith(`{"alg":"HS256"}`, `{"exp":99999999999}`, signingKey) },
		func(i int) string { return fmt.Sprint("a.b.c", i) },
		func(i int) string { return ofUser("ann", time.Hour) + fmt.Sprint(i) },
		func(i int) string { return ofUser(strings.Repeat("x", longestToken)+fmt.Sprint(i), time.Hour) },
	}
	for kind, forge := range forged {
		ip := fmt.Sprintf("198.51.100.%d", kind)
		if passed := passing(t, limit, 80, func(i int) *http.Request { return showing(ip, forge(i)) }); passed != 60 {
			t.Errorf("kind %d: %d passed", kind, passed)
		}
	}
}

func TestWithoutAKeyThatNobodyGuessesNobodyIsKnown(t *testing.T) {
	file := filepath.Join(t.TempDir(), "key")
	for _, key := range []string{"", "short", "\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n"} {
		if err := os.WriteFile(file, []byte(key), 0o600); err != nil {
			t.Fatal(err)
		}
		limit := limitOf(t, strings.Replace(written, "by ip", "by user "+file, 1))
		forged := func(i int) *http.Request {
			return showing("192.0.2.1", tokenWith(`{"alg":"HS256"}`, fmt.Sprintf(`{"sub":"u%d","exp":99999999999}`, i), strings.TrimSpace(key)))
		}
		if passed := passing(t, limit, 80, forged); passed != 60 {
			t.Errorf("with key %q: %d passed", key, passed)
		}
	}
	if key := signerOf(file + ".none"); key != nil {
		t.Error("a key that is not there is", key)
	}
}

func TestATenantHasWhatItsRegistrationSaysOverAllItsClients(t *testing.T) {
	limit := limitOf(t, written)
	for name, requests := range map[string]any{"a number": 40, "a text": "40", "JSON": 40.0} {
		vars := map[string]any{"tenant": "acme of " + name, "requestsPerMinute": requests}
		if passed := passing(t, limit, 100, func(i int) *http.Request { return visitor(fmt.Sprintf("192.0.2.%d", i), "/", vars) }); passed != 20 {
			t.Errorf("%s: %d passed", name, passed)
		}
	}
	answer := visit(t, limit, visitor("192.0.2.1", "/", map[string]any{"tenant": "acme of JSON", "requestsPerMinute": 40}))
	if answer.Code != 429 || !strings.Contains(answer.Header().Get("RateLimit-Policy"), `"tenant";q=40;w=60`) {
		t.Error(answer.Code, answer.Header())
	}
	if visit(t, limit, visitor("192.0.2.1", "/", map[string]any{"tenant": "rival", "requestsPerMinute": 40})).Code != 200 {
		t.Error("another tenant is refused as well")
	}
}

func TestByTenantAllClientsOfAHostAreOne(t *testing.T) {
	limit := limitOf(t, strings.Replace(written, "by ip", "by tenant", 1))
	of := func(tenant string) func(int) *http.Request {
		return func(i int) *http.Request {
			return visitor(fmt.Sprintf("192.0.2.%d", i), "/", map[string]any{"tenant": tenant})
		}
	}
	// No tenant's name is that of the platform.
	for _, tenant := range []string{"acme", "platform", ""} {
		if passed := passing(t, limit, 100, of(tenant)); passed != 60 {
			t.Errorf("%q: %d passed", tenant, passed)
		}
	}
}

// For any times at which somebody asks: never more than a full bucket and what comes in, and of what could be given all.
func TestBucketsOfItsOwnKeepTheLawAtAnyPace(t *testing.T) {
	random := rand.New(rand.NewPCG(9, 9))
	for range 200 {
		zone := Zone{Name: "all", Requests: 1 + random.IntN(200), Window: 1 + random.IntN(120), Burst: random.IntN(50)}
		now := time.Unix(1_000_000, 0)
		buckets := ownBuckets(1)
		buckets.now = func() time.Time { return now }
		var passed []time.Time
		for range 600 {
			now = now.Add(time.Duration(random.ExpFloat64() * float64(zone.interval()) * 0.6))
			if buckets.take([]claim{{zone: zone, who: "ann"}}).refused < 0 {
				passed = append(passed, now)
			}
		}
		for i := range passed {
			for j := i; j < len(passed); j++ {
				most := float64(zone.volume()) + passed[j].Sub(passed[i]).Seconds()*float64(zone.Requests)/float64(zone.Window)
				if float64(j-i+1) > most+1e-6 {
					t.Fatalf("%+v: %d within %s", zone, j-i+1, passed[j].Sub(passed[i]))
				}
			}
		}
	}
}

func TestWhoWaitsAsLongAsItIsToldPasses(t *testing.T) {
	now := time.Unix(1_000_000, 0)
	buckets := ownBuckets(1)
	buckets.now = func() time.Time { return now }
	claims := []claim{{zone: Zone{Name: "all", Requests: 7, Window: 60}, who: "ann"}, {zone: Zone{Name: "chat", Requests: 3, Window: 50}, who: "ann"}}
	for range 100 {
		said := buckets.take(claims)
		if said.refused < 0 {
			continue
		}
		now = now.Add(time.Duration(seconds(said.wait)) * time.Second)
		if again := buckets.take(claims); again.refused >= 0 {
			t.Fatalf("told to wait for %s, and then for %s", said.wait, again.wait)
		}
	}
}

func TestWithoutAZoneTenantsAloneAreLimited(t *testing.T) {
	limit := limitOf(t, "limit")
	if answer := visit(t, limit, visitor("192.0.2.1", "/ws", nil)); answer.Code != 200 || answer.Header().Get("RateLimit") != "" {
		t.Error(answer.Code, answer.Header())
	}
	acme := map[string]any{"tenant": "acme", "requestsPerMinute": 3}
	if passed := passing(t, limit, 10, func(int) *http.Request { return visitor("192.0.2.1", "/ws", acme) }); passed != 3 {
		t.Errorf("%d passed", passed)
	}
}

func TestBucketsOfItsOwnAreBounded(t *testing.T) {
	buckets := ownBuckets(1)
	buckets.most = 10
	last := Zone{Name: "all", Requests: 1, Window: 60}
	for i := range 1000 {
		buckets.take([]claim{{zone: last, who: fmt.Sprint(i)}, {zone: last, who: "the busy one"}})
	}
	if len(buckets.known) != 10 || buckets.order.Len() != 10 {
		t.Errorf("%d, %d", len(buckets.known), buckets.order.Len())
	}
	if buckets.take([]claim{{zone: last, who: "the busy one"}}).refused < 0 {
		t.Error("one that is used is forgotten")
	}
}

func TestWhatIsDecidedIsCountedByLimit(t *testing.T) {
	before := counts(t)
	limit := limitOf(t, strings.Replace(written, "zone auth 10", "zone auth 2", 1))
	passing(t, limit, 5, func(int) *http.Request { return visitor("192.0.2.1", "/auth", nil) })
	after := counts(t)
	for of, wished := range map[string]float64{"all allowed": 1, "auth allowed": 1, "auth limited": 4, "all limited": 0} {
		if counted := after[of] - before[of]; counted != wished {
			t.Errorf("%s: %v", of, counted)
		}
	}
}

// counts are those of every limit and decision, as they are shown to whoever scrapes.
func counts(t *testing.T) map[string]float64 {
	t.Helper()
	registry := prometheus.NewRegistry()
	for range 2 {
		if err := publish(registry); err != nil {
			t.Fatal(err)
		}
	}
	families, err := registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]float64{}
	for _, family := range families {
		for _, metric := range family.GetMetric() {
			if family.GetName() == "generalbots_edge_limit_decisions_total" {
				found[metric.GetLabel()[1].GetValue()+" "+metric.GetLabel()[0].GetValue()] = metric.GetCounter().GetValue()
			}
		}
	}
	return found
}

func TestALimitThatCannotBeReadIsRefused(t *testing.T) {
	for _, text := range []string{
		"limit x {\nzone all 1 1 0\n}", "limit {\nzone all 0 1 0\n}", "limit {\nzone all 1 0 0\n}", "limit {\nzone all 1 1 -1\n}",
		"limit {\nzone all 1 1\n}", "limit {\nby name\nzone all 1 1 0\n}", "limit {\nby user\nzone all 1 1 0\n}",
		"limit {\ngateways 0\nzone all 1 1 0\n}", "limit {\nnonsense\nzone all 1 1 0\n}", "limit {\nzone all 1e9 1 0\n}",
	} {
		if _, err := parseLimit(httpcaddyfile.Helper{Dispenser: caddyfile.NewTestDispenser(text)}); err == nil {
			t.Errorf("it is taken: %s", text)
		}
	}
}

func TestAnAddressThatCannotBeReadIsNotSaidAndTheGatewayServes(t *testing.T) {
	if _, err := open("redis://edge:topsecret@[nonsense", ""); err == nil || strings.Contains(err.Error(), "topsecret") {
		t.Error(err)
	}
	folder := t.TempDir()
	for _, wrong := range []string{"redis://edge:topsecret@[nonsense", "nonsense", "http://x"} {
		if err := os.WriteFile(filepath.Join(folder, "uri"), []byte(wrong), 0o600); err != nil {
			t.Fatal(err)
		}
		held, err := borrow(folder, 1)
		if err != nil || held.take([]claim{{zone: Zone{Name: "all", Requests: 1, Window: 1}}}).refused >= 0 {
			t.Fatal(wrong, err)
		}
		_ = giveBack(held)
	}
}

func TestAllHostsAndALaterConfigurationHaveTheSameBuckets(t *testing.T) {
	folder := t.TempDir()
	one, err := borrow(folder, 3)
	if err != nil {
		t.Fatal(err)
	}
	other, err := borrow(folder, 3)
	if err != nil || one != other {
		t.Error("two hosts have two", err)
	}
	third, err := borrow(folder, 4)
	if err != nil || third == one {
		t.Error("of another share they are others", err)
	}
	for _, held := range []*lender{one, other, third} {
		if err := giveBack(held); err != nil {
			t.Error(err)
		}
	}
}
