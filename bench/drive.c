// Load driver: one thread, epoll. Closed loop (-c connections, each sending its next request when
// the last answer ends) or open loop (-r requests a second on a fixed schedule; the time of a request
// counts from when it was due, so a stalled gateway cannot hide its stall: no coordinated omission).
// JSON answers or SSE streams (-s); for streams every token carries the upstream's clock (see upstream.c),
// which gives each token's transit time from the upstream's write to this program's read.
//
//   drive -u http://127.0.0.1:9100/v1/chat/completions -b body.json [-H 'Name: value']...
//         -c 64 | -r 500 [-c max-connections]   -d seconds  -w warm-up-seconds (not counted)
//         [-s [-n tokens a whole stream has]] [-p seconds over which the first requests are spread]
//
// Prints one JSON object. Times are microseconds.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

typedef int64_t i64;
enum { CLOSED, FREE, BUSY, WAIT };                     // WAIT: pause after an error
enum { HEAD, LENGTH, CHUNK_SIZE, CHUNK_DATA, CHUNK_END, TRAILER, TO_EOF };
typedef struct {
  int fd, state, rx, status, keep, line_len, digits, got_first, done_at;
  char head[16384]; int head_len;
  i64 left, due, sent, stamp, last_token, retry; size_t out_pos; int tokens;
} conn;

static const char *host = "127.0.0.1"; static int port, streaming, expected, nconn = 64, ep;
static char *req; static size_t req_len;
static double rate, dur = 5, warm = 1, ramp;
static i64 t0, t_warm, t_end;
static conn *cs; static int *freel, nfree;             // free list: last in, first out
static i64 n_ok, n_err, n_connect, n_tokens, n_done, n_streams, n_waiting, n_short, first_bad_status; static char bad_text[300];

// ---- samples: plain arrays of 0.1 us units, sorted at the end --------------------------------------
typedef struct { uint32_t *v; size_t n, cap; double sum; } samples;
static samples lat, lag, ttft, transit, gap;
static void add(samples *s, i64 ns) {
  if (ns < 0) ns = 0;
  if (s->n == s->cap) s->v = realloc(s->v, (s->cap = s->cap ? s->cap * 2 : 1 << 16) * 4);
  i64 u = ns / 100; s->v[s->n++] = u > UINT32_MAX ? UINT32_MAX : u; s->sum += ns / 1000.0;
}
static int cmp(const void *a, const void *b) { uint32_t x = *(uint32_t *)a, y = *(uint32_t *)b; return (x > y) - (x < y); }
static void show(const char *name, samples *s) {
  printf(",\"%s\":{\"n\":%zu", name, s->n);
  if (s->n) {
    qsort(s->v, s->n, 4, cmp);
    double p[] = {50, 90, 99, 99.9}; const char *l[] = {"p50", "p90", "p99", "p999"};
    for (int i = 0; i < 4; i++) { size_t k = s->n * p[i] / 100; printf(",\"%s\":%.1f", l[i], s->v[k < s->n ? k : s->n - 1] / 10.0); }
    printf(",\"max\":%.1f,\"mean\":%.2f", s->v[s->n - 1] / 10.0, s->sum / s->n);
  }
  printf("}");
}
static i64 now_ns(void) { struct timespec t; clock_gettime(CLOCK_MONOTONIC, &t); return t.tv_sec * 1000000000LL + t.tv_nsec; }

// ---- sending ---------------------------------------------------------------------------------------
static void fail(conn *c, i64 now) {
  n_err++;
  if (c->fd >= 0) { close(c->fd); c->fd = -1; }
  c->state = WAIT; c->retry = now + 50000000; n_waiting++;
}
static int push(conn *c) {
  while (c->out_pos < req_len) {
    ssize_t n = send(c->fd, req + c->out_pos, req_len - c->out_pos, MSG_NOSIGNAL);
    if (n < 0) { if (errno == EINTR) continue; return errno == EAGAIN || errno == ENOTCONN ? 0 : -1; }
    c->out_pos += n;
  }
  return 0;
}
static void start(conn *c, i64 due) {
  i64 now = now_ns();
  c->state = BUSY; c->rx = HEAD; c->head_len = 0; c->due = due; c->sent = now; c->out_pos = 0; c->tokens = 0;
  c->digits = -1; c->got_first = 0; c->done_at = 0; c->last_token = 0; c->line_len = 0;
  if (due >= t_warm) add(&lag, now - due);
  if (c->fd < 0) {
    struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons(port)}; inet_pton(AF_INET, host, &a.sin_addr);
    int one = 1; c->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0); n_connect++;
    setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    if (connect(c->fd, (void *)&a, sizeof a) && errno != EINPROGRESS) { fail(c, now); return; }
    struct epoll_event e = {.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET, .data.ptr = c};   // edge-triggered: set once
    epoll_ctl(ep, EPOLL_CTL_ADD, c->fd, &e);
  }
  if (push(c) < 0) fail(c, now);
}
static void complete(conn *c, i64 now) {
  if (streaming && expected && c->tokens != expected) n_short++;   // it ended, and tokens were lost on the way
  if (c->status != 200) { n_err++; if (!first_bad_status) first_bad_status = c->status; }
  else if (c->due >= t_warm && now <= t_end + (rate ? 60000000000LL : 0)) { n_ok++; if (streaming) n_streams++; add(&lat, now - c->due); }
  if (!c->keep) { close(c->fd); c->fd = -1; }
  if (rate) { c->state = FREE; freel[nfree++] = c - cs; }
  else if (now < t_end) start(c, now);
  else c->state = FREE;
}

// ---- reading ---------------------------------------------------------------------------------------
static void payload(conn *c, const char *p, size_t n, i64 now) {
  if (c->status != 200) {
    if (!bad_text[0] && n) { size_t k = n < 200 ? n : 200; for (size_t i = 0, j = 0; i < k; i++) if (p[i] >= ' ' && p[i] != '"' && p[i] != '\\') bad_text[j++] = p[i]; }
    return;
  }
  if (!streaming) return;
  for (const char *e = p + n; p < e; ) {
    if (c->digits < 0) {                               // look for a stamp, or for [DONE]
      if (c->done_at) {                                // within "[DONE]"
        if (*p == "[DONE]"[c->done_at]) { if (++c->done_at == 6) { n_done++; c->done_at = 0; } p++; continue; }
        c->done_at = 0;
      }
      while (p < e && *p != '@' && *p != '[') p++;
      if (p == e) break;
      if (*p == '@') { c->digits = 0; c->stamp = 0; } else c->done_at = 1;
      p++; continue;
    }
    if (*p >= '0' && *p <= '9') { c->stamp = c->stamp * 10 + *p - '0'; c->digits++; p++; continue; }
    if (c->digits == 19) {
      c->tokens++;
      if (now >= t_warm && now <= t_end) {
        n_tokens++; add(&transit, now - c->stamp);
        if (c->last_token) add(&gap, now - c->last_token);
      }
      if (!c->got_first) { c->got_first = 1; if (c->due >= t_warm) add(&ttft, now - c->due); }
      c->last_token = now;
    }
    c->digits = -1;
  }
}
static int head_done(conn *c) {                        // -1 bad
  c->status = atoi(c->head + 9); c->keep = 1; c->rx = TO_EOF;
  for (char *p = strchr(c->head, '\n'); p && p[1] != '\r'; p = strchr(p + 1, '\n')) {
    if (!strncasecmp(p + 1, "content-length:", 15)) { c->left = atoll(p + 16); if (c->rx != CHUNK_SIZE) c->rx = LENGTH; }
    else if (!strncasecmp(p + 1, "transfer-encoding:", 18) && strcasestr(p, "chunked")) { c->rx = CHUNK_SIZE; c->left = 0; }
    else if (!strncasecmp(p + 1, "connection: close", 17)) c->keep = 0;
  }
  if (c->rx == TO_EOF) c->keep = 0;
  return memcmp(c->head, "HTTP/1.", 7) ? -1 : 0;
}
// Takes n bytes of the answer. 1: the answer ended; 0: more to come; -1: not HTTP.
static int take(conn *c, char *p, size_t n, i64 now) {
  char *e = p + n;
  while (p < e || (c->rx == LENGTH && !c->left)) switch (c->rx) {
    case HEAD: {
      size_t room = sizeof c->head - 1 - c->head_len, k = (size_t)(e - p) < room ? (size_t)(e - p) : room;
      memcpy(c->head + c->head_len, p, k); c->head[c->head_len + k] = 0;
      char *end = strstr(c->head + (c->head_len > 3 ? c->head_len - 3 : 0), "\r\n\r\n");
      if (!end) { c->head_len += k; p += k; if (k == room) return -1; break; }
      p += end + 4 - c->head - c->head_len; end[2] = 0;
      if (!memcmp(c->head, "HTTP/1.1 100", 12)) { c->head_len = 0; break; }
      if (head_done(c) < 0) return -1;
      break; }
    case LENGTH: {
      size_t k = e - p < c->left ? (size_t)(e - p) : (size_t)c->left;
      if (k) payload(c, p, k, now);
      p += k; c->left -= k;
      if (!c->left) return 1;
      break; }
    case CHUNK_SIZE:
      if (*p == '\n') { c->rx = c->left ? CHUNK_DATA : TRAILER; c->line_len = 0; }
      else if (c->line_len < 0 || *p == ';') c->line_len = -1;         // chunk extension: skipped
      else { int d = *p <= '9' ? *p - '0' : (*p | 32) - 'a' + 10; if (*p != '\r') { if (d < 0 || d > 15) return -1; c->left = c->left * 16 + d; } }
      p++; break;
    case CHUNK_DATA: {
      size_t k = e - p < c->left ? (size_t)(e - p) : (size_t)c->left;
      payload(c, p, k, now); p += k; c->left -= k;
      if (!c->left) c->rx = CHUNK_END;
      break; }
    case CHUNK_END: if (*p++ == '\n') { c->rx = CHUNK_SIZE; c->left = 0; } break;
    case TRAILER:
      if (*p == '\n') { if (!c->line_len) return 1; c->line_len = 0; } else if (*p != '\r') c->line_len++;
      p++; break;
    case TO_EOF: payload(c, p, e - p, now); p = e; break;
  }
  return 0;
}
static void event(conn *c, unsigned what) {
  static char buf[1 << 16];
  if (c->fd < 0) return;
  if (c->state == BUSY && (what & EPOLLOUT) && push(c) < 0) { fail(c, now_ns()); return; }
  for (;;) {
    ssize_t n = recv(c->fd, buf, sizeof buf, 0);
    i64 now = now_ns();
    if (n < 0 && errno == EINTR) continue;
    if (n < 0 && (errno == EAGAIN || errno == ENOTCONN)) return;
    if (n <= 0) {
      if (c->state == BUSY && n == 0 && c->rx == TO_EOF) { complete(c, now); return; }
      if (c->state == BUSY) fail(c, now); else { close(c->fd); c->fd = -1; }   // an idle connection closed by the peer
      return;
    }
    if (c->state != BUSY) { close(c->fd); c->fd = -1; return; }
    int r = take(c, buf, n, now);
    if (r < 0) { fail(c, now); return; }
    if (r > 0) { int fd = c->fd; complete(c, now); if (c->fd != fd) return; }
    if (n < (ssize_t)sizeof buf && !(what & (EPOLLHUP | EPOLLRDHUP))) return;  // drained; a new edge will come
  }
}

int main(int argc, char **argv) {
  const char *url = 0, *bodyf = 0; char headers[8192] = ""; int o;
  while ((o = getopt(argc, argv, "u:b:H:c:r:d:w:p:sn:")) > 0) switch (o) {
    case 'u': url = optarg; break; case 'b': bodyf = optarg; break;
    case 'H': strcat(strcat(headers, optarg), "\r\n"); break;
    case 'c': nconn = atoi(optarg); break; case 'r': rate = atof(optarg); break;
    case 'd': dur = atof(optarg); break; case 'w': warm = atof(optarg); break; case 'p': ramp = atof(optarg); break;
    case 's': streaming = 1; break; case 'n': expected = atoi(optarg); break; default: return 2;
  }
  char h[64], path[1024] = "/";
  if (!url || !bodyf || sscanf(url, "http://%63[^:/]:%d%1023s", h, &port, path) < 2) { fprintf(stderr, "need -u http://address:port/path -b body\n"); return 2; }
  host = h;
  FILE *f = fopen(bodyf, "rb"); if (!f) { perror(bodyf); return 2; }
  static char body[1 << 20]; size_t bl = fread(body, 1, sizeof body, f); fclose(f);
  req = malloc(bl + 16384);
  req_len = sprintf(req, "POST %s HTTP/1.1\r\nHost: %s:%d\r\nContent-Type: application/json\r\n%sContent-Length: %zu\r\n\r\n", path, host, port, headers, bl);
  memcpy(req + req_len, body, bl); req_len += bl;

  prctl(PR_SET_TIMERSLACK, 1); signal(SIGPIPE, SIG_IGN);
  struct rlimit rl; getrlimit(RLIMIT_NOFILE, &rl); rl.rlim_cur = rl.rlim_max; setrlimit(RLIMIT_NOFILE, &rl);
  ep = epoll_create1(0);
  cs = calloc(nconn, sizeof *cs); freel = malloc(nconn * sizeof *freel);
  for (int i = nconn - 1; i >= 0; i--) { cs[i].fd = -1; cs[i].state = FREE; if (rate) freel[nfree++] = i; }
  t0 = now_ns(); t_warm = t0 + warm * 1e9; t_end = t_warm + dur * 1e9;
  i64 k = 0, started = 0, drain = t_end + 2000000000LL;
  static struct epoll_event ev[512];
  for (;;) {
    i64 now = now_ns(), next = now + 10000000;
    if (rate) {
      for (i64 due; (due = t0 + (i64)(k * 1e9 / rate)) < t_end; k++) {
        if (due > now) { if (due < next) next = due; break; }
        if (!nfree) break;                             // none free: the request waits, its clock runs
        start(&cs[freel[--nfree]], due);
      }
      if (now >= t_end && (nfree == nconn || now >= drain)) break;
    } else {
      for (i64 due; started < nconn; started++) {
        due = t0 + (i64)(started * ramp * 1e9 / nconn);
        if (due > now) { if (due < next) next = due; break; }
        start(&cs[started], now);
      }
      if (now >= t_end) break;
    }
    if (n_waiting) for (int i = 0; i < nconn; i++) if (cs[i].state == WAIT && cs[i].retry <= now) {
      n_waiting--; cs[i].state = FREE;
      if (rate) freel[nfree++] = i; else if (now < t_end) start(&cs[i], now);
    }
    i64 wait = next - now_ns(); if (wait < 0) wait = 0;
    struct timespec ts = {0, wait};
    int n = epoll_pwait2(ep, ev, 512, &ts, 0);
    for (int i = 0; i < n; i++) event(ev[i].data.ptr, ev[i].events);
  }
  // Open loop: what was due and never answered counts with the time it has waited so far.
  i64 now = now_ns(), unfinished = 0;
  if (rate) {
    for (int i = 0; i < nconn; i++) if (cs[i].state == BUSY && cs[i].due >= t_warm) { unfinished++; add(&lat, now - cs[i].due); }
    for (i64 due; (due = t0 + (i64)(k * 1e9 / rate)) < t_end; k++) if (due >= t_warm) { unfinished++; add(&lat, now - due); }
  } else for (int i = 0; i < nconn; i++) unfinished += cs[i].state == BUSY;
  struct rusage u; getrusage(RUSAGE_SELF, &u);
  printf("{\"requests\":%ld,\"rps\":%.1f,\"errors\":%ld,\"unfinished\":%ld,\"connects\":%ld,\"cpu_us\":%ld", n_ok, n_ok / dur, n_err, unfinished, n_connect,
    (u.ru_utime.tv_sec + u.ru_stime.tv_sec) * 1000000L + u.ru_utime.tv_usec + u.ru_stime.tv_usec);
  if (streaming) printf(",\"streams_per_s\":%.1f,\"tokens\":%ld,\"tokens_per_s\":%.0f,\"dones\":%ld,\"short\":%ld", n_streams / dur, n_tokens, n_tokens / dur, n_done, n_short);
  show("lat", &lat); show("lag", &lag);
  if (streaming) { show("ttft", &ttft); show("transit", &transit); show("gap", &gap); }
  if (first_bad_status) printf(",\"bad_status\":%ld,\"bad_text\":\"%s\"", first_bad_status, bad_text);
  printf("}\n");
  return 0;
}
