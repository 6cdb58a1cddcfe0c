"""The plain way in Python: the same check with the standard library's HTTP server and SQLite.

It leaves out what Rollcall does besides: clock, nonce, quota, accounts and products.
usage: plain.py DATABASE ACCESS_KEY_SECRET PRODUCT; it ends when its standard input does
"""
import base64
import hashlib
import hmac
import json
import os
import re
import sqlite3
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, quote

database, secret, product = sys.argv[1], sys.argv[2], int(sys.argv[3])
of_list = re.compile(r"DeviceList\.(\d+)\.(DeviceName|DeviceSecret|Sn)$")
name_rule = re.compile(r"[A-Za-z0-9\-_@.:]{4,32}$")
secret_rule = re.compile(r"[A-Za-z0-9\-_@.:]{1,32}$")
sn_rule = re.compile(r"[A-Za-z0-9_]{1,64}$")
local = threading.local()


def connection():
    if not hasattr(local, "connection"):
        local.connection = sqlite3.connect(database)
        local.connection.execute("PRAGMA cache_size = -131072")
    return local.connection


def escaped(text):
    return quote(text, safe="-_.~")


def is_signed(form):
    pairs = [f"{escaped(key)}={escaped(form[key])}" for key in sorted(form) if key != "Signature"]
    to_sign = "POST&%2F&" + escaped("&".join(pairs))
    digest = hmac.new((secret + "&").encode(), to_sign.encode(), hashlib.sha1).digest()
    return base64.b64encode(digest).decode() == form.get("Signature")


def judge(form):
    entries = {}
    for key, value in form.items():
        found = of_list.match(key)
        if found:
            entries.setdefault(int(found[1]), {})[found[2]] = value
    rows = [entries[n] for n in sorted(entries)]
    names = json.dumps([row.get("DeviceName", "") for row in rows])
    taken = {
        name
        for (name,) in connection().execute(
            "SELECT d.name FROM json_each(?) asked CROSS JOIN device d ON d.product = ? AND d.name = asked.value",
            (names, product),
        )
    }
    seen, bad = set(), []
    for row in rows:
        name, reasons = row.get("DeviceName", ""), []
        if not name_rule.match(name):
            reasons.append("The device name is illegal.")
        if not secret_rule.match(row.get("DeviceSecret", "")):
            reasons.append("The device secret is illegal.")
        if "Sn" in row and not sn_rule.match(row["Sn"]):
            reasons.append("The sn is illegal.")
        if name in seen:
            reasons.append("The device name is repeated.")
        elif name in taken:
            reasons.append("The device name already exists.")
        seen.add(name)
        if reasons:
            bad.append({**row, "ErrorMsg": " | ".join(reasons)})
    return {"Success": True, "Data": {"InvalidDetailList": bad}} if bad else {"Success": True}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        form = dict(parse_qsl(body, keep_blank_values=True))
        signed = is_signed(form)
        answer = json.dumps(judge(form) if signed else {"Code": "SignatureDoesNotMatch"}, separators=(",", ":")).encode()
        self.send_response(200 if signed else 400)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_):
        pass


def end_with_input():
    sys.stdin.read()
    os._exit(0)


threading.Thread(target=end_with_input, daemon=True).start()
server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
print(f"plain is listening on http://127.0.0.1:{server.server_port}", flush=True)
server.serve_forever()
