package dev.serai.e2e.provider;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Plays one cassette into a socket. */
final class Player {
  /** Keys that the server takes begin so; another one is answered with 401. */
  private static final String KEY = "key-";

  /** Keys whose limit is reached have this in them. */
  private static final String LIMITED = "-limited";

  private static final byte[] GARBAGE = "<html>%%%\0\0 not an event \n\n".getBytes(utf8());

  private final Socket socket;
  private final OutputStream out;
  private final Received request;
  private final Grammar grammar;
  private final CountDownLatch gate;

  Player(Socket socket, Received request, CountDownLatch gate) throws IOException {
    this.gate = gate;
    this.socket = socket;
    this.out = socket.getOutputStream();
    this.request = request;
    this.grammar = Grammar.of(request.path());
  }

  private int retryAfter = 2;

  void play() throws IOException, InterruptedException {
    if (request.path().contains("/v1beta/models?")) {
      whole(200, "{\"models\":[{\"name\":\"models/gemini--text\"}]}");
      return;
    }
    if (request.path().endsWith("/models")) {
      whole(200, "{\"object\":\"list\",\"data\":[{\"id\":\"text\",\"object\":\"model\"}]}");
      return;
    }
    Optional<BedrockLists.Reply> listed = BedrockLists.respond(request);
    if (listed.isPresent()) {
      whole(listed.get().status(), listed.get().body());
      return;
    }
    if (!isAuthorised()) {
      whole(401, grammar.failure(401, "Incorrect API key provided."));
      return;
    }
    if (request.header("authorization").orElse("").contains(LIMITED)) {
      retryAfter = 60;
      whole(429, grammar.failure(429, "Rate limit reached."));
      return;
    }
    JsonNode asked = request.json();
    Optional<NonChatReplies.Reply> beside = NonChatReplies.respond(request);
    if (beside.isPresent() && asked.path("stream").asBoolean()) {
      images();
    }
    if (beside.isPresent() && !asked.path("model").asText().contains("error-")) {
      byte[] body = beside.get().body();
      head(200, beside.get().type(), "content-length: " + body.length);
      send(body);
      return;
    }
    if (request.path().endsWith("/count_tokens")) {
      count("{\"input_tokens\":" + Said.PROMPT + "}");
      return;
    }
    if (request.path().endsWith(":countTokens")) {
      count("{\"totalTokens\":" + Said.PROMPT + "}");
      return;
    }
    Cassette cassette = Cassette.of(request.model(), grammar, asked);
    if (cassette.trouble() == Cassette.Trouble.HANG_BEFORE_HEAD) {
      hang();
    }
    if (cassette.status() != 200) {
      whole(cassette.status(), grammar.failure(cassette.status(), message(cassette.status())));
    } else if (grammar.wantsStream(asked)) {
      stream(cassette, grammar.stream(request.model(), cassette.said()));
    } else {
      respond(cassette, grammar.whole(request.model(), cassette.said()));
    }
  }

  /** A model that is named as an error does not count. */
  private void count(String body) throws IOException {
    String name = request.model();
    if (name.endsWith("no-such")) {
      whole(404, grammar.failure(404, "model: " + name));
    } else if (name.matches("error-\\d{3}")) {
      int status = Integer.parseInt(name.substring("error-".length()));
      whole(status, grammar.failure(status, message(status)));
    } else {
      whole(200, body);
    }
  }

  private boolean isAuthorised() {
    return switch (grammar) {
      case OllamaGrammar _ -> true;
      case BedrockGrammar _ ->
          request.header("authorization").orElse("").startsWith("AWS4-HMAC-SHA256 Credential=AKID");
      case GeminiGrammar _ -> request.header("x-goog-api-key").orElse("").startsWith(KEY);
      case AnthropicGrammar _ -> request.header("x-api-key").orElse("").startsWith(KEY);
      default ->
          request.header("authorization").orElse("").startsWith("Bearer " + KEY)
              || request.header("api-key").orElse("").startsWith(KEY);
    };
  }

  private static String message(int status) {
    return "This is what a provider says of a " + status + ".";
  }

  private void respond(Cassette cassette, String body) throws IOException, InterruptedException {
    pause(cassette);
    byte[] bytes = body.getBytes(utf8());
    int half = bytes.length / 2;
    switch (cassette.trouble()) {
      case NONE, GATED -> whole(200, body);
      case ERROR_EVENT -> whole(200, grammar.failure(500, "Something broke."));
      case GARBAGE -> whole(200, new String(GARBAGE, utf8()));
      case LONG_LINE -> whole(200, "x".repeat(1_000_000));
      case BAD_UTF8 -> {
        bytes[body.indexOf("ello")] = (byte) 0xC3;
        head(200, "application/json", "content-length: " + bytes.length);
        send(bytes, 0, bytes.length);
      }
      case BYTE_BY_BYTE -> {
        head(200, "application/json", "content-length: " + bytes.length);
        for (int i = 0; i < bytes.length; i++) {
          send(bytes, i, i + 1);
        }
      }
      default -> {
        head(200, "application/json", "content-length: " + bytes.length);
        send(bytes, 0, half);
        end(cassette.trouble());
      }
    }
  }

  private void stream(Cassette cassette, Grammar.Events events)
      throws IOException, InterruptedException {
    head(200, grammar.streamType(), "transfer-encoding: chunked");
    boolean bytewise = cassette.trouble() == Cassette.Trouble.BYTE_BY_BYTE;
    for (String event : events.opening()) {
      chunk(grammar.frame(event.getBytes(utf8())), bytewise);
    }
    int said = 0;
    for (String event : events.tokens()) {
      if (said == cassette.after() && cassette.trouble() == Cassette.Trouble.HANG_MID_EVENT) {
        halfAndHang(grammar.frame(event.getBytes(utf8())));
      }
      if (said++ == cassette.after() && trouble(cassette)) {
        return;
      }
      if (said > 1) {
        awaitGate(cassette);
        pause(cassette);
      }
      chunk(grammar.frame(event.getBytes(utf8())), bytewise);
    }
    for (String event : events.closing()) {
      chunk(grammar.frame(event.getBytes(utf8())), bytewise);
    }
    send("0\r\n\r\n".getBytes(utf8()));
  }

  /** Says whether the stream is over by it. */
  private boolean trouble(Cassette cassette) throws IOException, InterruptedException {
    switch (cassette.trouble()) {
      case NONE, GATED, BYTE_BY_BYTE -> {
        return false;
      }
      case GARBAGE -> chunk(garbage(), false);
      case BAD_UTF8 -> chunk(badUtf8(), false);
      case LONG_LINE -> chunk(longLine(), false);
      case ERROR_EVENT ->
          chunk(grammar.frame(grammar.failureEvent("Something broke.").getBytes(utf8())), false);
      case NO_LAST_WORD -> send("0\r\n\r\n".getBytes(utf8()));
      default -> {
        end(cassette.trouble());
        return true;
      }
    }
    if (cassette.trouble() == Cassette.Trouble.NO_LAST_WORD) {
      return true;
    }
    if (cassette.trouble() == Cassette.Trouble.ERROR_EVENT) {
      send("0\r\n\r\n".getBytes(utf8()));
      return true;
    }
    return false; // and then goes on as if nothing were
  }

  private void halfAndHang(byte[] event) throws IOException, InterruptedException {
    chunk(Arrays.copyOf(event, event.length / 2), false);
    hang();
  }

  /** A stream of images of which half of the second one comes. */
  private void images() throws IOException, InterruptedException {
    head(200, "text/event-stream", "transfer-encoding: chunked");
    byte[] event =
        ("event: image_generation.partial_image\n"
                + "data:"
                + " {\"type\":\"image_generation.partial_image\",\"b64_json\":\"iVBORw0KGgo=\"}\n\n")
            .getBytes(utf8());
    chunk(event, false);
    halfAndHang(event);
  }

  private byte[] longLine() {
    String filling = "x".repeat(1_000_000);
    return grammar instanceof BedrockGrammar
        ? grammar.frame(("contentBlockDelta " + filling).getBytes(utf8()))
        : ("data: " + filling + "\n\n").getBytes(utf8());
  }

  private byte[] garbage() {
    return grammar instanceof OllamaGrammar || grammar instanceof BedrockGrammar
        ? GARBAGE
        : ("data: {\"this\": is no JSON\n\n").getBytes(utf8());
  }

  private byte[] badUtf8() {
    Said said = Said.text("naXve");
    byte[] bytes = grammar.stream("m", said).tokens().getLast().getBytes(utf8());
    bytes[new String(bytes, utf8()).indexOf("naXve") + 2] = (byte) 0xC3;
    return grammar.frame(bytes);
  }

  private void end(Cassette.Trouble trouble) throws IOException, InterruptedException {
    switch (trouble) {
      case HANG, HANG_MID_EVENT -> hang();
      case RST -> {
        // The reader must have the earlier bytes first: a reset may discard them.
        Thread.sleep(50);
        socket.setOption(StandardSocketOptions.SO_LINGER, 0);
        socket.close();
      }
      default -> socket.close();
    }
  }

  private static void hang() throws InterruptedException {
    Thread.sleep(java.time.Duration.ofMinutes(5));
  }

  private void awaitGate(Cassette cassette) throws InterruptedException, IOException {
    if (cassette.trouble() == Cassette.Trouble.GATED && !gate.await(5, TimeUnit.MINUTES)) {
      throw new IOException("the test has not opened the gate");
    }
  }

  private static void pause(Cassette cassette) throws InterruptedException {
    if (!cassette.gap().isZero()) {
      Thread.sleep(cassette.gap());
    }
  }

  private void whole(int status, String body) throws IOException {
    byte[] bytes = body.getBytes(utf8());
    String more = status == 429 || status == 503 ? "\r\nretry-after: " + retryAfter : "";
    head(status, "application/json", "content-length: " + bytes.length + more);
    send(bytes);
  }

  private void head(int status, String type, String length) throws IOException {
    String text =
        "HTTP/1.1 "
            + status
            + " Cassette\r\ncontent-type: "
            + type
            + "\r\nx-request-id: req_cassette\r\n"
            + length
            + "\r\n\r\n";
    send(text.getBytes(utf8()));
  }

  private void chunk(byte[] bytes, boolean bytewise) throws IOException {
    if (bytewise) {
      for (byte b : bytes) {
        send(new byte[] {'1', '\r', '\n', b, '\r', '\n'});
      }
      return;
    }
    byte[] size =
        (Integer.toHexString(bytes.length) + "\r\n").toUpperCase(Locale.ROOT).getBytes(utf8());
    byte[] all = Arrays.copyOf(size, size.length + bytes.length + 2);
    System.arraycopy(bytes, 0, all, size.length, bytes.length);
    all[all.length - 2] = '\r';
    all[all.length - 1] = '\n';
    send(all);
  }

  private void send(byte[] bytes) throws IOException {
    send(bytes, 0, bytes.length);
  }

  private void send(byte[] bytes, int from, int to) throws IOException {
    out.write(bytes, from, to - from);
    out.flush();
  }

  private static java.nio.charset.Charset utf8() {
    return StandardCharsets.UTF_8;
  }
}
