package main

import (
	"net/http"
	"net/url"
	"path"
	"strings"
)

// layers is how often a path may be escaped in itself before it is taken as it is.
const layers = 3

// plain is the one spelling of a path that stands for all those that some server could take for the same: escaped, in
// capitals, with slashes doubled or the other way round, with dots, with the version that is in the API's handbook. It is
// looked at only: what is handed on stays as the client wrote it. Too much taken for the same costs a client a token,
// too little would be a way around its limit.
func plain(asked string) string {
	for range layers {
		once, err := url.PathUnescape(asked)
		if err != nil || once == asked {
			break
		}
		asked = once
	}
	asked = strings.ToLower(strings.ReplaceAll(asked, `\`, "/"))
	asked = path.Clean("/" + asked)
	if rest, ok := strings.CutPrefix(asked, "/api/v1/"); ok {
		return "/api/" + rest
	}
	return asked
}

// covers says whether a zone is for a path in its plain spelling.
func (z Zone) covers(asked string) bool {
	for _, begin := range z.Paths {
		if strings.HasPrefix(asked, begin) {
			return true
		}
	}
	return len(z.Paths) == 0
}

// isProbe says whether somebody asks how a host is, in the one spelling that is answered: this counts for nobody.
func isProbe(r *http.Request) bool {
	asked := r.URL.EscapedPath()
	return (asked == "/health" || asked == "/api/health") && (r.Method == http.MethodGet || r.Method == http.MethodHead) &&
		r.Header.Get("Upgrade") == ""
}
