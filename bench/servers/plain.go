// The plain way in Go: the same check with the standard library alone. That has no SQLite, so the registered names are a
// map that is read at the start. It leaves out what Rollcall does besides: clock, nonce, quota, accounts and products.
//
// usage: plain NAMES ACCESS_KEY_SECRET; it ends when its standard input does
package main

import (
	"bufio"
	"crypto/hmac"
	"crypto/sha1"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"sort"
	"strconv"
	"strings"
)

type device struct {
	DeviceName   string
	DeviceSecret string
	Sn           *string `json:",omitempty"`
	ErrorMsg     string
}

type data struct{ InvalidDetailList []device }

type answer struct {
	Success bool
	Data    *data `json:",omitempty"`
}

var (
	ofList     = regexp.MustCompile(`^DeviceList\.(\d+)\.(DeviceName|DeviceSecret|Sn)$`)
	nameRule   = regexp.MustCompile(`^[A-Za-z0-9\-_@.:]{4,32}$`)
	secretRule = regexp.MustCompile(`^[A-Za-z0-9\-_@.:]{1,32}$`)
	snRule     = regexp.MustCompile(`^[A-Za-z0-9_]{1,64}$`)
	unescaped  = strings.NewReplacer("+", "%20", "%7E", "~")
)

func escaped(text string) string { return unescaped.Replace(url.QueryEscape(text)) }

func isSigned(form url.Values, secret string) bool {
	keys := make([]string, 0, len(form))
	for key := range form {
		if key != "Signature" {
			keys = append(keys, key)
		}
	}
	sort.Strings(keys)
	pairs := make([]string, len(keys))
	for i, key := range keys {
		pairs[i] = escaped(key) + "=" + escaped(form.Get(key))
	}
	mac := hmac.New(sha1.New, []byte(secret+"&"))
	mac.Write([]byte("POST&%2F&" + escaped(strings.Join(pairs, "&"))))
	return base64.StdEncoding.EncodeToString(mac.Sum(nil)) == form.Get("Signature")
}

func judge(form url.Values, registered map[string]struct{}) answer {
	entries := map[int]*device{}
	for key := range form {
		found := ofList.FindStringSubmatch(key)
		if found == nil {
			continue
		}
		n, _ := strconv.Atoi(found[1])
		entry := entries[n]
		if entry == nil {
			entry = &device{}
			entries[n] = entry
		}
		value := form.Get(key)
		switch found[2] {
		case "DeviceName":
			entry.DeviceName = value
		case "DeviceSecret":
			entry.DeviceSecret = value
		default:
			entry.Sn = &value
		}
	}
	numbers := make([]int, 0, len(entries))
	for n := range entries {
		numbers = append(numbers, n)
	}
	sort.Ints(numbers)
	seen := map[string]struct{}{}
	var bad []device
	for _, n := range numbers {
		entry := *entries[n]
		var reasons []string
		if !nameRule.MatchString(entry.DeviceName) {
			reasons = append(reasons, "The device name is illegal.")
		}
		if !secretRule.MatchString(entry.DeviceSecret) {
			reasons = append(reasons, "The device secret is illegal.")
		}
		if entry.Sn != nil && !snRule.MatchString(*entry.Sn) {
			reasons = append(reasons, "The sn is illegal.")
		}
		if _, repeated := seen[entry.DeviceName]; repeated {
			reasons = append(reasons, "The device name is repeated.")
		} else if _, taken := registered[entry.DeviceName]; taken {
			reasons = append(reasons, "The device name already exists.")
		}
		seen[entry.DeviceName] = struct{}{}
		if len(reasons) > 0 {
			entry.ErrorMsg = strings.Join(reasons, " | ")
			bad = append(bad, entry)
		}
	}
	if len(bad) == 0 {
		return answer{Success: true}
	}
	return answer{Success: true, Data: &data{bad}}
}

func namesIn(path string) (map[string]struct{}, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	names := map[string]struct{}{}
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		names[lines.Text()] = struct{}{}
	}
	return names, lines.Err()
}

func main() {
	registered, err := namesIn(os.Args[1])
	if err != nil {
		panic(err)
	}
	secret := os.Args[2]
	go func() {
		io.Copy(io.Discard, os.Stdin)
		os.Exit(0)
	}()
	http.HandleFunc("/", func(response http.ResponseWriter, request *http.Request) {
		body, _ := io.ReadAll(request.Body)
		form, err := url.ParseQuery(string(body))
		response.Header().Set("Content-Type", "application/json")
		if err != nil || !isSigned(form, secret) {
			response.WriteHeader(400)
			io.WriteString(response, `{"Code":"SignatureDoesNotMatch"}`)
			return
		}
		written, _ := json.Marshal(judge(form, registered))
		response.Header().Set("Content-Length", strconv.Itoa(len(written)))
		response.Write(written)
	})
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	fmt.Printf("plain is listening on http://%s\n", listener.Addr())
	panic(http.Serve(listener, nil))
}
